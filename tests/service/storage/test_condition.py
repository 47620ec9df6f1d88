"""Read-only, full, garbage and a newer schema are told apart, in word and in code."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from service.storage import Database, Fault, StorageError
from service.storage.condition import Condition, look_at


@pytest.fixture
def file(tmp_path) -> Path:
    """Return the file of a database with its schema."""
    path = tmp_path / "state.db"
    made = Database(f"sqlite:///{path}")
    made.prepare()
    made.close()
    return path


def refused(database: Database) -> StorageError:
    with pytest.raises(StorageError) as caught, database.write() as session:
        session.execute(text("DELETE FROM feedback"))
    return caught.value


def test_a_database_in_order(file):
    condition = look_at(Database(f"sqlite:///{file}"))
    with sqlite3.connect(file) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert condition == Condition(None, revision, "sqlite")


def test_garbage(file):
    file.write_bytes(b"no database at all, " * 400)
    database = Database(f"sqlite:///{file}")
    assert look_at(database) == Condition(Fault.UNREADABLE)
    assert "nicht lesbar" in refused(database).detail


def test_a_newer_schema(file):
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    database = Database(f"sqlite:///{file}")
    assert look_at(database) == Condition(Fault.NEWER)
    assert "neueren Version dieses Dienstes" in refused(database).detail


def test_read_only(file):
    database = Database(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert look_at(database) == Condition(Fault.READ_ONLY)
    assert "nur lesen" in refused(database).detail


def test_a_full_disk(file, monkeypatch):
    usage = shutil.disk_usage(file.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=1_000_000))
    assert look_at(Database(f"sqlite:///{file}")).fault is Fault.FULL
