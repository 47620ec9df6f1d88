"""What keeps a database from doing its work, told apart, each with a German sentence."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.problems import ProblemError

_LOG = logging.getLogger("ikz.storage")
_RETRY_S = 30
_NOTHING = "Es wurde nichts gespeichert und nichts geändert."
_LATER = f"{_NOTHING} Bitte versuchen Sie es in einigen Minuten noch einmal."
_OPERATOR = f"{_NOTHING} Bitte wenden Sie sich an den Betreiber."


class Fault(Enum):
    """What is wrong: HTTP status, and the sentence for whoever asked."""

    UNREACHABLE = (503, f"Die Datenbank ist gerade nicht erreichbar oder beschäftigt. {_LATER}")
    UNCERTAIN = (
        503,
        "Die Datenbank hat nicht rechtzeitig geantwortet. Ob Ihre Eingabe gespeichert wurde, ist "
        "nicht sicher. Bitte sehen Sie in einigen Minuten nach, ehe Sie es noch einmal versuchen.",
    )
    GONE = (503, f"Die Datei der Datenbank ist verschwunden oder wurde ersetzt. {_OPERATOR}")
    READ_ONLY = (503, f"Die Datenbank lässt sich zurzeit nur lesen. {_OPERATOR}")
    FULL = (503, f"Der Speicherplatz der Datenbank ist voll. {_OPERATOR}")
    UNREADABLE = (500, f"Die Datenbank ist nicht lesbar. {_OPERATOR}")
    UNSTORABLE = (
        422,
        f"Ein Text ist zu lang oder enthält Zeichen, die sich nicht speichern lassen. {_NOTHING}",
    )
    NEWER = (500, f"Die Datenbank gehört zu einer neueren Version dieses Dienstes. {_OPERATOR}")

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence


class StorageError(ProblemError):
    """The database did not do what was asked.

    Parameters
    ----------
    fault
        What is wrong.
    """

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        headers = {"Retry-After": str(_RETRY_S)} if fault.status == 503 else None
        super().__init__(fault.status, fault.sentence, headers=headers)


class UnusableDatabaseError(OSError):
    """IKZ_DATABASE_URL cannot be used at all; an OSError, as the surroundings lack something."""


class NewerSchemaError(Exception):
    """The schema is of a revision that this program does not know: a newer one made it."""


class GoneError(Exception):
    """The open file of the database is no longer the one at its path."""


# Kinds by SQLite (result codes) and by PostgreSQL (SQLSTATE, appendix A of its manual).
_BY_CODE = {
    "SQLITE_READONLY_DBMOVED": Fault.GONE,
    "SQLITE_READONLY": Fault.READ_ONLY,
    "SQLITE_FULL": Fault.FULL,
    "SQLITE_NOTADB": Fault.UNREADABLE,
    "SQLITE_CORRUPT": Fault.UNREADABLE,
    "25006": Fault.READ_ONLY,  # read_only_sql_transaction
    "53100": Fault.FULL,  # disk_full
    "XX001": Fault.UNREADABLE,  # data_corrupted
    "XX002": Fault.UNREADABLE,  # index_corrupted
}


@contextmanager
def told(while_committing: bool = False) -> Iterator[None]:
    """Turn what databases raise into a German problem; the log gets its kind, never its values.

    Parameters
    ----------
    while_committing
        No answer leaves open then whether PostgreSQL kept what it was given.

    Raises
    ------
    StorageError
        Instead of what the database raised. An IntegrityError passes: it is about what was
        written, and the caller's to judge.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (
        DatabaseError,
        InterfaceError,
        PoolTimeoutError,
        NewerSchemaError,
        GoneError,
        UnicodeEncodeError,
    ) as error:
        kind = _kind(error)
        fault = _fault(error, kind, while_committing)
        _LOG.error("database %s: %s", fault.name.lower(), kind)
    else:
        return
    raise StorageError(fault)


def _fault(error: Exception, kind: str, while_committing: bool) -> Fault:
    if isinstance(error, GoneError):
        return Fault.GONE
    if isinstance(error, DataError | UnicodeEncodeError):
        return Fault.UNSTORABLE
    if isinstance(error, NewerSchemaError):
        return Fault.NEWER
    # SQLite refines its codes by a suffix, e.g. SQLITE_READONLY_DIRECTORY.
    known = next((fault for code, fault in _BY_CODE.items() if kind.startswith(code)), None)
    if known is not None:
        return known
    if not isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return Fault.UNREADABLE
    lost = getattr(error, "connection_invalidated", False)
    return Fault.UNCERTAIN if while_committing and lost else Fault.UNREACHABLE


def _kind(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(code or type(cause).__name__)
