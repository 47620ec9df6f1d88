"""Run the application on a port, and end with a sentence where that is not possible."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

import uvicorn

from service.app import create_app
from service.settings import Settings

_REASONS = {
    errno.EADDRINUSE: "der Port ist schon belegt, mit --port lässt sich ein anderer wählen",
    errno.EACCES: "für diesen Port fehlen die Rechte, mit --port lässt sich ein anderer wählen",
    errno.EADDRNOTAVAIL: "die Adresse gehört nicht zu diesem Rechner",
    socket.EAI_NONAME: "die Adresse ist nicht bekannt",
}


class ListenError(Exception):
    """The port cannot be opened; the sentence says why."""


def open_port(host: str, port: int) -> socket.socket:
    """Open the port before anything is loaded, so that a taken one is told at once.

    Raises
    ------
    ListenError
        Address or port cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # Inherited by each connection. asyncio sets it only where the protocol is named, which
        # `create_server` does not do; without it each answer waits 40 ms for an acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, str(error.strerror))
    raise ListenError(f"Der Dienst kann {host}, Port {port} nicht öffnen: {reason}.")


def run(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until stopped; calls `ready` once data and models are loaded.

    Raises
    ------
    Exception
        What kept data or models from being loaded, e.g. `data.DataError`.
    """
    failures: list[Exception] = []

    def loaded(error: Exception | None) -> None:
        if error is None:
            ready()
            return
        failures.append(error)
        server.should_exit = True

    application = create_app(settings, loaded=loaded)
    server = uvicorn.Server(uvicorn.Config(application, access_log=False, log_level="warning"))
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has shut down in order by then; Ctrl-C is the usual way to stop.
        return
    finally:
        listener.close()
    if failures:
        raise failures[0]
