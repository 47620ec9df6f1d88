from __future__ import annotations

import json
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from service.storage import Database, StorageError, backup, migration
from service.storage.access_tables import StaffEventRow
from service.storage.backup import BackupError
from service.storage.tables import FeedbackRow, StaffDeviceRow, StaffRow

MADE = datetime(2027, 3, 1, 12, tzinfo=UTC)
MOMENT = datetime(2027, 2, 28, 23, 59, 59, 123456, tzinfo=UTC)


@pytest.fixture
def database(tmp_path) -> Database:
    made = Database(f"sqlite:///{tmp_path / 'state.db'}")
    with made.write() as session:
        session.add(StaffRow(name="Ada Ä. 😀", password_hash="hash", created=MOMENT))
        session.flush()
        session.add(StaffDeviceRow(token_hash="t", name="Ada Ä. 😀", expires=MOMENT))
        session.add_all(feedback(str(number)) for number in range(3))
    return made


def feedback(request_id: str) -> FeedbackRow:
    return FeedbackRow(
        request_id=request_id, ags="05974008", verdict="fits", model_version="m", time=MOMENT
    )


def rows(database: Database) -> list[tuple[str, datetime]]:
    with database.read() as session:
        return sorted((row.request_id, row.time) for row in session.query(FeedbackRow))


@pytest.fixture
def file(database, tmp_path) -> Path:
    path = tmp_path / "sicherung.zip"
    backup.write(backup.take(database.engine, MADE), path)
    return path


def test_what_is_put_back_is_what_was_taken(database, file, tmp_path):
    with database.write() as session:
        session.execute(text("DELETE FROM staff"))
        session.add(feedback("later"))
    kept = backup.read(file)
    assert (kept.made, kept.schema, kept.count) == (MADE, migration.newest(), 5)
    backup.restore(database.engine, kept)
    assert rows(database) == [(str(number), MOMENT) for number in range(3)]
    with database.read() as session:
        assert session.get(StaffRow, "Ada Ä. 😀").created == MOMENT
        assert session.get(StaffDeviceRow, ("t", "Ada Ä. 😀")) is not None
    empty = Database(f"sqlite:///{tmp_path / 'other.db'}")
    backup.restore(empty.engine, kept)
    assert len(rows(empty)) == 3


def test_only_its_owner_may_read_it(file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.glob("*.tmp")] == []


def test_a_backup_of_an_older_schema_is_brought_up_to_date(tmp_path):
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with old.engine.execution_options(write=True).begin() as connection:
        migration.upgrade(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO feedback VALUES ('r', '05974008', 'fits', 'm', '2027-01-01 00:00:00')"
            )
        )
    path = tmp_path / "alt.zip"
    backup.write(backup.take(old.engine, MADE), path)
    new = Database(f"sqlite:///{tmp_path / 'new.db'}")
    backup.restore(new.engine, backup.read(path))
    assert [name for name, _ in rows(new)] == ["r"]
    with new.read() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == migration.newest()


def test_a_bit_that_fell_over_is_noticed_wherever_it_matters(database, file):
    whole, kept = file.read_bytes(), backup.read(file)
    refused = 0
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :])
        found = read_or_none(file)
        refused += found is None
        # Else the bit stands in a time stamp or the like of the archive, not in what it holds.
        assert found is None or found == kept
    assert refused > 50


def read_or_none(file: Path) -> backup.Backup | None:
    try:
        return backup.read(file)
    except BackupError:
        return None


@pytest.mark.parametrize("kept", [0, 10, 0.5, -1])
def test_a_truncated_file_is_refused(file, kept):
    content = file.read_bytes()
    file.write_bytes(content[: kept if isinstance(kept, int) else int(kept * len(content))])
    with pytest.raises(BackupError, match="beschädigt oder keine Sicherung"):
        backup.read(file)


def test_a_row_that_was_changed_by_hand_is_refused(file):
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
        comment = archive.comment
    name = "tables/feedback.jsonl"
    contents[name] = contents[name].replace(b"05974008", b"05974040")
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = comment
        for each, content in contents.items():
            archive.writestr(each, content)
    with pytest.raises(BackupError, match="Die Prüfsumme von feedback stimmt nicht"):
        backup.read(file)


def test_a_newer_schema_is_refused_and_nothing_is_changed(database, file):
    kept = backup.Backup("9999", MADE, backup.read(file).rows)
    with pytest.raises(BackupError, match=r"neueren Version.*Schema 9999"):
        backup.restore(database.engine, kept)
    assert len(rows(database)) == 3


def test_a_newer_database_is_not_overwritten(database, file):
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BackupError, match="neueren Version"):
        backup.restore(database.engine, backup.read(file))
    assert len(rows(database)) == 3


def test_rows_that_contradict_each_other_change_nothing(database, file):
    kept = backup.read(file)
    double = {**kept.rows, "feedback": kept.rows["feedback"] * 2}
    with pytest.raises(BackupError, match="widersprechen sich"):
        backup.restore(database.engine, backup.Backup(kept.schema, MADE, double))
    assert len(rows(database)) == 3


def test_a_broken_database_cannot_be_saved(tmp_path):
    path = tmp_path / "broken.db"
    path.write_bytes(b"no database at all, " * 400)
    with pytest.raises(StorageError, match="nicht lesbar"):
        backup.take(Database(f"sqlite:///{path}").engine, MADE)


def test_every_table_is_in_it_or_computed(database, file):
    from service.storage.tables import Base

    with zipfile.ZipFile(file) as archive:
        head = json.loads(archive.read("backup.json"))
    assert set(head["tables"]) == set(Base.metadata.tables) - {"outreach_piece"}


def test_it_moves_from_one_kind_of_database_to_another(file, database_url):
    """From SQLite into either, and out of that into a new one; numbers go on where they ended."""
    there = Database(database_url)
    backup.restore(there.engine, backup.read(file))
    assert len(rows(there)) == 3
    with there.write() as session:
        session.add(StaffEventRow(at=MOMENT, who="Ada", action="login", about=""))
    again = file.with_name("zurück.zip")
    backup.write(backup.take(there.engine, MADE), again)
    backup.restore(there.engine, backup.read(again))
    with there.write() as session:
        session.add(StaffEventRow(at=MOMENT, who="Ada", action="logout", about=""))
    with there.read() as session:
        kept = [(row.action, row.at) for row in session.query(StaffEventRow)]
    assert sorted(kept) == [("login", MOMENT), ("logout", MOMENT)]
    assert rows(there) == [(str(number), MOMENT) for number in range(3)]
    there.close()
