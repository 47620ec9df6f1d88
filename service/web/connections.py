"""Connections that end: half-sent heads and bodies, answers nobody reads, and too many of all.

uvicorn waits for a head and a body as long as the client likes, and accepts until the descriptors
are gone; then nobody gets in, and each attempt is logged. Here each phase of a connection has a
deadline, and where all places are taken the one that has waited longest without a whole request
gives its place to the newcomer.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from service.problems import ProblemError
from service.web import problem_json

_LOG = logging.getLogger("ikz.connections")
_TOLD_EVERY_S = 60.0
_SENTENCES = {
    400: "Die Anfrage ist kein gültiges HTTP.",
    408: "Die Anfrage kam nicht vollständig an.",
    503: "Zu viele Verbindungen. Bitte in einigen Sekunden noch einmal versuchen.",
}


@dataclass(slots=True)
class Doors:
    """How many connections there may be and how long they may take; one for a server.

    Attributes
    ----------
    most
        Connections at once.
    head_s, body_s
        Seconds for all of a head, and all of a body; the latter for reading an answer, too.
    most_bytes
        How much is read of a body that was refused, before the connection ends.
    idle
        Connections without a whole request, the longest waiting first.
    """

    most: int
    head_s: float
    body_s: float
    most_bytes: int
    idle: dict[BoundedProtocol, None] = field(default_factory=dict)
    _ended: int = 0
    _told: asyncio.TimerHandle | None = None

    def note(self) -> None:
        """Count a connection that was ended; the log hears of all together once a minute."""
        self._ended += 1
        if self._told is None:
            self._told = asyncio.get_running_loop().call_later(_TOLD_EVERY_S, self._tell)

    def _tell(self) -> None:
        _LOG.warning("%d Verbindungen wurden in der letzten Minute beendet.", self._ended)
        self._ended, self._told = 0, None


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 with a deadline for each phase and a cap on connections."""

    def __init__(self, *args: Any, doors: Doors, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._doors = doors
        self._phase = ""
        self._received = 0
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head; where all places are taken, somebody else's wait ends."""
        super().connection_made(transport)
        if len(self.connections) > self._doors.most:
            longest = next(iter(self._doors.idle), None)
            if longest is None:
                self._end(503)
                return
            longest.give_way()
        self._enter("head", self._doors.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._enter("")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, and see where the request stands then."""
        if self.transport.is_closing():
            return
        self._received += len(data)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the end of this one where it was refused early."""
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        """Wait for a client that does not read its answer, but not for ever."""
        super().pause_writing()
        self._enter("answer", self._doors.body_s)

    def resume_writing(self) -> None:
        """Go on: it reads."""
        super().resume_writing()
        self._phase = ""
        self._look()

    def shutdown(self) -> None:
        """End at once what is only half here; else let the answer be finished."""
        if self._phase in ("head", "body"):
            self._end(0)
        else:
            super().shutdown()

    def give_way(self) -> None:
        """End, as somebody else needs the place."""
        self._end(0)

    def send_400_response(self, msg: str) -> None:
        """Say in German that this was no HTTP."""
        self._end(400)

    def _look(self) -> None:
        """Enter the phase that the parser is in."""
        if self.transport is None or self.transport.is_closing() or self._phase == "answer":
            return
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            if self._received > 2 * self._doors.most_bytes + 65_536:
                self._end(0)  # refused long ago, and still sending
            else:
                self._enter("body", self._doors.body_s)
        elif state is h11.IDLE and self.timeout_keep_alive_task is None:
            self._enter("head", self._doors.head_s)
        else:
            self._received = 0
            self._enter("")
            if self.timeout_keep_alive_task is not None:
                self._doors.idle[self] = None

    def _enter(self, phase: str, seconds: float = 0.0) -> None:
        if phase == self._phase != "":
            return  # the deadline is for all of it: a byte now and then does not move it
        self._phase = phase
        self._doors.idle.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if phase:
            self._deadline = self.loop.call_later(seconds, self._late)
        if phase in ("head", "body"):
            self._doors.idle[self] = None

    def _late(self) -> None:
        self._end(0 if self._phase == "answer" else 408)

    def _end(self, status: int) -> None:
        """Answer with a status where none is out yet (0: no answer), and close."""
        self._enter("")
        self._doors.note()
        self._unset_keepalive_if_required()
        if self.transport.is_closing():
            return
        if status and self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.write(_canned(status))
            self.transport.close()
        else:
            self.transport.abort()


def _canned(status: int) -> bytes:
    retry = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    problem = ProblemError(status, _SENTENCES[status], headers=retry)
    response = problem_json.response(problem, "")
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "Connection: close"]
    lines.append(f"X-Request-ID: {uuid.uuid4().hex}")
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + bytes(response.body)
