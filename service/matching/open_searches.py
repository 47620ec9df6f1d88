"""Open searches of others that fit: a body that asks for the same is the best partner.

Openings are a feature of their own that stands on this one, so that it is handed in by whoever
composes the service.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from data import TaskArea

MOST = 3


class FittingSearch(Struct, frozen=True):
    """An open search of another body: address, title, whose it is, last day (ISO)."""

    address: str
    title: str
    body: str
    expires: str


Find = Callable[[str, str, TaskArea | None], Sequence[FittingSearch]]
"""(key of the searcher, text, task area) -> what fits, best first."""


class OpenSearches(Struct, frozen=True):
    """Finds open searches: those that fit a matter, and those of some bodies, newest first."""

    find: Find
    of_bodies: Callable[[Sequence[str]], Sequence[FittingSearch]]
