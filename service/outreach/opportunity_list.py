"""The computed list: all groups of all sizes, found by id, filtered, described one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import numpy as np
from msgspec import Struct, structs

from data import TaskArea
from data.matters import Matter, other_of
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
from matcher.outreach.groups import MIN_PLACES, Group, score_group
from matcher.outreach.overtaken import overtaken

_KEPT = 2_000  # described lines: the pages that are looked at again and again
_SizeRange = tuple[int, int]


class Line(Struct, frozen=True):
    """A group in a matter, before it is described: what filters look at."""

    id: str
    area: TaskArea
    matter: Matter
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
        self._grown: dict[_SizeRange, list[Group]] = {}
        self._by_id: dict[str, Line] = {}
        self._groups(OutreachFilters())

    def find(self, identifier: str) -> Line | None:
        """Return the line with an id, whatever list it was in that somebody asked for."""
        return self._by_id.get(identifier)

    def restored(
        self, identifier: str, task_area: str, bodies: Iterable[str], matter: str = ""
    ) -> Line | None:
        """Return a line that is in no list any more, scored by what is known today.

        Parameters
        ----------
        identifier
            Id that the line keeps.
        task_area, bodies, matter
            Code, keys and code, as they were kept with it; lines of earlier versions have no
            matter.

        Returns
        -------
        Line or None
            None where it cannot be described: a body no longer exists, the area was not computed,
            a pair has no score, or it is no group of municipalities with at most one Kreis.
        """
        rows, area = self._rows(bodies), _parsed(task_area)
        if rows is None or area not in self.areas:
            return None
        # Those known to work together have a score too: what came about is described as well.
        group = score_group(self.outreach.prospects, self._matter_row(area, matter), rows)
        if not np.isfinite(group.score):
            return None
        return structs.replace(self._line(group), id=identifier)

    def select(
        self, filters: OutreachFilters, learned: Mapping[int, float] | None = None
    ) -> list[Line]:
        """Return the lines that `Outreach.opportunities` gives, in order, not yet described.

        `learned` are log-odds to add to the groups of a matter, by its row: what calls told.
        """
        passing = self.outreach.passing(self._groups(filters), filters)
        return [self._line(group) for group in self.outreach.pick(passing, filters, learned)]

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
        return service_centres(parts.knowledge, parts.fits, parts.need, names)

    @property
    def areas(self) -> tuple[TaskArea, ...]:
        """Task areas that were computed."""
        return self.outreach.fits.areas

    @property
    def matters(self) -> tuple[Matter, ...]:
        """The matters that are proposed."""
        prospects = self.outreach.prospects
        wanted = (prospects.matters[row] for row in prospects.proposed)
        return tuple(matter for matter in wanted if matter.task_area in self.areas)

    def _groups(self, filters: OutreachFilters) -> list[Group]:
        """Return the groups of the wanted sizes, grown when they are first asked for."""
        sizes = (filters.min_group, filters.max_group)
        if sizes not in self._grown:
            self._grown[sizes] = self.outreach.grown(filters)
            lines = (self._line(group) for group in self._grown[sizes])
            self._by_id |= {line.id: line for line in lines}
        return self._grown[sizes]

    def _matter_row(self, area: TaskArea, code: str) -> int:
        codes = [matter.code for matter in self.outreach.prospects.matters]
        return codes.index(code if code in codes else other_of(area))

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
        matter = self.outreach.prospects.matters[group.matter]
        identifier = opportunity_id(area, keys, matter.code)
        return Line(identifier, area, matter, keys, with_district, group)

    def _describe(self, line: Line, rank: int) -> Opportunity:
        found = self.outreach.describe(line.group, rank)
        if line.id in self._by_id:
            return found
        return structs.replace(overtaken(found, self.outreach.view(line.group)), id=line.id)


def _parsed(task_area: str) -> TaskArea | None:
    try:
        return TaskArea.parse(task_area)
    except ValueError:  # a newer vocabulary may have dropped it
        return None
