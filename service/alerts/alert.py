"""What an alert is: a saved search, without the address it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct


class Alert(Struct, frozen=True):
    """A saved search.

    Attributes
    ----------
    id, body, text
        Who looks for what.
    confirmed
        When its address was confirmed, None while it waits.
    seen
        Up to when open searches were looked at.
    data_version, known
        Which data were looked at, and ids of the cooperations that fitted then.
    """

    id: str
    body: str
    text: str
    confirmed: datetime | None
    seen: datetime
    data_version: str
    known: frozenset[str]


class News(Struct, frozen=True):
    """What fits an alert and is new: (title, address) each."""

    searches: Sequence[tuple[str, str]]
    cooperations: Sequence[tuple[str, str]]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.searches or self.cooperations)
