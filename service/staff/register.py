"""Accounts of staff and their sessions in the database: each verb is one or two transactions."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.problems import ProblemError
from service.searches.tokens import new_token, token_hash
from service.staff.passwords import MAX_LENGTH, MIN_LENGTH, hash_password, is_password
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import StaffFailureRow, StaffRow, StaffSessionRow

MAX_NAME = 100
MOST_FAILURES = 5
FAILURE_MINUTES = 15
_WRONG = "Name oder Passwort ist nicht richtig."


class StaffError(Exception):
    """An account cannot be made so; the German sentence says why."""


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Who is logged in.

    Attributes
    ----------
    name
        Of the account.
    expires
        When the session ends by itself.
    csrf
        Stands in every form of this session: other sites cannot know it.
    """

    name: str
    expires: datetime
    csrf: str


@dataclass(frozen=True, slots=True)
class StaffRegister:
    """Keeps accounts and sessions.

    Attributes
    ----------
    database
        Where they are kept.
    now
        The clock.
    hours
        How long a session lasts.
    """

    database: Database
    now: Clock
    hours: int

    def add(self, name: str, password: str) -> None:
        """Make an account.

        Raises
        ------
        StaffError
            The name is taken or unusable, or the password too short or too long.
        """
        name = name.strip()
        if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
            raise StaffError(f"Der Name muss 1 bis {MAX_NAME} druckbare Zeichen haben.")
        if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
            raise StaffError(f"Das Passwort muss {MIN_LENGTH} bis {MAX_LENGTH} Zeichen haben.")
        stored = hash_password(password)
        with self.database.write() as session:
            if session.get(StaffRow, name) is not None:
                raise StaffError(f"Das Konto „{name}“ gibt es schon.")
            session.add(StaffRow(name=name, password_hash=stored, created=self.now()))

    def names(self) -> list[tuple[str, datetime]]:
        """Return all accounts by name, with when they were made."""
        with self.database.read() as session:
            rows = session.scalars(select(StaffRow).order_by(StaffRow.name)).all()
        return [(row.name, row.created) for row in rows]

    def remove(self, name: str) -> bool:
        """Delete an account with its sessions; returns whether there was one."""
        with self.database.write() as session:
            row = session.get(StaffRow, name.strip())
            if row is None:
                return False
            session.delete(row)
        self.database.wipe()
        return True

    def log_in(self, name: str, password: str) -> str:
        """Return the secret of a new session.

        Raises
        ------
        ProblemError
            401 name or password are wrong, 429 too many attempts failed.
        """
        name = name.strip()[:MAX_NAME]
        # Counted before it is checked: many attempts at the same moment count too.
        self._count_attempt(name)
        with self.database.read() as session:
            row = session.get(StaffRow, name)
        stored = None if row is None else row.password_hash
        if not is_password(password, stored):
            raise ProblemError(401, _WRONG)
        now, token = self.now(), new_token()
        with self.database.write() as session:
            current = session.get(StaffRow, name)
            if current is None or current.password_hash != stored:  # changed a moment ago
                raise ProblemError(401, _WRONG)
            session.execute(
                delete(StaffFailureRow).where(StaffFailureRow.name_hash == _hashed(name))
            )
            expires = now + timedelta(hours=self.hours)
            session.add(
                StaffSessionRow(
                    token_hash=token_hash(token), name=name, created=now, expires=expires
                )
            )
        return token

    def session(self, token: str) -> StaffSession | None:
        """Return who is logged in with a secret, None where it is unknown or expired."""
        with self.database.read() as session:
            row = session.get(StaffSessionRow, token_hash(token))
        if row is None or row.expires <= self.now():
            return None
        return StaffSession(row.name, row.expires, _csrf(token))

    def log_out(self, token: str) -> None:
        """End a session."""
        with self.database.write() as session:
            session.execute(
                delete(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash(token))
            )

    def _count_attempt(self, name: str) -> None:
        now = self.now()
        since = now - timedelta(minutes=FAILURE_MINUTES)
        with self.database.write() as session:
            _purge(session, since, now)
            mine = select(StaffFailureRow.at).where(StaffFailureRow.name_hash == _hashed(name))
            failed = session.scalars(mine.order_by(StaffFailureRow.at)).all()
            if len(failed) < MOST_FAILURES:
                session.add(StaffFailureRow(name_hash=_hashed(name), at=now))
                return
        wait = math.ceil((failed[0] - since).total_seconds())
        raise ProblemError(
            429,
            f"Zu viele Versuche: Nach {MOST_FAILURES} misslungenen Anmeldungen ist dieser Name "
            f"gesperrt. Bitte versuchen Sie es in {math.ceil(wait / 60)} Minuten wieder.",
            headers={"Retry-After": str(max(wait, 1))},
        )


def _purge(session: Session, since: datetime, now: datetime) -> None:
    session.execute(delete(StaffFailureRow).where(StaffFailureRow.at <= since))
    session.execute(delete(StaffSessionRow).where(StaffSessionRow.expires <= now))


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _csrf(token: str) -> str:
    # Made from the secret itself: nothing more to store, and it does not give the secret away.
    return token_hash(f"csrf:{token}")
