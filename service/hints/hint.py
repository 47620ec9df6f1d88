"""What a hint is: which record it is about, what it says, and what staff made of it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

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


class Event(Struct, frozen=True):
    """One step in the history of a hint: what, by whom ("" for the public), when."""

    what: str
    who: str
    at: datetime


class Hint(Struct, frozen=True):
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


class Accepted(Struct, frozen=True):
    """What staff accepted of a record, and when."""

    claim: Claim
    at: datetime
