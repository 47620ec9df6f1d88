"""What every request passes first: framing, size, text; and what every answer carries.

Plain ASGI: the framework's own "http" middleware starts a task and two queues for each request.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import ProblemError
from service.web import error_pages
from service.web.metrics import Metrics
from service.web.texts import check_address, check_body

_LOG = logging.getLogger("ikz.access")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS = {
    # data: is for the icons that KERN's style sheet carries inside itself.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_BODILESS = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Give each request an id, a size limit, safe headers, and a log line without its words.

    Parameters
    ----------
    app
        Gets a request only once all of it is here, and is text.
    metrics
        Counts the answers.
    most_bytes
        Largest body, as received: what the head says of it is a promise at best.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, most_bytes: int) -> None:
        self._app, self._metrics, self._most = app, metrics, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        given = request.headers.get("X-Request-ID", "")
        request.state.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        answer = _Answer(request, send)
        try:
            await self._admit(request, receive, answer)
        except ProblemError as problem:
            await error_pages.respond(request, problem)(scope, receive, answer)
        except Exception:
            _LOG.exception("request %s failed", request.state.request_id)
            if answer.status:
                raise  # half an answer is out: the server ends the connection
            await error_pages.respond(request, _unexpected())(scope, receive, answer)
        if answer.status:
            answer.note(self._metrics)

    async def _admit(self, request: Request, receive: Receive, answer: _Answer) -> None:
        check_framing(request)
        check_address(request.url.path, request.scope["query_string"])
        self._check_length(request)
        body = await self._read(receive)
        if body is None:
            return  # the client has gone
        if body:
            check_body(request.headers, body)
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(request.scope, replay, answer)

    def _check_length(self, request: Request) -> None:
        length = request.headers.get("Content-Length")
        if request.method in _BODILESS:
            return
        if length is None and request.method == "DELETE" and not _is_chunked(request):
            return  # clients send no length where there is no body
        if length is None or not (length.isascii() and length.isdigit()):
            raise ProblemError(411, "Die Länge der Anfrage fehlt (Kopfzeile Content-Length).")
        if len(length) > 18 or int(length) > self._most:
            raise self._too_large(f"{length[:18]} Byte")

    async def _read(self, receive: Receive) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._most:
                raise self._too_large("mehr Byte, als zulässig sind")
            if not message.get("more_body", False):
                return bytes(body)

    def _too_large(self, given: str) -> ProblemError:
        sentence = f"Die Anfrage hat {given}; höchstens {self._most} sind zulässig."
        # What was not read of the body would be taken for the next request.
        return ProblemError(413, sentence, headers={"Connection": "close"})


def check_framing(request: Request) -> None:
    """Refuse a body whose end two headers tell differently (RFC 9112, section 6.1 and 6.3).

    Raises
    ------
    ProblemError
        400, and the connection ends: what follows on it may be part of the body or a new request.
    """
    if not _is_chunked(request):
        return
    if "Content-Length" in request.headers or request.scope["http_version"] == "1.0":
        sentence = "Content-Length und Transfer-Encoding widersprechen sich in dieser Anfrage."
        raise ProblemError(400, sentence, headers={"Connection": "close"})


class _Answer:
    """Send an answer on, with the headers that every one carries, and remember its status."""

    def __init__(self, request: Request, send: Send) -> None:
        self.status = 0
        self._request, self._send, self._start = request, send, time.perf_counter()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            state, headers = self._request.state, MutableHeaders(scope=message)
            if getattr(state, "staff", None) is not None:
                # What staff see is for them: no cache in between keeps it.
                headers.setdefault("Cache-Control", "no-store")
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            for name, value in getattr(state, "quota", {}).items():
                headers.setdefault(name, value)
            headers["X-Request-ID"] = state.request_id
        await self._send(message)

    def note(self, metrics: Metrics) -> None:
        """Count it, and log it: the path only, as query strings can hold what was searched for."""
        request, seconds = self._request, time.perf_counter() - self._start
        metrics.observe(request, self.status, seconds)
        # Encoded as it came: what ends lines or steers a terminal must not reach who reads the log.
        path = quote(request.scope["path"])
        _LOG.info(
            "%s %s %s %.0f ms %s",
            request.method, path, self.status, seconds * 1000, request.state.request_id,
        )  # fmt: skip


def _is_chunked(request: Request) -> bool:
    return "Transfer-Encoding" in request.headers


def _unexpected() -> ProblemError:
    sentence = "Der Dienst konnte die Anfrage nicht beantworten. Bitte die Kennung im Kopf "
    return ProblemError(500, sentence + "X-Request-ID an den Betreiber melden.")
