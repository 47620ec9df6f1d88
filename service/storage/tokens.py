"""Ids of searches and the secrets that let their owners manage them."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_id() -> str:
    """Return a random id for an address, 16 characters.

    None begins with a hyphen: a command would take that for an option ("ikz key revoke -x…").
    """
    made = secrets.token_urlsafe(12)
    return f"a{made[1:]}" if made.startswith("-") else made


def new_token() -> str:
    """Return a secret of 256 bits, 43 characters; only its hash is stored."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a secret. It is random and long: a plain SHA-256 suffices."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_token(token: str, stored: str) -> bool:
    """Whether a secret is the one whose hash is stored, in constant time."""
    return hmac.compare_digest(token_hash(token), stored)
