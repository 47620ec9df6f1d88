"""Bring the schema of a database up to date."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    text,
)

from service.storage.faults import NewerSchemaError
from service.storage.tables import Base

_SCRIPTS = Path(__file__).parent / "migrations"
# Alembic keeps its context in a module: two databases of one process take turns.
_LOCK = Lock()
_POSTGRESQL_LOCK = 7_465_390_142  # any number that no other program on the database uses


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Upgrade to a revision, the newest by default, within the transaction of a connection.

    Services that start at the same time wait for each other: on SQLite the transaction holds the
    right to write, on PostgreSQL it takes a lock of its own.

    Raises
    ------
    NewerSchemaError
        A newer version of this program made the schema.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
    found = _revision_of(connection)
    if found is not None and found not in known():
        raise NewerSchemaError(found)
    if revision == "head" and found == newest():
        return
    if revision == "head" and _is_empty(connection):
        _make_all(connection)
        return
    # Imported here: most starts find nothing or a schema that is up to date, and do without.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _LOCK:
        command.upgrade(config, revision)


@cache
def known() -> frozenset[str]:
    """Return all revisions that this program knows; any other one is of a newer version.

    Their files are named by them: "0010_alert_links.py".
    """
    found = (_SCRIPTS / "versions").glob("[0-9]*_*.py")
    return frozenset(path.name.partition("_")[0] for path in found)


def newest() -> str:
    """Return the revision that this program works with."""
    return max(known())


def _is_empty(connection: Connection) -> bool:
    seen = inspect(connection)
    return not (seen.get_table_names() or seen.get_view_names())


def _make_all(connection: Connection) -> None:
    """Make the schema of an empty database at once, as all revisions leave it."""
    Base.metadata.create_all(connection)
    number = Column("version_num", String(32), nullable=False)
    key = PrimaryKeyConstraint("version_num", name="alembic_version_pkc")
    version = Table("alembic_version", MetaData(), number, key)
    version.create(connection)
    connection.execute(insert(version).values(version_num=newest()))


def _revision_of(connection: Connection) -> str | None:
    """Return the revision of a database, None where it has no schema yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(found) > 1:
        raise NewerSchemaError(", ".join(map(str, found)))  # none of ours leaves two
    return None if not found or found[0] is None else str(found[0])
