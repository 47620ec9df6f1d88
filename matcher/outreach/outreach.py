"""Proactive outreach: from pair scores to a filtered, diverse list of explained opportunities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from data import Dataset, Kind, TaskArea
from matcher.directory import Body, Directory
from matcher.features import make_query
from matcher.group.funding import grant
from matcher.group.legal_forms import legal_form_shares
from matcher.known.knowledge import Knowledge
from matcher.outreach.examples import examples
from matcher.outreach.fits import Fits, Progress, score_all
from matcher.outreach.grounds import reasons
from matcher.outreach.group_profile import GroupProfile
from matcher.outreach.groups import MAX_PLACES, MIN_PLACES, Group, Sizes, grow
from matcher.outreach.letter import draft
from matcher.outreach.need import Need, make_need
from matcher.outreach.odds import Odds
from matcher.outreach.opportunity import Opportunity, OutreachFilters, Part, opportunity_id
from matcher.outreach.prospects import FIT, Prospects
from matcher.outreach.shape import Shapes, make_shapes
from matcher.outreach.spread import Spread, pick
from matcher.request import RequestError

if TYPE_CHECKING:
    from matcher.matcher import Matcher

MAX_LINES = 1000


@dataclass(frozen=True)
class Outreach:
    """Whom to approach about what.

    Attributes
    ----------
    dataset, knowledge
        Facts, and the same as arrays.
    fits
        Pair scores by task area; the areas that are proposed, and what service centres rest on.
    odds
        What was learned before, for a state that is nearly the same; None learns from this one.

    Examples
    --------
    >>> outreach = Outreach.of(Matcher.load())
    >>> lines = outreach.opportunities(OutreachFilters(task_areas=(TaskArea.ARCHIV,), limit=10))
    """

    dataset: Dataset
    knowledge: Knowledge
    fits: Fits
    odds: Odds | None = None

    @classmethod
    def of(cls, matcher: Matcher, progress: Progress | None = None) -> Self:
        """Score all pairs in all areas; `progress` is told of each chunk."""
        fits = score_all(matcher.knowledge, matcher.ranker, progress=progress)
        return cls(matcher.dataset, matcher.knowledge, fits)

    @cached_property
    def need(self) -> Need:
        """Signs of need of all bodies."""
        return make_need(self.knowledge)

    @cached_property
    def shapes(self) -> Shapes:
        """How often each shape of a group is known."""
        return make_shapes(self.knowledge)

    def opportunities(self, filters: OutreachFilters | None = None) -> tuple[Opportunity, ...]:
        """Return the list, best first.

        Raises
        ------
        RequestError
            A filter names what does not exist, or a number out of range.
        """
        filters = filters or OutreachFilters()
        _check(filters, self.directory)
        picked = self.pick(self.passing(self.grown(filters), filters), filters)
        return tuple(self.describe(group, rank) for rank, group in enumerate(picked, start=1))

    @cached_property
    def prospects(self) -> Prospects:
        """What is known by matter, and what was learned of it."""
        return Prospects.of(self.knowledge, self.dataset.matters, odds=self.odds)

    def pick(
        self,
        groups: list[Group],
        filters: OutreachFilters,
        learned: Mapping[int, float] | None = None,
    ) -> list[Group]:
        """Return the lines of the list in their order; see `spread.pick`."""
        named = bool(filters.task_areas or filters.matters)
        spread = Spread(
            per_body=filters.max_per_body,
            per_area=None if named else filters.max_per_area,
            per_matter=None if named else filters.max_per_matter,
        )
        return pick(groups, self.knowledge.bodies, spread, filters.limit, learned)

    def view(self, group: Group) -> GroupProfile:
        """Return a group with all that is known about it."""
        return GroupProfile(group, self.knowledge, self.need, self.shapes, self.directory,
                            self.prospects)  # fmt: skip

    @cached_property
    def directory(self) -> Directory:
        """Names and places of all bodies."""
        return Directory.of(self.dataset)

    @cached_property
    def _all_sizes(self) -> list[Group]:
        return self._grow(Sizes())

    def grown(self, filters: OutreachFilters) -> list[Group]:
        """Return all groups of the wanted sizes, best first."""
        if (filters.min_group, filters.max_group) == (MIN_PLACES, MAX_PLACES):
            return self._all_sizes
        return self._grow(Sizes(filters.min_group, filters.max_group))

    def _grow(self, sizes: Sizes) -> list[Group]:
        wanted = [
            row
            for row in self.prospects.proposed
            if self.prospects.matters[row].task_area in self.fits.areas
        ]
        return grow(self.prospects, wanted, sizes)

    def passing(self, groups: list[Group], filters: OutreachFilters) -> list[Group]:
        """Return the groups that pass all filters, in their order."""
        inside, standing = np.ones((2, len(self.directory)), bool)
        for body in self.directory:
            place = body.kind is Kind.MUNICIPALITY
            inside[body.row] = place and _lies_in(body, filters)
            standing[body.row] = (
                not place or not filters.legal_status or body.legal_status in filters.legal_status
            )
        areas = set(filters.task_areas) or set(TaskArea) - {TaskArea.SONSTIGES}
        return [
            group
            for group in groups
            if TaskArea.at(group.area) in areas
            and (
                not filters.matters or self.prospects.matters[group.matter].code in filters.matters
            )
            and inside[list(group.rows)].any()
            and standing[list(group.rows)].all()
        ]

    def describe(self, group: Group, rank: int) -> Opportunity:
        """Return a group with all that is said about it."""
        view, bodies = self.view(group), self.knowledge.bodies
        keys = tuple(str(bodies.keys[row]) for row in group.rows)
        query = make_query(self.knowledge, group.rows[0], None, view.area)
        forms = legal_form_shares(query, self.knowledge, view.rows)
        told, cited, most = reasons(view), examples(view), grant(len(group.rows))
        return Opportunity(
            id=opportunity_id(view.area, keys, "" if view.is_other else view.matter.code),
            rank=rank,
            task_area=view.area,
            bodies=keys,
            names=tuple(view.name(row) for row in group.rows),
            with_district=view.district is not None,
            score=group.score,
            parts=self._parts(view),
            reasons=told,
            examples=cited,
            legal_forms=forms,
            grant=most,
            letter=draft(view, told, cited, forms, most),
            matter=view.matter.code,
            matter_name=view.matter.name,
        )

    def _parts(self, view: GroupProfile) -> tuple[Part, ...]:
        """Return what the score is the sum of, in words; signals that belong together as one."""
        rows = self.prospects.rows(view.matter_row, view.group.rows)
        assert rows is not None  # only groups that have a score are described
        each = self.prospects.odds.parts(rows)
        return tuple(
            Part(code, label, sum(each[name] for name in names) + base)
            for code, label, names, base in (
                ("fit", "Passung der Gruppe", FIT, 0.0),
                ("size", "Größe, für die es üblich ist", ("size_class",), 0.0),
                ("gap", "bei ähnlichen Kommunen verbreitet", ("peers",), 0.0),
                ("spread", "in der Nachbarschaft verbreitet", ("neighbours",), 0.0),
                ("evidence", "Häufigkeit des Vorhabens", ("recent",), self.prospects.odds.base),
            )
        )


def _lies_in(body: Body, filters: OutreachFilters) -> bool:
    regions, districts = filters.government_regions, filters.districts
    if regions and body.government_region not in regions:
        return False
    return not districts or body.district in districts or body.key in districts


def _check(filters: OutreachFilters, directory: Directory) -> None:
    for position, name in enumerate(filters.government_regions):
        if name not in directory.government_regions:
            raise RequestError(
                f"/government_regions/{position}", f"Regierungsbezirk „{name}“ ist nicht bekannt."
            )
    districts = {body.key for body in directory.district_level}
    for position, key in enumerate(filters.districts):
        if key not in districts:
            raise RequestError(f"/districts/{position}", f"Kreis „{key}“ ist nicht bekannt.")
    if not MIN_PLACES <= filters.min_group <= filters.max_group <= MAX_PLACES:
        raise RequestError("/min_group", f"Zulässig sind {MIN_PLACES} bis {MAX_PLACES} Kommunen.")
    for field_name, value, most in (
        ("max_per_body", filters.max_per_body, MAX_LINES),
        ("max_per_area", filters.max_per_area, MAX_LINES),
        ("max_per_matter", filters.max_per_matter, MAX_LINES),
        ("limit", filters.limit, MAX_LINES),
    ):
        if not 1 <= value <= most:
            raise RequestError(f"/{field_name}", f"Zulässig sind 1 bis {most}.")
