"""All that a database holds in one file with checksums, and back; the same for every database.

The file is a ZIP: `backup.json` names format, schema and the SHA-256 of each table, and
`tables/*.jsonl` hold one row a line. Reading is one transaction, so that a backup taken while
serving shows one moment. What is computed from public data is left out and computed again.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from service.storage import migration
from service.storage.faults import told
from service.storage.tables import Base

FORMAT = 1
_HEAD = "backup.json"
_COMPUTED = frozenset({"outreach_piece"})
_VERSIONS = "alembic_version"


class BackupError(Exception):
    """A file is no backup, is damaged, or of a newer version; the German sentence says which."""


class Backup(Struct, frozen=True):
    """What a backup holds: its schema, when it was made, and the rows by table."""

    schema: str
    made: datetime
    rows: Mapping[str, list[dict[str, Any]]]

    @property
    def count(self) -> int:
        """All rows together."""
        return sum(len(rows) for rows in self.rows.values())


def take(engine: Engine, made: datetime) -> Backup:
    """Read everything in one transaction that sees one moment.

    Raises
    ------
    BackupError
        It is empty.
    StorageError
        It cannot be read.
    """
    isolation = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options = {"isolation_level": isolation} if isolation else {}
    with told(), engine.execution_options(**options).begin() as connection:
        if not inspect(connection).has_table(_VERSIONS):
            raise BackupError("Die Datenbank ist leer: Es gibt nichts zu sichern.")
        schema = connection.scalar(text(f"SELECT version_num FROM {_VERSIONS}"))
        rows = {
            table.name: [dict(row) for row in connection.execute(_ordered(table)).mappings()]
            for table in _tables(connection)
            if table.name not in _COMPUTED
        }
    return Backup(str(schema), made, rows)


def write(backup: Backup, file: Path) -> None:
    """Write a backup in one step, readable by its owner alone: it holds addresses.

    Raises
    ------
    BackupError
        Its folder is missing.
    OSError
        The file cannot be written; nothing is left then.
    """
    contents = {name: _lines(rows) for name, rows in backup.rows.items()}
    head = {
        "format": FORMAT,
        "schema": backup.schema,
        "made": backup.made.isoformat(),
        "tables": {
            name: {"rows": len(backup.rows[name]), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in contents.items()
        },
    }
    with _replacing(file) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        whole = json.dumps(head, indent=2).encode()
        archive.comment = hashlib.sha256(whole).hexdigest().encode()
        archive.writestr(_HEAD, whole, zipfile.ZIP_DEFLATED)
        for name, content in contents.items():
            archive.writestr(f"tables/{name}.jsonl", content, zipfile.ZIP_DEFLATED)


def read(file: Path) -> Backup:
    """Read a backup and verify every checksum.

    Raises
    ------
    BackupError
        It is none, is damaged, or was written by a newer version.
    OSError
        The file cannot be read.
    """
    damaged = f"{file.name} ist beschädigt oder keine Sicherung dieses Dienstes."
    stream = io.BytesIO(file.read_bytes())
    try:
        with zipfile.ZipFile(stream) as archive:
            whole = archive.read(_HEAD)
            if hashlib.sha256(whole).hexdigest().encode() != archive.comment:
                raise BackupError(f"{damaged} Die Prüfsumme von {_HEAD} stimmt nicht.")
            head = json.loads(whole)
            if head["format"] > FORMAT:
                raise BackupError(f"{file.name} stammt von einer neueren Version dieses Dienstes.")
            rows = {}
            for name, stated in head["tables"].items():
                content = archive.read(f"tables/{name}.jsonl")
                if hashlib.sha256(content).hexdigest() != stated["sha256"]:
                    raise BackupError(f"{damaged} Die Prüfsumme von {name} stimmt nicht.")
                rows[name] = [json.loads(line) for line in content.splitlines()]
            return Backup(head["schema"], datetime.fromisoformat(head["made"]), rows)
    except (
        zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, EOFError,
        RuntimeError, OSError,
    ):  # fmt: skip
        raise BackupError(damaged) from None


def restore(engine: Engine, backup: Backup) -> None:
    """Put a backup in place of all that a database holds, in one transaction: all or nothing.

    The schema is made as it was at that time, filled, and brought up to date.

    Raises
    ------
    BackupError
        The backup is of a newer schema than this program knows, or its rows contradict each other.
    StorageError
        The database cannot be written, or belongs to a newer version itself.
    """
    if backup.schema not in migration.known():
        raise BackupError(
            f"Die Sicherung gehört zu einer neueren Version dieses Dienstes (Schema "
            f"{backup.schema}). Bitte zuerst den Dienst aktualisieren."
        )
    try:
        with told(), engine.execution_options(write=True).begin() as connection:
            _empty(connection)
            migration.upgrade(connection, backup.schema)
            for table in _tables(connection, frozenset(backup.rows)):
                _fill(connection, table, backup.rows[table.name])
            migration.upgrade(connection)
    except (SQLAlchemyError, ValueError, KeyError, TypeError, AttributeError):
        sentence = "Die Zeilen der Sicherung widersprechen sich; nichts ist geändert."
        raise BackupError(sentence) from None


def _ordered(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _tables(connection: Connection, wanted: frozenset[str] = frozenset()) -> list[Table]:
    """Return our tables as they are, those that others refer to first.

    Other programs may have tables beside them in the same database.
    """
    own = wanted or frozenset(Base.metadata.tables)
    there = own & frozenset(inspect(connection).get_table_names())
    metadata = MetaData()
    metadata.reflect(connection, only=sorted(there))
    return [table for table in metadata.sorted_tables if table.name in there]


def _empty(connection: Connection) -> None:
    if inspect(connection).has_table(_VERSIONS):
        present = connection.scalar(text(f"SELECT version_num FROM {_VERSIONS}"))
        if present is not None and present not in migration.known():
            raise BackupError(
                "Die Datenbank selbst gehört zu einer neueren Version dieses Dienstes; sie bleibt, "
                "wie sie ist."
            )
        connection.execute(text(f"DROP TABLE {_VERSIONS}"))
    for table in reversed(_tables(connection)):
        table.drop(connection)


def _fill(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), [_typed(table, row) for row in rows])
    for column in table.primary_key.columns:
        if connection.dialect.name == "postgresql" and column.type.python_type is int:
            # Numbers that were given by hand do not move the sequence.
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest, False)))


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, default=_plain)}\n" for row in rows).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        # SQLite gives UTC without saying so, PostgreSQL any zone.
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(type(value).__name__)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value


@contextmanager
def _replacing(file: Path) -> Iterator[Path]:
    if not file.parent.is_dir():
        raise BackupError(f"Den Ordner der Sicherung gibt es nicht: {file.parent}")
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
