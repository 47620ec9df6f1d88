"""What was last confirmed of a record: handed in by whoever composes the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

Last = Callable[[str], tuple[str, str] | None]
"""Id of a cooperation or key of a body -> (claim, ISO date) of the newest accepted hint."""


class Confirmations(Struct, frozen=True):
    """Tells what was last confirmed, of one record or of all that have an accepted hint."""

    last: Last
    all: Callable[[], Mapping[str, tuple[str, str]]]
