"""Keys for programs: made on the command line, each for named scopes, of which a hash is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select

from data.terms import Term
from service.staff import events
from service.storage import Database
from service.storage.access_tables import ApiKeyRow
from service.storage.moments import Clock
from service.storage.tokens import new_id, new_token, token_hash

PREFIX = "ikz_"
"""Begins every key, so that programs that look for leaked secrets know one."""
MAX_NAME = 100


class Scope(Term):
    """What a key may do."""

    OUTREACH_READ = "outreach:read", "Anregungen lesen"
    OUTREACH_WRITE = "outreach:write", "Stand der Anregungen festhalten"


class ApiKey(Struct, frozen=True):
    """A key as it is listed: all but the key."""

    id: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime | None
    revoked: datetime | None

    def is_valid_at(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked is None and (self.expires is None or self.expires > now)


class ApiKeyError(Exception):
    """A key cannot be made or revoked so; the German sentence says why."""


class ApiKeys(Struct, frozen=True):
    """Keeps keys.

    Attributes
    ----------
    database, now
        Where they are kept, and the clock.
    """

    database: Database
    now: Clock

    def create(self, name: str, scopes: list[Scope], days: int | None = None) -> tuple[str, str]:
        """Make a key; returns its id and the key, which is shown this once.

        Raises
        ------
        ApiKeyError
            The name cannot be used, or there is no scope.
        """
        name = name.strip()
        if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
            raise ApiKeyError(f"Der Name muss 1 bis {MAX_NAME} druckbare Zeichen haben.")
        if not scopes:
            raise ApiKeyError("Bitte mindestens ein Recht angeben.")
        now, key, identifier = self.now(), PREFIX + new_token(), new_id()[:12]
        row = ApiKeyRow(
            id=identifier,
            name=name,
            key_hash=token_hash(key),
            scopes=" ".join(sorted({scope.value for scope in scopes})),
            created=now,
            expires=None if days is None else now + timedelta(days=days),
            revoked=None,
        )
        with self.database.write() as session:
            session.add(row)
            events.note(
                session, now, events.OPERATOR, events.Action.KEY_CREATE, f"{identifier} {name}"
            )
        return identifier, key

    def listed(self) -> list[ApiKey]:
        """Return all keys, oldest first."""
        with self.database.read() as session:
            rows = session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.created)).all()
        return [_key(row) for row in rows]

    def revoke(self, identifier: str) -> bool:
        """End a key; returns whether there was one that still opened something."""
        now = self.now()
        with self.database.write() as session:
            row = session.get(ApiKeyRow, identifier)
            if row is None or row.revoked is not None:
                return False
            row.revoked = now
            events.note(
                session, now, events.OPERATOR, events.Action.KEY_REVOKE, f"{identifier} {row.name}"
            )
        return True

    def find(self, key: str) -> ApiKey | None:
        """Return the valid key that was sent; None for any other text."""
        if not key.startswith(PREFIX):
            return None
        with self.database.read() as session:
            row = session.scalars(
                select(ApiKeyRow).where(ApiKeyRow.key_hash == token_hash(key))
            ).first()
        found = None if row is None else _key(row)
        return found if found is not None and found.is_valid_at(self.now()) else None


def _key(row: ApiKeyRow) -> ApiKey:
    known = {scope.value: scope for scope in Scope}
    scopes = frozenset(known[code] for code in row.scopes.split() if code in known)
    return ApiKey(row.id, row.name, scopes, row.created, row.expires, row.revoked)
