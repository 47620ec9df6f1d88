"""A proxy before several servers, as the service is deployed; where there is none, none."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

PROXY = "caddy"
"""The program of `service/deploy/compose.yaml`, taken from PATH."""
_UP_WITHIN_S = 20.0
_RULES = """{
	admin off
	auto_https off
}
http://127.0.0.1:%(port)d {
	bind 127.0.0.1
	reverse_proxy %(servers)s {
		lb_policy least_conn
		lb_try_duration 5s
		fail_duration 10s
	}
}
"""


@contextmanager
def proxied(servers: Sequence[str]) -> Iterator[str | None]:
    """Put a proxy before servers, with the rules of `service/deploy/Caddyfile`.

    Parameters
    ----------
    servers
        Their addresses, "http://127.0.0.1:8000".

    Yields
    ------
    address : str or None
        That of the proxy; None where the machine has none.

    Raises
    ------
    RuntimeError
        It did not answer in time.
    """
    program = shutil.which(PROXY)
    if program is None:
        yield None
        return
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "Caddyfile"
        rules.write_text(_RULES % {"port": port, "servers": " ".join(servers)}, "utf-8")
        process = subprocess.Popen(
            [program, "run", "--config", rules, "--adapter", "caddyfile"],
            env=os.environ | {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until_up(address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_up(address: str) -> None:
    end = time.monotonic() + _UP_WITHIN_S
    while time.monotonic() < end:
        try:
            httpx.get(f"{address}/health/live")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("The proxy did not answer in time.")
