"""Passwords as Argon2id hashes."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH, MAX_LENGTH = 12, 1_000
_HASHER = PasswordHasher()
# Each check takes 64 MiB for a moment: many logins at once must not take the machine's memory.
_AT_ONCE = threading.Semaphore(2)


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_password(password: str, stored: str | None) -> bool:
    """Whether a password is the one whose hash is stored.

    With None, for a name that nobody has, it takes as long and says no: the time does not tell
    which names exist.
    """
    known = stored or _nobody()
    with _AT_ONCE:
        try:
            matches = _HASHER.verify(known, password[:MAX_LENGTH])
        except (VerificationError, InvalidHashError):
            return False
    return matches and stored is not None


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")
