"""Accounts of staff and their sessions in the database: each verb is one or two transactions."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct, field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.problems import LimitError, ProblemError
from service.staff import events, login_limits
from service.staff.login_limits import Attempt, Origin
from service.staff.passwords import MAX_LENGTH, MIN_LENGTH, Passwords
from service.storage import Database
from service.storage.moments import Clock
from service.storage.tables import StaffDeviceRow, StaffRow, StaffSessionRow
from service.storage.tokens import new_token, token_hash

MAX_NAME = 100
DEVICE_DAYS = 180
"""How long a device is known for a name after the last login there."""
_WRONG = "Name oder Passwort ist nicht richtig."
_OTHER_DEVICE = " Von einem Gerät, auf dem Sie schon angemeldet waren, geht es auch jetzt."


class StaffError(Exception):
    """An account cannot be made so; the German sentence says why."""


class StaffSession(Struct, frozen=True):
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


class Login(Struct, frozen=True):
    """What a login that worked gives to the browser.

    Attributes
    ----------
    session
        The secret of the session.
    device
        The secret of the device: proves later that this name was logged in there. It opens
        nothing, see `service.staff.login_limits`.
    """

    session: str
    device: str


class Accounts(Struct, frozen=True):
    """Keeps accounts and sessions.

    Attributes
    ----------
    database
        Where they are kept.
    now
        The clock.
    hours
        How long a session lasts.
    passwords
        How passwords are hashed.
    on_login
        Called after each login.
    """

    database: Database
    now: Clock
    hours: int
    passwords: Passwords = field(default_factory=Passwords)
    on_login: Callable[[], None] = lambda: None

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
        stored = self.passwords.hashed(password)
        with self.database.write() as session:
            if session.get(StaffRow, name) is not None:
                raise StaffError(f"Das Konto „{name}“ gibt es schon.")
            session.add(StaffRow(name=name, password_hash=stored, created=self.now()))
            events.note(session, self.now(), events.OPERATOR, events.Action.STAFF_ADD, name)

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
            events.note(
                session, self.now(), events.OPERATOR, events.Action.STAFF_REMOVE, name.strip()
            )
        self.database.wipe()
        return True

    def log_in(self, name: str, password: str, origin: Origin) -> Login:
        """Check name and password and begin a session.

        Raises
        ------
        ProblemError
            401 name or password are wrong, 429 too many attempts failed.
        """
        name = name.strip()[:MAX_NAME]
        # Counted before it is checked: many attempts at the same moment count too.
        attempt = self._count_attempt(name, origin)
        with self.database.read() as session:
            row = session.get(StaffRow, name)
        stored = None if row is None else row.password_hash
        if not self.passwords.matches(password, stored):
            raise ProblemError(401, _WRONG)
        now, token = self.now(), new_token()
        with self.database.write() as session:
            login_limits.alone(session)
            current = session.get(StaffRow, name)
            if current is None or current.password_hash != stored:  # changed a moment ago
                raise ProblemError(401, _WRONG)
            login_limits.forget(session, attempt)
            events.note(session, now, name, events.Action.LOGIN)
            device = _know_device(session, origin.device, name, now)
            expires = now + timedelta(hours=self.hours)
            session.add(
                StaffSessionRow(
                    token_hash=token_hash(token), name=name, created=now, expires=expires
                )
            )
        self.on_login()
        return Login(token, device)

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
            row = session.get(StaffSessionRow, token_hash(token))
            if row is not None:
                session.delete(row)
                events.note(session, self.now(), row.name, events.Action.LOGOUT)

    def _count_attempt(self, name: str, origin: Origin) -> Attempt:
        now = self.now()
        with self.database.write() as session:
            login_limits.alone(session)
            _purge(session, now)
            attempt = login_limits.identify(session, name, origin, now)
            reached = login_limits.count(session, attempt, now)
        if reached is None:
            return attempt
        seconds = max(math.ceil(reached.wait.total_seconds()), 1)
        minutes = math.ceil(seconds / 60)
        raise LimitError(
            "Zu viele Anmeldungen sind misslungen. Bitte versuchen Sie es in "
            f"{minutes} {'Minute' if minutes == 1 else 'Minuten'} wieder."
            + ("" if attempt.known_device else _OTHER_DEVICE),
            "logins",
            reached.most,
            int(login_limits.WINDOW.total_seconds()),
            seconds,
        )


def _know_device(session: Session, device: str, name: str, now: datetime) -> str:
    """Note that a name was logged in on a device; returns the secret of the device.

    One device can be known for several names. A secret that was not given out here is not taken
    over: somebody else may have put it into the browser.
    """
    given = select(StaffDeviceRow.name).where(StaffDeviceRow.token_hash == token_hash(device))
    if session.scalars(given).first() is None:
        device = new_token()
    expires = now + timedelta(days=DEVICE_DAYS)
    session.merge(StaffDeviceRow(token_hash=token_hash(device), name=name, expires=expires))
    return device


def _purge(session: Session, now: datetime) -> None:
    for table in (StaffSessionRow, StaffDeviceRow):
        session.execute(delete(table).where(table.expires <= now))


def _csrf(token: str) -> str:
    # Made from the secret itself: nothing more to store, and it does not give the secret away.
    return token_hash(f"csrf:{token}")
