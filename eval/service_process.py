"""A real service in a process of its own, to be timed and photographed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

_READY_WITHIN_S = 60.0


@contextmanager
def service() -> Iterator[tuple[str, float]]:
    """Run `ikz serve` on a free port, with a database of its own.

    Yields
    ------
    address : str
    ready_s : float
        Seconds from start until /health/ready answers 200.

    Raises
    ------
    RuntimeError
        It was not ready in time.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "ikz"), "serve", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/state.db"
        settings = {"IKZ_LOG_LEVEL": "ERROR", "IKZ_DATABASE_URL": database}
        start = time.perf_counter()
        process = subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            while time.perf_counter() - start < _READY_WITHIN_S:
                try:
                    if httpx.get(f"{address}/health/ready").status_code == httpx.codes.OK:
                        break
                except httpx.TransportError:
                    pass
                time.sleep(0.05)
            else:
                raise RuntimeError("The service did not become ready.")
            yield address, time.perf_counter() - start
        finally:
            process.terminate()
            process.wait(timeout=20)
