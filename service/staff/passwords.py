"""Passwords as Argon2id hashes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH, MAX_LENGTH = 12, 1_000
# Each check takes 64 MiB for a moment: many logins at once must not take the machine's memory.
_AT_ONCE = threading.Semaphore(2)


@dataclass(frozen=True)
class Passwords:
    """Hashes and checks passwords.

    Attributes
    ----------
    hasher
        With what cost; default: that of RFC 9106 for little memory, as `argon2-cffi` sets it.
    """

    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    def hashed(self, password: str) -> str:
        """Return what is stored of a password."""
        with _AT_ONCE:
            return self.hasher.hash(password)

    def matches(self, password: str, stored: str | None) -> bool:
        """Whether a password is the one whose hash is stored.

        With None, for a name that nobody has, it takes as long and says no: the time does not
        tell which names exist.
        """
        known = stored or self._nobody
        with _AT_ONCE:
            try:
                matches = self.hasher.verify(known, password[:MAX_LENGTH])
            except (VerificationError, InvalidHashError):
                return False
        return matches and stored is not None

    @cached_property
    def _nobody(self) -> str:
        return self.hashed("nobody has this password")
