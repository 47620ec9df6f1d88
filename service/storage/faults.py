"""What is wrong with a database, told apart by what the operator has to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from alembic.util import CommandError

_UNCHANGED = " Es wurde nichts gespeichert und nichts geändert."


class Fault(Enum):
    """A kind of fault: its code, the status of the answer, and the sentence for people."""

    UNREACHABLE = (
        "unreachable",
        503,
        "Die Datenbank ist gerade nicht erreichbar oder kann nichts aufnehmen."
        f"{_UNCHANGED} Bitte versuchen Sie es in einigen Minuten noch einmal.",
    )
    READ_ONLY = (
        "read_only",
        503,
        f"Die Datenbank lässt sich nur lesen, nicht schreiben.{_UNCHANGED} Bitte wenden Sie sich "
        "an den Betreiber.",
    )
    FULL = (
        "full",
        503,
        f"Der Datenträger der Datenbank ist voll.{_UNCHANGED} Bitte wenden Sie sich an den "
        "Betreiber.",
    )
    DAMAGED = (
        "damaged",
        500,
        f"Die Datenbank ist beschädigt und nicht lesbar.{_UNCHANGED} Bitte wenden Sie sich an den "
        "Betreiber; „ikz restore“ spielt eine Sicherung zurück.",
    )
    NEWER = (
        "newer_schema",
        500,
        "Die Datenbank gehört zu einer neueren Version dieses Dienstes und ist für diese nicht "
        f"lesbar.{_UNCHANGED} Bitte wenden Sie sich an den Betreiber: Die neuere Version muss "
        "wieder eingespielt werden.",
    )

    def __init__(self, code: str, status: int, sentence: str) -> None:
        self.code, self.status, self.sentence = code, status, sentence


@dataclass(frozen=True, slots=True)
class Condition:
    """How a database is at a moment.

    Attributes
    ----------
    fault
        What is wrong; None where it can be read and written.
    schema
        Revision of its schema; None where that could not be read.
    """

    fault: Fault | None
    schema: str | None


# By the beginning of SQLite's names and of PostgreSQL's SQLSTATE (its appendix A).
_SQLITE = (
    ("SQLITE_READONLY", Fault.READ_ONLY),
    ("SQLITE_FULL", Fault.FULL),
    ("SQLITE_NOTADB", Fault.DAMAGED),
    ("SQLITE_CORRUPT", Fault.DAMAGED),
)
_SQLSTATE = (
    ("25006", Fault.READ_ONLY),
    ("53100", Fault.FULL),
    ("XX001", Fault.DAMAGED),
    ("XX002", Fault.DAMAGED),
)


def fault_of(error: Exception, otherwise: Fault) -> Fault:
    """Return what an error of SQLAlchemy or alembic is about, else the given kind."""
    if isinstance(error, CommandError):
        return Fault.NEWER
    cause = getattr(error, "orig", None) or error
    name = str(getattr(cause, "sqlite_errorname", None) or "")
    state = str(getattr(cause, "sqlstate", None) or "")
    for given, kinds in ((name, _SQLITE), (state, _SQLSTATE)):
        for start, fault in kinds:
            if given.startswith(start):
                return fault
    return otherwise
