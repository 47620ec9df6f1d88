"""A real service in a process of its own, to be timed and photographed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

_READY_WITHIN_S = 60.0
_IKZ = str(Path(sys.executable).parent / "ikz")


@contextmanager
def service(
    account: tuple[str, str] | None = None, database: str | None = None
) -> Iterator[tuple[str, float]]:
    """Run `ikz serve` on a free port.

    Parameters
    ----------
    account
        Name and password of a staff member to make beforehand; the service then computes outreach
        from its start. Default: nobody can log in.
    database
        Address of its database; default: one of its own, that goes with it.

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
    with tempfile.TemporaryDirectory() as folder:
        kept = database or f"sqlite:///{folder}/state.db"
        settings = os.environ | {
            "IKZ_LOG_LEVEL": "ERROR",
            "IKZ_DATABASE_URL": kept,
            # As Python does where nobody forbids it: or each start compiles what has changed.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        if account is not None:
            _add_staff(*account, settings)
        command = [_IKZ, "serve", "--port", str(port)]
        address = f"http://127.0.0.1:{port}"
        asking = httpx.Client(base_url=address)  # made before: it costs what an answer does
        start = time.perf_counter()
        process = subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL)
        try:
            while time.perf_counter() - start < _READY_WITHIN_S:
                try:
                    if asking.get("/health/ready").status_code == httpx.codes.OK:
                        break
                except httpx.TransportError:
                    pass
                time.sleep(0.05)
            else:
                raise RuntimeError("The service did not become ready.")
            yield address, time.perf_counter() - start
        finally:
            asking.close()
            process.terminate()
            process.wait(timeout=20)


def _add_staff(name: str, password: str, settings: Mapping[str, str]) -> None:
    command = [_IKZ, "staff", "add", name, "--password-stdin"]
    subprocess.run(
        command, env=settings, input=password, text=True, stdout=subprocess.DEVNULL, check=True
    )
