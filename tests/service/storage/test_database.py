from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, select, text
from sqlalchemy.exc import StatementError

from service import storage
from service.alerts.store import AlertStore
from service.problems import ProblemError
from service.storage import Database, Fault, StorageError, UnusableDatabaseError, migration
from service.storage.tables import Base, FeedbackRow, MessageRow
from service.storage.tokens import token_hash


@pytest.fixture
def database(database_url):
    database = Database(database_url)
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


def test_revisions_are_read_off_the_names_of_their_files():
    scripts = ScriptDirectory(str(migration._SCRIPTS))
    assert migration.known() == {script.revision for script in scripts.walk_revisions()}
    assert [migration.newest()] == scripts.get_heads()


def newest_revision() -> str:
    (head,) = ScriptDirectory(str(migration._SCRIPTS)).get_heads()
    return head


def schema_of(connection):
    """Return all that a database says about its tables."""
    seen = inspect(connection)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in seen.get_columns(table)
            },
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (*key["constrained_columns"], key["referred_table"], str(key["options"]))
                for key in seen.get_foreign_keys(table)
            ),
            "unique": sorted(map(str, seen.get_unique_constraints(table))),
            "indexes": sorted(map(str, seen.get_indexes(table))),
        }
        for table in seen.get_table_names()
    }


def test_an_empty_database_gets_at_once_what_the_revisions_make(database, database_url):
    database.prepare()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        at_once = schema_of(connection)
        everything = MetaData()
        everything.reflect(connection)
        everything.drop_all(connection)
        migration.upgrade(connection, "0001")
        migration.upgrade(connection)
        assert schema_of(connection) == at_once
    engine.dispose()


def test_the_revisions_make_what_the_tables_say(database_url):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        migration.upgrade(connection, "0001")
        migration.upgrade(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == newest_revision()
        # compare_metadata says nothing about keys on SQLite.
        for table in Base.metadata.sorted_tables:
            made = {
                (*key["constrained_columns"], key["referred_table"], key["options"]["ondelete"])
                for key in inspect(connection).get_foreign_keys(table.name)
            }
            assert made == {
                (key.parent.name, key.column.table.name, key.ondelete) for key in table.foreign_keys
            }
    engine.dispose()


def test_a_difference_would_be_noticed(database, database_url):
    database.prepare()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE feedback DROP COLUMN model_version"))
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert [(change[0], change[3].name) for change in found] == [("add_column", "model_version")]


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


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "INSERT INTO alembic_version VALUES ('0003')",  # none of ours leaves two
    ],
)
def test_a_database_of_a_newer_version_is_told(database, database_url, change):
    database.prepare()
    with database.write() as session:
        session.execute(text(change))
    newer = Database(database_url)
    with pytest.raises(StorageError) as caught:
        newer.prepare()
    newer.close()
    assert caught.value.fault is Fault.NEWER
    assert (caught.value.status, "neueren Version" in caught.value.detail) == (500, True)


def test_a_view_in_the_place_of_a_table_is_not_passed_over(database, database_url):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE VIEW searches AS SELECT 1 AS a"))
    with pytest.raises(StorageError):
        database.prepare()
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_half_a_character_is_not_kept(database):
    with pytest.raises(StorageError) as caught, database.write() as session:
        session.add(row("a\ud800b"))
    assert (caught.value.fault, caught.value.status) == (Fault.UNSTORABLE, 422)
    assert count(database) == 0


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


def test_several_services_start_on_one_empty_database(database_url):
    failures: list[Exception] = []

    def start() -> None:
        try:
            own = Database(database_url)
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
    last = Database(database_url)
    assert count(last) == 4
    last.close()


def revise(connection: Connection, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    step(config, revision)


def test_a_database_of_the_version_before_keeps_what_it_has(database, database_url):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        revise(connection, command.upgrade, "0001")
        connection.execute(
            text("INSERT INTO feedback VALUES ('r', '05974008', 'fits', 'm', '2027-01-01')")
        )
    engine.dispose()
    assert count(database) == 1
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM staff")) == 0


def test_links_of_alerts_mailed_before_work_without_the_secret(database, database_url):
    token = "geheim" * 7
    engine = create_engine(database_url)
    with engine.begin() as connection:
        revise(connection, command.upgrade, "0009")
        columns = "id, body, text, contact_email, token_hash, end_token, created, confirmed, seen, "
        values = {"hash": token_hash(token), "token": token}
        connection.execute(
            text(
                f"INSERT INTO alerts ({columns} data_version, known) VALUES ('a1', '05974008', "
                "'Archiv', 'a@b.de', :hash, :token, '2027-01-01', '2027-01-01', '2027-01-01', '', "
                "'[]')"
            ),
            values,
        )
    engine.dispose()
    alerts = AlertStore(database, None, None)
    assert alerts.owned("a1", token).text == "Archiv"
    with database.read() as session:
        (row,) = session.execute(text("SELECT * FROM alerts")).all()
    assert token not in [str(value) for value in row]
    with pytest.raises(ProblemError):
        alerts.owned("a1", "falsch")
    database.close()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        revise(connection, command.downgrade, "0009")
        assert connection.scalar(text("SELECT end_token FROM alerts")) == ""
    engine.dispose()


def test_counting_by_device_can_be_taken_back(database, database_url):
    database.prepare()
    database.close()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO staff VALUES ('Ada', 'hash', '2027-01-01')"))
        revise(connection, command.downgrade, "0003")
        assert "source_hash" not in str(inspect(connection).get_columns("staff_failure"))
        assert not inspect(connection).has_table("staff_device")
        revise(connection, command.upgrade, "head")
        assert connection.scalar(text("SELECT count(*) FROM staff")) == 1
        assert connection.scalar(text("SELECT count(*) FROM staff_device")) == 0
    engine.dispose()
