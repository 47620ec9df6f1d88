"""Run the application on a port, and end with a sentence where that is not possible."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import cast

import uvicorn
from fastapi import FastAPI

from service.app import create_app
from service.reloading import reload_on_signal
from service.settings import Settings
from service.web.connections import BoundedProtocol, Doors

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

_BACKLOG = 100
_OWN_FILES = 100  # database, data, libraries
_LEAST = 16
_STOP_WITHIN_S = 10
# How long a ranking may compute before the event loop, which answers all, gets its turn; Python's
# usual 5 ms would be waited for several times within one request.
_SWITCH_S = 0.001

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


def _config(application: FastAPI, settings: Settings) -> uvicorn.Config:
    doors = Doors(
        most=_connections(settings.max_connections),
        head_s=settings.head_seconds,
        body_s=settings.body_seconds,
        most_bytes=settings.max_body_bytes,
    )
    return uvicorn.Config(
        application,
        # A factory of protocols, as asyncio takes it; uvicorn names only its usual kind, a class.
        http=cast(type[asyncio.Protocol], partial(BoundedProtocol, doors=doors)),
        ws="none",
        access_log=False,
        # Its warnings are about what clients sent wrong, one each: they could fill a disk.
        log_level="error",
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
    )


def _connections(wanted: int) -> int:
    """Return how many connections the descriptors allow, so that accepting never fails."""
    if resource is None:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _OWN_FILES + 3 * _BACKLOG  # asyncio accepts a whole backlog in one go
    if resource.RLIM_INFINITY in (soft, hard) or soft >= needed:
        return wanted
    soft = max(soft, min(hard, needed))
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(_LEAST, min(wanted, soft - _OWN_FILES - 3 * _BACKLOG))


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

    sys.setswitchinterval(_SWITCH_S)
    application = create_app(settings, loaded=loaded)
    server = uvicorn.Server(_config(application, settings))
    reload_on_signal(application, settings)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has shut down in order by then; Ctrl-C is the usual way to stop.
        return
    finally:
        listener.close()
    if failures:
        raise failures[0]
