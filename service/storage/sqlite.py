"""SQLite: set up so that it loses nothing, and notices when its file is taken away."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from service.storage.faults import GoneError

_WAIT_FOR_JOURNAL_S = 60


def set_up(engine: Engine, wait_s: int) -> None:
    """Let an engine of SQLite lose nothing.

    Parameters
    ----------
    engine
        Before its first connection.
    wait_s
        How long a transaction waits for another writer, in seconds; the option `wait_s` of one
        takes its place.
    """
    file = _File(_path(engine))

    def connect(connection: sqlite3.Connection, record: Any) -> None:
        # Python's driver begins transactions late and by guess: it is told not to, see `begin`.
        connection.isolation_level = None
        _use_journal(connection, wait_s)
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted for good is overwritten in the file.
        connection.execute("PRAGMA secure_delete = ON")
        record.info[_File] = file.opened()

    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        seconds = options.get("wait_s", wait_s)
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {1_000 * seconds}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")
        check(connection)

    def check(connection: Connection) -> None:
        file.check(connection.info[_File])

    event.listen(engine, "do_connect", lambda *_: file.check_before_opening())
    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    event.listen(engine, "commit", check)


class _File:
    """Tells whether an open file is still the one at its path.

    An open file outlives its name: what is written after somebody deleted or replaced it would be
    acknowledged, and be nowhere once the process ends.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._was_there = False

    def opened(self) -> tuple[int, int] | None:
        """Return which file was just opened."""
        found = self._identity()
        self._was_there = found is not None
        return found

    def check(self, opened: tuple[int, int] | None) -> None:
        """Raise GoneError where the path no longer leads to that file."""
        if self._identity() != opened:
            raise GoneError

    def check_before_opening(self) -> None:
        """Raise GoneError where opening would make a new, empty file in place of a lost one."""
        if self._was_there and self._identity() is None:
            raise GoneError

    def _identity(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _path(engine: Engine) -> Path | None:
    name = engine.url.database
    if not name or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name).absolute()


def _use_journal(connection: sqlite3.Connection, wait_s: int) -> None:
    """Switch to WAL; where another one is at it, SQLite says "busy" at once and does not wait."""
    connection.execute(f"PRAGMA busy_timeout = {1_000 * wait_s}")
    deadline = time.monotonic() + _WAIT_FOR_JOURNAL_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
        time.sleep(0.05)
