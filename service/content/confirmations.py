"""What was last confirmed of a record: handed in by whoever composes the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Last = Callable[[str], tuple[str, str] | None]
"""Id of a cooperation or key of a body -> (claim, ISO date) of the newest accepted hint."""


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Tells what was last confirmed, of one record or of all that have an accepted hint."""

    last: Last
    all: Callable[[], Mapping[str, tuple[str, str]]]
