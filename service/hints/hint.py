"""What a hint is: which record it is about, what it says, and what staff made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.terms import Term


class Claim(Term):
    """What somebody says of a record."""

    TRUE = "stimmt", "Die Angaben stimmen"
    ENDED = "beendet", "Die Zusammenarbeit ist beendet"
    MISSING = "fehlt", "Es fehlt etwas, oder etwas ist falsch"


class HintState(Term):
    """Where a hint stands."""

    WAITING = "offen", "offen"
    ACCEPTED = "angenommen", "angenommen"
    REJECTED = "abgelehnt", "abgelehnt"


class Origin(Term):
    """How sure it is who wrote; only a confirmed address counts."""

    ANYBODY = "ohne", "ohne Bestätigung"
    CONFIRMED = "bestaetigt", "E-Mail-Adresse bestätigt"
    OWN_DOMAIN = "eigene-stelle", "bestätigt von einer Adresse der Stelle"


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the history of a hint: what, by whom ("" for the public), when."""

    what: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint without its address.

    `subject` is the id of a cooperation or the key of a body.
    """

    id: str
    subject: str
    claim: Claim
    text: str
    origin: Origin
    state: HintState
    created: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What staff accepted of a record, and when."""

    claim: Claim
    at: datetime
