"""The database: SQLite in a file or PostgreSQL by its URL, with errors that people understand."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from service.storage import migration
from service.storage.faults import StorageError, UnusableDatabaseError, told

_WAIT_S = 5  # for another writer, and for a free connection
_WAIT_FOR_SCHEMA_S = 60  # while other services that start at the same time bring it up to date


class Database:
    """Transactions, and a schema that is brought up to date before the first one.

    Parameters
    ----------
    url
        As SQLAlchemy writes it, e.g. `sqlite:///ikz.db` or `postgresql+psycopg://…`.

    Raises
    ------
    UnusableDatabaseError
        The URL is malformed or its driver is not installed.

    Examples
    --------
    >>> database = Database("sqlite:///ikz.db")
    >>> with database.write() as session:
    ...     session.add(row)
    """

    def __init__(self, url: str) -> None:
        # Parameters of a failed statement would bring words and addresses into the log.
        self._reading = _make_engine(url)
        self._writing = self._reading.execution_options(write=True)
        self._preparing = self._reading.execution_options(write=True, wait_s=_WAIT_FOR_SCHEMA_S)
        self._ready = False
        self._lock = Lock()

    @property
    def engine(self) -> Engine:
        """Connections without a look at the schema: for a backup, which takes it as it is."""
        return self._reading

    def prepare(self) -> None:
        """Bring the schema up to date; does nothing once that is done.

        Raises
        ------
        StorageError
            The database cannot be used now; the next transaction tries again.
        """
        with self._lock:
            if self._ready:
                return
            with told(), self._preparing.begin() as connection:
                migration.upgrade(connection)
            self._ready = True

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session to read with."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session whose changes are all kept at the end, or none of them.

        On SQLite it holds the only right to write from its begin, so that what was read first
        (a count, a limit) still holds when something is written. Do not nest.
        """
        with self._session(self._writing) as session:
            yield session

    def wipe(self) -> None:
        """After a deletion: let what was deleted go from SQLite's journal too, as far as it can.

        The journal (WAL) keeps old pages until it is written over, which may take months on a
        quiet service. Readers that are under way put it off until the next deletion.
        """
        if self._reading.dialect.name != "sqlite":
            return
        with suppress(StorageError), told(), closing(self._reading.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        self._reading.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        self.prepare()
        try:
            with told(), Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except StorageError:
            # Perhaps the file was replaced: the schema is looked at again.
            self._ready = False
            raise


def _make_engine(url: str) -> Engine:
    try:
        is_sqlite = url.startswith("sqlite")
        # A connection that PostgreSQL has closed is noticed before it is used.
        engine = create_engine(
            url, hide_parameters=True, pool_pre_ping=not is_sqlite, pool_timeout=_WAIT_S
        )
    except (ArgumentError, NoSuchModuleError, TypeError, ValueError):
        raise UnusableDatabaseError("IKZ_DATABASE_URL ist keine gültige Adresse.") from None
    except ImportError as error:
        raise UnusableDatabaseError(
            f"Für IKZ_DATABASE_URL fehlt der Treiber „{error.name}“; für PostgreSQL: "
            "pip install 'ikz-partnersuche[postgresql]' und postgresql+psycopg://…"
        ) from None
    if is_sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Python's driver begins transactions late and by guess: it is told not to, see below.
    connection.isolation_level = None
    _use_journal(connection)
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",  # what is deleted for good is overwritten in the file
    ):
        connection.execute(f"PRAGMA {pragma}")


def _use_journal(connection: Any) -> None:
    """Switch to WAL; where another one is at it, SQLite says "busy" at once and does not wait."""
    connection.execute(f"PRAGMA busy_timeout = {1_000 * _WAIT_S}")
    deadline = time.monotonic() + _WAIT_FOR_SCHEMA_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
        time.sleep(0.05)


def _begin_sqlite(connection: Connection) -> None:
    wants_to_write = connection.get_execution_options().get("write", False)
    wait_s = connection.get_execution_options().get("wait_s", _WAIT_S)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {1_000 * wait_s}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if wants_to_write else "BEGIN")
