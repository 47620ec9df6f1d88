"""The database: SQLite in a file or PostgreSQL by its URL, with errors that people understand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import Lock

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from service.storage import migration, sqlite
from service.storage.faults import Fault, StorageError, UnusableDatabaseError, told

_WAIT_S = 5
_WAIT_FOR_SCHEMA_S = 60  # while other services that start at the same time bring it up to date


class Database:
    """Transactions, and a schema that is brought up to date before the first one.

    Parameters
    ----------
    url
        As SQLAlchemy writes it, e.g. `sqlite:///ikz.db` or `postgresql+psycopg://…`.
    wait_s
        For a connection, a lock, another writer and a statement each, in seconds.

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

    def __init__(self, url: str, wait_s: int = _WAIT_S) -> None:
        self._reading = _make_engine(url, wait_s)
        self._writing = self._reading.execution_options(write=True)
        self._preparing = self._reading.execution_options(write=True, wait_s=_WAIT_FOR_SCHEMA_S)
        self._ready = False
        self._lock, self._wait_s = Lock(), wait_s

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
        if self._ready:
            return
        if not self._lock.acquire(timeout=self._wait_s):
            raise StorageError(Fault.UNREACHABLE)  # one waits already: others need not
        try:
            if not self._ready:
                with told(), self._preparing.begin() as connection:
                    migration.upgrade(connection)
                self._ready = True
        finally:
            self._lock.release()

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
            with told(), Session(engine, expire_on_commit=False) as session:
                yield session
                with told(while_committing=True):
                    session.commit()
        except StorageError as error:
            # Perhaps the file was replaced: the schema is looked at again.
            self._ready = False
            if error.fault is Fault.GONE:
                self._reading.dispose()
            raise


def _make_engine(url: str, wait_s: int) -> Engine:
    try:
        is_sqlite = url.startswith("sqlite")
        # A connection that PostgreSQL has closed is noticed before it is used. Parameters of a
        # failed statement would bring words and addresses into the log.
        engine = create_engine(
            url, hide_parameters=True, pool_pre_ping=not is_sqlite, pool_timeout=wait_s
        )
    except (ArgumentError, NoSuchModuleError, TypeError, ValueError):
        raise UnusableDatabaseError("IKZ_DATABASE_URL ist keine gültige Adresse.") from None
    except ImportError as error:
        raise UnusableDatabaseError(
            f"Für IKZ_DATABASE_URL fehlt der Treiber „{error.name}“; für PostgreSQL: "
            "pip install 'ikz-partnersuche[postgresql]' und postgresql+psycopg://…"
        ) from None
    if engine.dialect.name == "sqlite":
        sqlite.set_up(engine, wait_s)
    elif engine.dialect.driver == "psycopg":
        from service.storage import postgresql  # its driver is an extra

        postgresql.set_up(engine, wait_s)
    return engine
