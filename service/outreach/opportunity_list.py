"""The computed list: all groups of all sizes, found by id, filtered, described one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from data import TaskArea
from matcher.outreach import (
    Coverage,
    Opportunity,
    Outreach,
    OutreachFilters,
    ServiceCentre,
    coverage,
    opportunity_id,
    service_centres,
)
from matcher.outreach.groups import (
    MAX_PLACES,
    MIN_PLACES,
    Group,
    Sizes,
    Tables,
    diverse,
    grow,
    score_group,
)
from matcher.outreach.overtaken import overtaken

_KEPT = 2_000  # described lines: the pages that are looked at again and again
SizeRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A group in a task area, before it is described: what filters look at."""

    id: str
    area: TaskArea
    bodies: tuple[str, ...]
    with_district: bool
    group: Group


class OpportunityList:
    """Answers every filter at once from groups that were grown before.

    Parameters
    ----------
    outreach
        Scores and facts.
    """

    def __init__(self, outreach: Outreach) -> None:
        self.outreach = outreach
        self.describe = lru_cache(_KEPT)(self._describe)
        self._grown: dict[SizeRange, list[Group]] = {}
        self._by_id: dict[str, Line] = {}
        for sizes in _ranges():
            groups = grow(
                outreach.knowledge,
                outreach.fits,
                outreach.need,
                outreach.shapes,
                outreach.weights,
                Sizes(*sizes),
            )
            self._grown[sizes] = groups
            for group in groups:
                line = self._line(group)
                self._by_id[line.id] = line

    def find(self, identifier: str) -> Line | None:
        """Return the line with an id, whatever list it was in."""
        return self._by_id.get(identifier)

    def restored(self, identifier: str, task_area: str, bodies: Iterable[str]) -> Line | None:
        """Return a line that is in no list any more, scored by what is known today.

        Parameters
        ----------
        identifier
            Id that the line keeps.
        task_area, bodies
            Code and keys, as they were kept with it.

        Returns
        -------
        Line or None
            None where it cannot be described: a body no longer exists, the area was not computed,
            a pair has no score, or it is no group of municipalities with at most one Kreis.
        """
        rows, area = self._rows(bodies), _parsed(task_area)
        if rows is None or area not in self.areas:
            return None
        # Those known to work together have a fit too: what came about is described as well.
        fit = self.outreach.fits.table[self.areas.index(area)]
        group = score_group(self._tables, area.row, rows, fit)
        if not np.isfinite(group.score):
            return None
        return replace(self._line(group), id=identifier)

    def select(self, filters: OutreachFilters) -> list[Line]:
        """Return the lines that `Outreach.opportunities` gives, best first, not yet described."""
        groups = self._grown[filters.min_group, filters.max_group]
        per_area = None if filters.task_areas else filters.max_per_area
        passing = self.outreach.passing(groups, filters)
        picked = diverse(passing, filters.max_per_body, filters.limit, per_area)
        return [self._line(group) for group in picked]

    def passes(self, line: Line, filters: OutreachFilters) -> bool:
        """Whether one line fits the filters, whatever its place."""
        places = len(line.bodies) - line.with_district
        if not filters.min_group <= places <= filters.max_group:
            return False
        return bool(self.outreach.passing([line.group], filters))

    @cached_property
    def coverage(self) -> Coverage:
        """Where cooperations are known."""
        return coverage(self.outreach.knowledge)

    @cached_property
    def centres(self) -> tuple[ServiceCentre, ...]:
        """Who provides for others, and who might join."""
        names = self.outreach.directory.names
        parts = self.outreach
        return service_centres(
            parts.knowledge, parts.fits, parts.need, names, weights=parts.weights
        )

    @property
    def areas(self) -> tuple[TaskArea, ...]:
        """Task areas that were computed."""
        return self.outreach.fits.areas

    @cached_property
    def _tables(self) -> Tables:
        parts = self.outreach
        return Tables.of(parts.knowledge, parts.need, parts.shapes, parts.weights)

    def _rows(self, bodies: Iterable[str]) -> tuple[int, ...] | None:
        """Return rows in the order of a group; None where one is missing or it is no group."""
        land = self.outreach.knowledge.bodies
        rows = land.keys.get_indexer(list(dict.fromkeys(bodies))).tolist()
        if min(rows, default=-1) < 0:
            return None
        kinds = land.kind[rows].tolist()
        if kinds.count(0) < MIN_PLACES or kinds.count(1) > 1:
            return None
        return tuple(sorted(rows, key=lambda row: (land.kind[row], row)))

    def _line(self, group: Group) -> Line:
        land, area = self.outreach.knowledge.bodies, TaskArea.at(group.area)
        keys = tuple(str(land.keys[row]) for row in group.rows)
        with_district = bool(land.is_district[group.rows[-1]])
        return Line(opportunity_id(area, keys), area, keys, with_district, group)

    def _describe(self, line: Line, rank: int) -> Opportunity:
        found = self.outreach.describe(line.group, rank)
        if line.id in self._by_id:
            return found
        return replace(overtaken(found, self.outreach.view(line.group)), id=line.id)


def _parsed(task_area: str) -> TaskArea | None:
    try:
        return TaskArea.parse(task_area)
    except ValueError:  # a newer vocabulary may have dropped it
        return None


def _ranges() -> Iterator[SizeRange]:
    for least in range(MIN_PLACES, MAX_PLACES + 1):
        for most in range(least, MAX_PLACES + 1):
            yield least, most
