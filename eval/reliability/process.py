"""`ikz serve` in a process of its own, and raw sockets for what no client library sends."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_READY_WITHIN_S = 240
_ENDS_WITHIN_S = 30
_START = "from service.cli import main; main()"
# What runs here is asked without TLS: no list of authorities is read for each request (30 ms).
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class ServiceEndedError(Exception):
    """The service ended or did not become ready; the sentence is what it wrote."""


@dataclass(frozen=True)
class Process:
    """A running service.

    Attributes
    ----------
    port, child, log
        Where it listens, the process, and the file it writes to.
    ready_s
        Seconds from start until it was ready.
    """

    port: int
    child: subprocess.Popen[bytes]
    log: Path
    ready_s: float = 0.0

    @property
    def address(self) -> str:
        """Where to ask it."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self, sent: bytes = b"", timeout: float = 30) -> socket.socket:
        """Open a connection and send what may be half a request."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        made.sendall(sent)
        return made

    def exchange(self, sent: bytes) -> bytes:
        """Send bytes as they stand, and return all that comes until the connection ends."""
        with self.connect(sent) as made:
            return read_all(made)

    def alive(self) -> bool:
        """Return whether it says that it lives."""
        return httpx.get(f"{self.address}/health/live", timeout=30, verify=PLAIN).status_code == 200

    def kill(self) -> None:
        """End it as a machine does that fails: without a word."""
        self.child.kill()
        self.child.wait(timeout=_ENDS_WITHIN_S)

    def terminate(self) -> tuple[int, float]:
        """Ask it to end; returns its status and how many seconds that took."""
        before = time.monotonic()
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(timeout=_ENDS_WITHIN_S), time.monotonic() - before


def read_all(made: socket.socket) -> bytes:
    """Return what comes until the other side ends, also where it ends with a reset."""
    parts = []
    try:
        while part := made.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def environment(**settings: object) -> dict[str, str]:
    """Return the environment with settings of the service."""
    return os.environ | {f"IKZ_{name.upper()}": str(value) for name, value in settings.items()}


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def command(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command of `ikz` to its end."""
    return subprocess.run(
        [sys.executable, "-c", _START, *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=_READY_WITHIN_S,
    )


@contextmanager
def serving(
    folder: Path, more: Mapping[str, str] | None = None, start: str = _START, /, **settings: object
) -> Iterator[Process]:
    """Run the service without its text model, which no fault of processes needs.

    Parameters
    ----------
    folder
        For its database and its log.
    more
        Environment beside its settings.
    start
        What the process runs.
    settings
        Of the service; they take the place of the usual ones.

    Raises
    ------
    ServiceEndedError
        It ended before it was ready, or was not in time.
    """
    port = free_port()
    given = {
        "text_model": "",
        "database_url": f"sqlite:///{folder / 'state.db'}",
        "client_requests": 0,  # many people, who all ask from this machine
    } | settings
    log = folder / "log.txt"
    before = time.monotonic()
    with log.open("ab") as written:
        child = subprocess.Popen(
            [sys.executable, "-c", start, "serve", "--port", str(port)],
            env=environment(**given) | dict(more or {}),
            stdout=written,
            stderr=written,
        )
        try:
            _wait_until_ready(port, child, log)
            yield Process(port, child, log, time.monotonic() - before)
        finally:
            child.kill()
            child.wait(timeout=_ENDS_WITHIN_S)


def _wait_until_ready(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < end:
        if child.poll() is not None:
            raise ServiceEndedError(log.read_text("utf-8"))
        try:
            address = f"http://127.0.0.1:{port}/health/ready"
            if httpx.get(address, timeout=30, verify=PLAIN).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise ServiceEndedError("not ready in time")
