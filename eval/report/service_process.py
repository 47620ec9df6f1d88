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
_READY = "Bereit"
IKZ = str(Path(sys.executable).parent / "ikz")
"""The command of this environment."""


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
        Seconds from start until it says so; /health/ready answers 200 then.

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
        command = [IKZ, "serve", "--port", str(port)]
        told = Path(folder) / "told"
        with told.open("wb") as stream:
            start = time.perf_counter()
            process = subprocess.Popen(command, env=settings, stderr=stream)
        try:
            # Asked over HTTP twenty times a second, it would be ready a tenth later.
            while _READY not in (said := told.read_text("utf-8")):
                if process.poll() is not None or time.perf_counter() - start > _READY_WITHIN_S:
                    raise RuntimeError(f"The service did not become ready: {said}")
                time.sleep(0.01)
            ready_s = time.perf_counter() - start
            address = f"http://127.0.0.1:{port}"
            httpx.get(f"{address}/health/ready").raise_for_status()
            yield address, ready_s
        finally:
            process.terminate()
            process.wait(timeout=20)


def _add_staff(name: str, password: str, settings: Mapping[str, str]) -> None:
    command = [IKZ, "staff", "add", name, "--password-stdin"]
    subprocess.run(
        command, env=settings, input=password, text=True, stdout=subprocess.DEVNULL, check=True
    )
