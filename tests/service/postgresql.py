"""A real PostgreSQL for the tests, begun once: shared with the report on faults."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.reliability.postgresql import Server, frozen, running

__all__ = ["Server", "database_url", "frozen", "postgresql", "running"]


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
