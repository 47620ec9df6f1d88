"""Limits for guessing passwords, made so that nobody can lock out somebody else.

A limit by name alone lets every stranger who knows a name lock out its owner. So what counts is
also where an attempt comes from:

- A device on which this name was logged in before proves it with a cookie (OWASP: "device
  cookies"). Its attempts count only among themselves: no guessing elsewhere, from however many
  addresses, keeps the owner out there.
- From everywhere else attempts count for the name at one address, for all names at one address,
  and for the name at all addresses. The last limit is much higher: it takes many addresses to
  reach it, and then only devices that are new to this name have to wait.

Addresses are personal data. They are stored as a hash with a key that is not in the database, as
all IPv4 addresses can be hashed and compared in minutes: a copy of the database does not give them
away. Services on one PostgreSQL make it of what they log in there with, and so count together; on
SQLite, which one service has for itself, it is random and ends with the process.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from service.storage.tables import StaffDeviceRow, StaffFailureRow
from service.storage.tokens import token_hash
from service.web.client_quotas import place

WINDOW = timedelta(minutes=15)
MOST_FROM_ONE = 5
"""Failures with one name from one address, or from one device that is known for the name."""
MOST_FROM_ADDRESS = 20
"""Failures with all names from one address: colleagues may share one."""
MOST_FOR_NAME = 30
"""Failures with one name from all addresses."""
_KEY = secrets.token_bytes(32)
_POSTGRESQL_LOCK = 7_465_390_143  # any number that no other program on the database uses


class Origin(Struct, frozen=True):
    """Where somebody logs in.

    Attributes
    ----------
    address
        Of the client; empty where it is not known.
    device
        The secret from the cookie of the device; empty without one.
    """

    address: str = ""
    device: str = ""


class Attempt(Struct, frozen=True):
    """A login that is about to be checked.

    Attributes
    ----------
    name_hash
        People type passwords where names belong.
    source_hash
        Of the device if it is known for the name, else of the address.
    known_device
        Which of both.
    """

    name_hash: str
    source_hash: str
    known_device: bool


class Reached(Struct, frozen=True, order=True):
    """A limit that is reached.

    Attributes
    ----------
    wait
        Until the next attempt.
    most
        Failures that it allows within the window.
    """

    wait: timedelta
    most: int


def identify(session: Session, name: str, origin: Origin, now: datetime) -> Attempt:
    """Return what an attempt counts as."""
    name_hash = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    if origin.device:
        device_hash = token_hash(origin.device)
        device = session.get(StaffDeviceRow, (device_hash, name))
        if device is not None and device.expires > now:
            return Attempt(name_hash, device_hash, known_device=True)
    return Attempt(name_hash, _address_hash(origin.address, _key(session)), known_device=False)


def count(session: Session, attempt: Attempt, now: datetime) -> Reached | None:
    """Count an attempt, or return the limit that is reached, of several the longest.

    What is older than the window is deleted. The caller holds the right to write, see `alone`.
    """
    session.execute(delete(StaffFailureRow).where(StaffFailureRow.at <= now - WINDOW))
    reached = [
        Reached(failed[-most] + WINDOW - now, most)
        for condition, most in _limits(attempt)
        if len(failed := _failures(session, condition)) >= most
    ]
    if reached:
        return max(reached)
    session.add(
        StaffFailureRow(
            name_hash=attempt.name_hash,
            source_hash=attempt.source_hash,
            known_device=attempt.known_device,
            at=now,
        )
    )
    return None


def forget(session: Session, attempt: Attempt) -> None:
    """Forget what failed at the same place, after a login that worked; the rest still counts."""
    session.execute(delete(StaffFailureRow).where(_same_place(attempt)))


def alone(session: Session) -> None:
    """Let logins of all services take turns until the transaction ends.

    Otherwise attempts at the same moment all see the count before any of them. On SQLite the
    transaction holds the only right to write anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))


def _limits(attempt: Attempt) -> list[tuple[ColumnElement[bool], int]]:
    limits = [(_same_place(attempt), MOST_FROM_ONE)]
    if not attempt.known_device:
        same_name = StaffFailureRow.name_hash == attempt.name_hash
        limits += [
            (StaffFailureRow.source_hash == attempt.source_hash, MOST_FROM_ADDRESS),
            (same_name & ~StaffFailureRow.known_device, MOST_FOR_NAME),
        ]
    return limits


def _same_place(attempt: Attempt) -> ColumnElement[bool]:
    same_name = StaffFailureRow.name_hash == attempt.name_hash
    return same_name & (StaffFailureRow.source_hash == attempt.source_hash)


def _failures(session: Session, condition: ColumnElement[bool]) -> list[datetime]:
    moments = select(StaffFailureRow.at).where(condition).order_by(StaffFailureRow.at)
    return list(session.scalars(moments))


def _address_hash(address: str, key: bytes) -> str:
    return hmac.new(key, place(address).encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _key(session: Session) -> bytes:
    """Return what addresses are hashed with; no copy of the database holds it."""
    bind = session.get_bind()
    if bind.dialect.name != "postgresql":
        return _KEY
    url = bind.engine.url.render_as_string(hide_password=False)
    return hashlib.sha256(f"addresses {url}".encode()).digest()
