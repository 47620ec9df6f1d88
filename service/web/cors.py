"""Which foreign pages may call: the interface by an allow-list, the embedded element by all."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service.settings import SettingsError
from service.web.compressed_files import CompressedFiles

_API = "/v1/"
_METHODS = ("GET", "POST")
_READABLE = (
    "Content-Disposition", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID",
)  # fmt: skip
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?")


def add_cors(app: FastAPI, origins: Sequence[str]) -> None:
    """Let pages of the listed origins call the interface under /v1, without cookies.

    Parameters
    ----------
    app
        Comes outermost, so that a browser can read errors of any other layer too: call it last.
    origins
        As browsers send them, e.g. "https://portal.example.nrw"; none: no foreign page may call.

    Raises
    ------
    SettingsError
        An entry is no origin; a star is none, as a list of all would be no list.
    """
    allowed = [_checked(origin) for origin in origins]
    if allowed:
        app.add_middleware(
            _ApiCors,
            allow_origins=allowed,
            allow_methods=_METHODS,
            allow_credentials=False,
            expose_headers=_READABLE,
        )


class EmbedFiles(CompressedFiles):
    """Files that any page may load as a module: they hold no secret and no data of anybody."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with the headers that a foreign page needs."""
        response = await super().get_response(path, scope)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response


class _ApiCors(CORSMiddleware):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_API):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("Origin", "")
        if scope["method"] == "OPTIONS" and not self.is_allowed_origin(origin):
            # The app answers 405 in its own words, without a permission: the browser stops there.
            await self.simple_response(scope, receive, send, request_headers=headers)
            return
        await super().__call__(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        # This answer does not pass the layer that gives all others their id.
        response.headers["X-Request-ID"] = uuid.uuid4().hex
        return response


def _checked(origin: str) -> str:
    plain = origin.strip().rstrip("/").lower()
    if not _ORIGIN.fullmatch(plain):
        raise SettingsError(
            f"IKZ_CORS_ORIGINS: „{origin[:80]}“ ist keine Herkunft. Erwartet wird zum Beispiel "
            "https://portal.example.nrw, ohne Pfad und ohne Sternchen."
        )
    return plain
