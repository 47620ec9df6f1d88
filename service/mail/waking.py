"""Tells the postman that a mail waits, for those who may not know him."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Waking(Struct, frozen=True):
    """What lets the next round of mails begin at once."""

    wake: Callable[[], None]
