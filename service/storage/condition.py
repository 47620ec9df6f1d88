"""How a database is at a moment: whether it can be read and written, and its schema."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.orm import Session

from service.storage.database import Database
from service.storage.faults import Fault, StorageError

LEAST_FREE_BYTES = 20 * 2**20
"""With less room a file counts as full: SQLite needs some for its journal."""


class Condition(Struct, frozen=True):
    """How a database is.

    Attributes
    ----------
    fault
        What is wrong; None where it can be read and written.
    schema
        Revision of its schema, None where that cannot be read.
    kind
        "sqlite" or "postgresql", None where it was not reached.
    """

    fault: Fault | None
    schema: str | None = None
    kind: str | None = None


def look_at(database: Database) -> Condition:
    """Read the revision, try to write, and look for room; changes nothing."""
    try:
        with database.write() as session:
            schema = session.scalar(text("SELECT version_num FROM alembic_version"))
            # Deletes nothing, and is refused where nothing may be written.
            session.execute(text("DELETE FROM alembic_version WHERE 1 = 0"))
            return Condition(_hindrance(session), schema, session.get_bind().dialect.name)
    except StorageError as problem:
        return Condition(problem.fault)


def _hindrance(session: Session) -> Fault | None:
    engine = session.get_bind().engine
    if engine.dialect.name != "sqlite":
        return None
    file = Path(engine.url.database or "")
    free = shutil.disk_usage(file.parent).free if file.is_file() else LEAST_FREE_BYTES
    return Fault.FULL if free < LEAST_FREE_BYTES else None
