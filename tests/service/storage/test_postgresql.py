"""PostgreSQL that is slow, frozen, locked, ended or for reading alone: no wait without an end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from eval.reliability.process import free_port
from service.storage import Database, Fault, StorageError
from tests.service.postgresql import frozen
from tests.service.storage.test_database import count, row

_WAIT_S = 2  # the least that libpq takes for a connection
# Far more than any bound here, for a busy machine, and less than what it holds off: half a minute.
_WITHOUT_END_S = 20


@pytest.fixture
def database_url(postgresql):
    postgresql.command("DROP DATABASE IF EXISTS bounded WITH (FORCE)")
    postgresql.command("CREATE DATABASE bounded")
    return postgresql.url("bounded")


@pytest.fixture
def database(database_url):
    database = Database(database_url, wait_s=_WAIT_S)
    yield database
    database.close()


@contextmanager
def refused(fault: Fault) -> Iterator[None]:
    before = time.monotonic()
    with pytest.raises(StorageError) as caught:
        yield
    assert time.monotonic() - before < _WITHOUT_END_S
    assert caught.value.fault is fault
    assert caught.value.headers == {"Retry-After": "30"}


def test_a_server_that_is_frozen_is_not_waited_for_and_nothing_is_lost(database, postgresql):
    with database.write() as session:
        session.add(row("before"))
    with frozen(postgresql):
        for _ in range(2):  # on a connection that was open, then on a new one
            with refused(Fault.UNREACHABLE), database.write() as session:
                session.add(row("meanwhile"))
    with database.write() as session:
        session.add(row("after"))
    assert count(database) == 2


def test_a_server_that_freezes_at_the_end_leaves_it_open(database, postgresql):
    """Whether the last word reached it, nobody knows: then nothing else is claimed."""
    stopped = frozen(postgresql)
    with refused(Fault.UNCERTAIN), database.write() as session:
        session.add(row("perhaps"))
        session.flush()
        stopped.__enter__()
    stopped.__exit__(None, None, None)
    assert count(database) in (0, 1)


def test_a_statement_ends_in_time(database, caplog):
    with refused(Fault.UNREACHABLE), database.write() as session:
        session.execute(text("SELECT pg_sleep(30)"))
    assert "57014" in caplog.text  # query_canceled: by the server, which knows why


def test_a_lock_is_not_waited_for_without_end(database, database_url):
    other = Database(database_url)
    with database.write() as session:
        session.add(row("r1"))
        session.flush()
        with refused(Fault.UNREACHABLE), other.write() as waiting:
            waiting.add(row("r1"))
    other.close()
    assert count(database) == 1


def test_a_database_for_reading_alone_is_told_apart(database, database_url, postgresql):
    with database.write() as session:
        session.add(row("kept"))
    postgresql.command("ALTER DATABASE bounded SET default_transaction_read_only = on")
    database.close()
    with refused(Fault.READ_ONLY), database.write() as session:
        session.add(row("lost"))
    assert count(database) == 1


def test_nul_and_what_is_too_long_are_refused_as_such(database):
    for broken in ("a\0b", "x" * 65):
        with pytest.raises(StorageError) as caught, database.write() as session:
            session.add(row(broken))
        assert caught.value.fault is Fault.UNSTORABLE
    assert count(database) == 0


def test_a_connection_that_the_server_ended_is_made_anew(database, postgresql):
    assert count(database) == 0
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'bounded'"
    assert postgresql.command(ended) == [(True,)]
    assert count(database) == 0


def test_no_server_at_all_is_told_at_once():
    nobody = Database(f"postgresql+psycopg://ikz@127.0.0.1:{free_port()}/ikz", wait_s=_WAIT_S)
    with refused(Fault.UNREACHABLE):
        count(nobody)
