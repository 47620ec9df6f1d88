"""What staff and operator did: kept for two years, shown by `ikz staff audit`."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data.terms import Term
from service.storage import Database
from service.storage.access_tables import StaffEventRow
from service.storage.moments import Clock

KEPT = timedelta(days=730)
OPERATOR = "ikz"
"""Who acts on the command line: whoever may use it needs no account."""
_LONGEST = 500


class Action(Term):
    """What can be done; the code is stored."""

    LOGIN = "login", "angemeldet"
    LOGOUT = "logout", "abgemeldet"
    STAFF_ADD = "staff.add", "Konto angelegt"
    STAFF_REMOVE = "staff.remove", "Konto gelöscht"
    KEY_CREATE = "key.create", "Schlüssel angelegt"
    KEY_REVOKE = "key.revoke", "Schlüssel entzogen"
    SEARCH_APPROVE = "search.approve", "Gesuch bestätigt"
    HINT_DECIDE = "hint.decide", "Hinweis entschieden"
    OUTREACH_SET = "outreach.set", "Stand eines Impulses geändert"


class StaffEvent(Struct, frozen=True):
    """One action: when, by whom, what, and about what; never words of a search or a message.

    `action` is the stored code: one that a newer version wrote is told as it is.
    """

    at: datetime
    who: str
    action: str
    about: str

    @property
    def told(self) -> str:
        """What was done, in words."""
        try:
            return Action.parse(self.action).label
        except ValueError:
            return self.action


def note(session: Session, now: datetime, who: str, action: Action, about: str = "") -> None:
    """Keep an action in the transaction of what it did, and forget what is too old."""
    session.execute(delete(StaffEventRow).where(StaffEventRow.at <= now - KEPT))
    session.add(StaffEventRow(at=now, who=who[:100], action=action.value, about=about[:_LONGEST]))


def listed(database: Database, now: Clock, most: int) -> list[StaffEvent]:
    """Return the newest actions that are still to be kept, newest first."""
    newest = select(StaffEventRow).where(StaffEventRow.at > now() - KEPT)
    newest = newest.order_by(StaffEventRow.at.desc(), StaffEventRow.id.desc()).limit(most)
    with database.read() as session:
        rows = session.scalars(newest).all()
    return [StaffEvent(row.at, row.who, row.action, row.about) for row in rows]
