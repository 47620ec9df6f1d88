"""The service under a path of a larger site, e.g. https://kreis.example/partnersuche.

Inside, addresses are written as if the service had a host of its own; the path of `IKZ_BASE_URL`
is taken from what comes in and put before what goes out, in one place each. It is read from the
settings and never from a header of the request: anybody could claim another one.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from urllib.parse import urlsplit, urlunsplit

from jinja2 import Environment
from jinja2.ext import Extension
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CURRENT: ContextVar[str] = ContextVar("prefix", default="")
_LINKING = r"\b(href|src|action|formaction|data-link)"
_WRITTEN = re.compile(rf'{_LINKING}="(?=/(?!/))')
_COMPUTED = re.compile(rf'{_LINKING}="\{{\{{\s*(.+?)\s*\}}\}}')
_COOKIE_PATH = re.compile(r"(;\s*path=)/([^;]*)", re.I)


def prefix_of(base_url: str) -> str:
    """Return the path of an address, without a slash at its end: "" for a host of its own."""
    return urlsplit(base_url).path.rstrip("/")


def prefixed(address: str) -> str:
    """Return an address of this service as a browser has to ask for it; others as they are."""
    inside = address.startswith("/") and not address.startswith("//")
    return _CURRENT.get() + address if inside else address


class Prefix:
    """Serve under a path, whether or not the proxy in front takes it away.

    Parameters
    ----------
    app
        Sees paths without the prefix.
    prefix
        E.g. "/partnersuche"; its own host's root is "" and needs no such layer.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("Host", "")
        scope = {
            **scope,
            "path": self._without(scope["path"]),
            "raw_path": self._without((scope.get("raw_path") or b"").decode("ascii")).encode(),
        }

        async def outward(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), host)
            await send(message)

        token = _CURRENT.set(self._prefix)
        try:
            await self._app(scope, receive, outward)
        finally:
            _CURRENT.reset(token)

    def _without(self, path: str) -> str:
        if path == self._prefix:
            return "/"
        return path.removeprefix(self._prefix) if path.startswith(f"{self._prefix}/") else path

    def _complete(self, headers: MutableHeaders, host: str) -> None:
        """Put the prefix before the target of a redirect and the path of each cookie."""
        parts = urlsplit(headers.get("Location", ""))
        if parts.path.startswith("/") and parts.netloc in ("", host):
            headers["Location"] = urlunsplit(parts._replace(path=self._prefix + parts.path))
        cookies = headers.getlist("Set-Cookie")
        if cookies:
            del headers["Set-Cookie"]
        for cookie in cookies:
            placed = _COOKIE_PATH.sub(rf"\g<1>{self._prefix}/\g<2>", cookie)
            headers.append("Set-Cookie", placed)


class PrefixedLinks(Extension):
    """Complete each link of a template while it is compiled, so that none can be forgotten.

    `href="/methode"` and `href="{{ address }}"` are written as they are everywhere else; the same
    for `src`, `action`, `formaction` and `data-link`.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["prefix"] = _CURRENT.get
        environment.filters["prefixed"] = prefixed

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with its links completed."""
        computed = _COMPUTED.sub(r'\1="{{ (\2) | prefixed }}', source)
        return _WRITTEN.sub(r'\1="{{ prefix() }}', computed)
