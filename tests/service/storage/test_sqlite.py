"""SQLite loses nothing, and says so where it could: a file that is locked, full, broken, gone."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from service.storage import Database, Fault, StorageError
from tests.service.mailbox import ARCHIVE
from tests.service.storage.test_database import count, row

_NOBODY = 65_534


@pytest.fixture
def file(tmp_path):
    return tmp_path / "test.db"


@pytest.fixture
def database(file):
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


def refused(database: Database) -> Fault:
    with pytest.raises(StorageError) as caught, database.write() as session:
        session.add(row("lost"))
    return caught.value.fault


def test_sqlite_is_set_up_to_lose_nothing(database):
    with database.read() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in (
                "journal_mode",
                "foreign_keys",
                "busy_timeout",
                "secure_delete",
                "synchronous",
            )
        }
    assert pragmas == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 5_000,
        "secure_delete": 1,
        "synchronous": 2,
    }


def test_a_locked_database_is_told_and_keeps_what_it_has(file, caplog):
    database = Database(f"sqlite:///{file}", wait_s=0)
    with database.write() as session:
        session.add(row("kept"))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert count(database) == 1  # reading goes on
    with pytest.raises(StorageError) as caught, database.write() as session:
        session.add(row("secret-words"))
    other.execute("ROLLBACK")
    assert caught.value.status == 503
    assert caught.value.headers == {"Retry-After": "30"}
    assert "nichts gespeichert" in caught.value.detail
    assert "SQLITE_BUSY" in caplog.text
    assert "secret-words" not in caplog.text
    with database.write() as session:
        session.add(row("later"))
    assert count(database) == 2
    database.close()


def test_a_full_disk_is_told_and_keeps_what_it_has(database, caplog):
    with database.write() as session:
        session.add(row("kept"))
    with database.read() as session:
        pages = session.scalar(text("PRAGMA page_count"))

    def fill() -> None:
        with database.write() as session:
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
            session.add_all(row(f"{number:064}") for number in range(2_000))

    with pytest.raises(StorageError) as caught:
        fill()
    assert caught.value.fault is Fault.FULL
    assert (caught.value.status, "Speicherplatz" in caught.value.detail) == (503, True)
    assert "SQLITE_FULL" in caplog.text
    database.close()  # the limit went with its connection
    assert count(database) == 1


def test_a_broken_file_is_told(file, caplog):
    file.write_bytes(b"no database at all, " * 400)
    before = file.read_bytes()
    with pytest.raises(StorageError) as caught:
        Database(f"sqlite:///{file}").prepare()
    assert caught.value.fault is Fault.UNREADABLE
    assert (caught.value.status, "nicht lesbar" in caught.value.detail) == (500, True)
    assert "SQLITE_NOTADB" in caplog.text
    assert file.read_bytes() == before


def test_the_service_finds_partners_without_its_database(site, asked, caplog):
    site.client.app.state.ikz.database.close()
    for extra in site.file.parent.glob("searches.db*"):
        extra.unlink()
    site.file.mkdir()
    with caplog.at_level(logging.ERROR):
        site.restart()
    assert "Die Datenbank ist nicht nutzbar" in caplog.text
    assert site.client.post("/v1/matches", json=asked).status_code == 200
    for response in (
        site.client.get("/v1/searches"),
        site.client.post("/v1/searches", json=ARCHIVE),
        site.client.post(
            "/v1/feedback", json={"request_id": "r", "ags": "Soest", "verdict": "passt"}
        ),
    ):
        assert response.status_code == 503
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["Retry-After"] == "30"
        assert "Datenbank ist gerade nicht erreichbar" in response.json()["detail"]
    assert site.mailbox.mails == []
    site.file.rmdir()
    assert site.client.get("/v1/searches").json()["total"] == 0  # mended without a restart


def remove(file: Path) -> list[Path]:
    gone = list(file.parent.glob(f"{file.name}*"))
    for each in gone:
        each.unlink()
    return gone


def test_a_file_that_is_deleted_takes_nothing_more(database, file, caplog):
    with database.write() as session:
        session.add(row("kept"))
    remove(file)
    for _ in range(3):
        assert refused(database) is Fault.GONE
        with pytest.raises(StorageError):
            count(database)
    assert not file.exists()  # nor is an empty one put in its place
    assert "database gone: GoneError" in caplog.text


def test_a_file_that_is_deleted_meanwhile_takes_nothing_more(database, file):
    def write() -> None:
        with database.write() as session:
            session.add(row("lost"))
            session.flush()
            remove(file)

    with pytest.raises(StorageError) as caught:
        write()
    assert caught.value.fault is Fault.GONE
    assert "nichts gespeichert" in caught.value.detail


def test_a_file_that_is_put_back_is_taken_up_again(database, file, tmp_path):
    with database.write() as session:
        session.add(row("kept"))
    database.wipe()
    shutil.copy(file, tmp_path / "backup")
    with database.write() as session:
        session.add(row("after the backup"))
    remove(file)
    assert refused(database) is Fault.GONE
    shutil.move(tmp_path / "backup", file)
    with database.write() as session:
        session.add(row("later"))
    assert count(database) == 2


def test_a_file_that_is_replaced_is_told_once(database, file, tmp_path):
    with database.write() as session:
        session.add(row("kept"))
    database.wipe()
    shutil.copy(file, tmp_path / "backup")
    for extra in ("-wal", "-shm"):
        file.with_name(f"{file.name}{extra}").unlink(missing_ok=True)
    (tmp_path / "backup").replace(file)
    assert refused(database) is Fault.GONE
    assert count(database) == 1


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write everywhere: be somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_written_is_told_apart(caplog):
    with tempfile.TemporaryDirectory() as made:
        folder, file = Path(made), Path(made) / "test.db"
        first = Database(f"sqlite:///{file}")
        with first.write() as session:
            session.add(row("kept"))
        first.close()
        file.chmod(0o444)
        folder.chmod(0o555)
        with without_rights():
            assert refused(Database(f"sqlite:///{file}")) is Fault.READ_ONLY
        folder.chmod(0o755)
    assert "SQLITE_READONLY" in caplog.text


def test_a_service_whose_file_is_deleted_says_so_and_finds_partners(site, asked):
    site.open()
    remove(site.file)
    answer = site.client.post("/v1/searches", json=ARCHIVE)
    assert answer.status_code == 503
    assert "Datei der Datenbank ist verschwunden" in answer.json()["detail"]
    assert site.client.get("/v1/searches").status_code == 503
    assert site.client.post("/v1/matches", json=asked).status_code == 200
