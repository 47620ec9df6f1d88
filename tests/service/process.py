"""`ikz serve` in a process of its own, and raw sockets for what no client library sends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_READY_WITHIN_S = 240
_START = "from service.cli import main; main()"


@dataclass(frozen=True)
class Process:
    """A running service."""

    port: int
    child: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
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
        return httpx.get(f"{self.address}/health/live", timeout=30).status_code == 200


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


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[Process]:
    """Run the service without its text model, which no test of connections needs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"text_model": "", "database_url": f"sqlite:///{folder / 'state.db'}"} | settings
    log = folder / "log.txt"
    with log.open("wb") as written:
        child = subprocess.Popen(
            [sys.executable, "-c", _START, "serve", "--port", str(port)],
            env=environment(**given),
            stdout=written,
            stderr=written,
        )
        try:
            _wait_until_ready(port, child, log)
            yield Process(port, child, log)
        finally:
            child.kill()
            child.wait(timeout=30)


def _wait_until_ready(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < end:
        assert child.poll() is None, log.read_text("utf-8")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=30).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("not ready in time")
