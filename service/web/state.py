"""What all routes share: settings, matcher, map, database; and the parts that features add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from data.names import NameIndex
from matcher import Directory, Matcher
from service.maps.land_map import LandMap
from service.maps.map_geojson import map_json
from service.problems import ProblemError
from service.settings import Settings
from service.storage import Database
from service.storage.moments import Clock

_RETRY_S = 5
Part = TypeVar("Part")


@dataclass(frozen=True)
class State:
    """Everything a route needs.

    Attributes
    ----------
    settings, matcher, database, now
        What the service was started with, and its clock.
    parts
        What features keep, each under its class; `state[Accounts]` returns that of the staff.
    """

    settings: Settings
    matcher: Matcher
    database: Database
    now: Clock
    parts: Mapping[type[Any], Any] = field(default_factory=dict)

    def __getitem__(self, part: type[Part]) -> Part:
        """Return what a feature keeps; KeyError where it was not composed."""
        found: Part = self.parts[part]
        return found

    @cached_property
    def land_map(self) -> LandMap:
        """Draws bodies on the Land; made for the first page that shows one."""
        return LandMap(self.matcher.directory.shapes)

    @cached_property
    def map_json(self) -> bytes:
        """Areas and borders for the map that can be moved, compressed by gzip."""
        return map_json(self.matcher.directory.shapes.iloc[: self.matcher.dataset.home])

    @property
    def directory(self) -> Directory:
        """All bodies."""
        return self.matcher.directory

    @property
    def names(self) -> NameIndex:
        """Finds bodies by what one types."""
        return self.matcher.directory.name_index


def current(request: Request) -> State:
    """Return the state of the app that a request belongs to.

    Raises
    ------
    ProblemError
        503 as long as data and models are being loaded.
    """
    state: State | None = request.app.state.ikz
    if state is None:
        raise ProblemError(
            503,
            "Daten und Modelle werden noch geladen. Bitte in einigen Sekunden noch einmal fragen.",
            headers={"Retry-After": str(_RETRY_S)},
        )
    return state


async def _current(request: Request) -> State:
    # Async, or the framework would take a thread for it at each request.
    return current(request)


Current = Annotated[State, Depends(_current)]
