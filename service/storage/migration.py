"""Bring the schema of a database up to date."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

_SCRIPTS = Path(__file__).parent / "migrations"
# Alembic keeps its context in a module: two databases of one process take turns.
_LOCK = Lock()
_POSTGRESQL_LOCK = 7_465_390_142  # any number that no other program on the database uses


def upgrade(connection: Connection) -> None:
    """Upgrade to the newest revision within the transaction of a connection.

    Services that start at the same time wait for each other: on SQLite the transaction holds the
    right to write, on PostgreSQL it takes a lock of its own.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _LOCK:
        command.upgrade(config, "head")
