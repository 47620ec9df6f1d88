from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateTable

from service import storage
from service.storage import Database, StorageError, UnusableDatabaseError
from service.storage.tables import Base, FeedbackRow, MessageRow
from tests.service.mailbox import ARCHIVE


@pytest.fixture
def file(tmp_path):
    return tmp_path / "test.db"


@pytest.fixture
def database(file):
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


def row(request_id: str = "r1", time: datetime | None = None) -> FeedbackRow:
    moment = time or datetime(2027, 1, 1, tzinfo=UTC)
    return FeedbackRow(
        request_id=request_id, ags="05974008", verdict="fits", model_version="m", time=moment
    )


def count(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(FeedbackRow)).all())


def test_the_revisions_make_what_the_tables_say(database, file):
    database.prepare()
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0004"
        # compare_metadata says nothing about keys on SQLite.
        for table in Base.metadata.sorted_tables:
            info = connection.execute(text(f"PRAGMA foreign_key_list({table.name})")).mappings()
            made = {(key["from"], key["table"], key["on_delete"]) for key in info}
            wanted = {
                (key.parent.name, key.column.table.name, key.ondelete) for key in table.foreign_keys
            }
            assert made == wanted
    engine.dispose()


def test_a_difference_would_be_noticed(database, file):
    database.prepare()
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE feedback DROP COLUMN model_version")
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert [(change[0], change[3].name) for change in found] == [("add_column", "model_version")]


def test_the_tables_can_be_made_on_postgresql():
    dialect = postgresql.dialect()
    made = "".join(
        str(CreateTable(t).compile(dialect=dialect)) for t in Base.metadata.sorted_tables
    )
    assert "expires TIMESTAMP WITH TIME ZONE NOT NULL" in made
    assert "ON DELETE CASCADE" in made


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


def test_moments_come_back_in_utc(database):
    summer = timezone(timedelta(hours=2))
    with database.write() as session:
        session.add(row(time=datetime(2027, 7, 1, 14, 30, tzinfo=summer)))
    with database.read() as session:
        read = session.scalars(select(FeedbackRow)).one().time
    assert read == datetime(2027, 7, 1, 12, 30, tzinfo=UTC)
    assert read.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="without a time zone"), database.write() as session:
        session.add(row(time=datetime(2027, 7, 1)))
    assert count(database) == 0


def test_foreign_keys_hold(database):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), database.write() as session:
        session.add(MessageRow(search_id="nothing", sent=datetime(2027, 1, 1, tzinfo=UTC)))


def test_a_transaction_that_fails_leaves_nothing(database):
    def fail() -> None:
        with database.write() as session:
            session.add(row())
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count(database) == 0


def test_a_locked_database_is_told_and_keeps_what_it_has(database, file, monkeypatch, caplog):
    monkeypatch.setattr("service.storage.database._WAIT_S", 0)
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
    assert caught.value.status == 503
    assert "SQLITE_FULL" in caplog.text
    database.close()  # the limit went with its connection
    assert count(database) == 1


def test_a_broken_file_is_told(file, caplog):
    file.write_bytes(b"no database at all, " * 400)
    before = file.read_bytes()
    with pytest.raises(StorageError) as caught:
        Database(f"sqlite:///{file}").prepare()
    assert caught.value.status == 500
    assert "nicht lesbar" in caught.value.detail
    assert "SQLITE_NOTADB" in caplog.text
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version_is_told(database, file):
    database.prepare()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError) as caught:
        Database(f"sqlite:///{file}").prepare()
    assert caught.value.status == 500


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("keine Adresse", "keine gültige Adresse"),
        ("oracel://x/y", "keine gültige Adresse"),
        ("mysql+pymysql://x/y", "fehlt der Treiber „pymysql“"),
    ],
)
def test_an_unusable_url_is_told(url, sentence):
    with pytest.raises(UnusableDatabaseError, match=sentence):
        Database(url)


def test_several_services_start_on_one_empty_file(file):
    failures: list[Exception] = []

    def start() -> None:
        try:
            own = Database(f"sqlite:///{file}")
            with own.write() as session:
                session.add(row(threading.current_thread().name))
            own.close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert count(Database(f"sqlite:///{file}")) == 4


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


def revise(connection: Connection, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    step(config, revision)


def test_a_database_of_the_version_before_keeps_what_it_has(database, file):
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        revise(connection, command.upgrade, "0001")
        connection.execute(
            text("INSERT INTO feedback VALUES ('r', '05974008', 'fits', 'm', '2027-01-01')")
        )
    engine.dispose()
    assert count(database) == 1
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM staff")) == 0


def test_counting_by_device_can_be_taken_back(database, file):
    database.prepare()
    database.close()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO staff VALUES ('Ada', 'hash', '2027-01-01')"))
        revise(connection, command.downgrade, "0003")
        assert "source_hash" not in str(inspect(connection).get_columns("staff_failure"))
        assert not inspect(connection).has_table("staff_device")
        revise(connection, command.upgrade, "head")
        assert connection.scalar(text("SELECT count(*) FROM staff")) == 1
        assert connection.scalar(text("SELECT count(*) FROM staff_device")) == 0
    engine.dispose()
