"""One year of the forward test: what was known and learned by then, and what came after."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from data.matters import Matters
from eval.ranking.protocol import without_regions
from matcher.known.bodies import Ints
from matcher.known.knowledge import Knowledge
from matcher.outreach.odds import known_by, matters_by
from matcher.outreach.prospects import Prospects

Line = tuple[int, int, int]
"""(matter, body, body), the lower row first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One year.

    Attributes
    ----------
    year
        T; all that is known began by its end.
    prospects
        What was known, and learned from what was known.
    later
        (k,) indices of the cooperations that began after T.
    came
        The lines that came true, with the positions in `later` of what made them so.
    came_in_area
        (task area, body, body) that came true in any matter.
    """

    year: int
    prospects: Prospects
    later: Ints
    came: dict[Line, tuple[int, ...]]
    came_in_area: frozenset[Line]

    def reached(self, matter: int, rows: tuple[int, ...]) -> set[int]:
        """Return what began of a matter among at least two bodies of a group."""
        pairs = combinations(sorted(rows), 2)
        return {c for pair in pairs for c in self.came.get((matter, *pair), ())}

    def came_true_in_area(self, area: int, rows: tuple[int, ...]) -> bool:
        """Return whether two bodies of a group began anything of a task area."""
        return any((area, *pair) in self.came_in_area for pair in combinations(sorted(rows), 2))


def at(knowledge: Knowledge, matters: Matters, year: int) -> Moment:
    """Return the state by the end of a year and what came after it.

    The state knows no LEADER regions: they were drawn anew since. A matter of which nothing was
    known by then is no candidate.
    """
    whole = without_regions(knowledge)
    state, known = known_by(whole, year), matters_by(matters, year)
    fresh = Prospects.of(whole, known, year)
    prospects = Prospects.of(state, known, year, fresh.odds)
    rows = {matter.code: row for row, matter in enumerate(known.all)}
    later = np.flatnonzero(knowledge.years > year).astype(np.int64)
    came: dict[Line, tuple[int, ...]] = {}
    for position, index in enumerate(later):
        matter = rows[matters.of(knowledge.cooperations[index]).code]
        inside = knowledge.participation[index] * ~knowledge.bodies.is_association
        for pair in combinations(np.flatnonzero(inside).tolist(), 2):
            came[matter, *pair] = (*came.get((matter, *pair), ()), position)
    areas = frozenset((known.all[m].task_area.row, a, b) for m, a, b in came)
    return Moment(year, prospects, later, came, areas)
