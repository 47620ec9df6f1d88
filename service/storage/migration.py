"""Bring the schema of a database up to date."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

_SCRIPTS = Path(__file__).parent / "migrations"
# Alembic keeps its context in a module: two databases of one process take turns.
_LOCK = Lock()
_POSTGRESQL_LOCK = 7_465_390_142  # any number that no other program on the database uses


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Upgrade to a revision, the newest by default, within the transaction of a connection.

    Services that start at the same time wait for each other: on SQLite the transaction holds the
    right to write, on PostgreSQL it takes a lock of its own.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
    found = MigrationContext.configure(connection).get_current_revision()
    if revision == "head" and found == newest():
        return  # without reading all revisions again
    config = _config()
    config.attributes["connection"] = connection
    with _LOCK:
        command.upgrade(config, revision)


@cache
def known() -> frozenset[str]:
    """Return all revisions that this program knows; any other one is of a newer version."""
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions())


@cache
def newest() -> str:
    """Return the revision that this program works with."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
