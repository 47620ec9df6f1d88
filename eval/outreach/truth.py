"""What came true after a year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from data import TaskArea
from eval.outreach.lines import RankedLines
from matcher.known.bodies import Bools, Ints
from matcher.known.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Truth:
    """Pairs that came true.

    Attributes
    ----------
    cooperations
        (m,) indices of the cooperations begun after the year.
    lines
        (area, first, second) -> positions in `cooperations`.
    size
        Number of bodies.
    """

    cooperations: Ints
    lines: dict[tuple[int, int, int], list[int]]
    size: int

    def incidence(self, ranking: RankedLines) -> csr_matrix:
        """Return (k, m) 1 where a cooperation makes a line true."""
        keys = zip(
            ranking.area.tolist(), ranking.first.tolist(), ranking.second.tolist(), strict=True
        )
        found = [(line, c) for line, key in enumerate(keys) for c in self.lines.get(key, ())]
        rows, columns = zip(*found, strict=True) if found else ((), ())
        shape = (len(ranking.area), len(self.cooperations))
        return csr_matrix((np.ones(len(found)), (rows, columns)), shape=shape)

    def hits(self, ranking: RankedLines) -> npt.NDArray[np.float64]:
        """Return (k,) 1 where a line came true."""
        return np.asarray(self.incidence(ranking).sum(axis=1) > 0, np.float64).ravel()

    def open_lines(self, open_pairs: Bools) -> RankedLines:
        """Return the true lines that could have been proposed."""
        keys = np.array([key for key in sorted(self.lines) if open_pairs[key]], np.int64)
        return RankedLines(*keys.reshape(-1, 3).T)

    def came_true(self, area: int, rows: tuple[int, ...]) -> bool:
        """Return whether at least one pair of a group came true in its area."""
        return any((area, *pair) in self.lines for pair in combinations(sorted(rows), 2))

    def reached(self, area: int, rows: tuple[int, ...]) -> set[int]:
        """Return the positions of the cooperations that make a pair of a group true."""
        pairs = combinations(sorted(rows), 2)
        return {c for pair in pairs for c in self.lines.get((area, *pair), ())}

    def came_together(self, rows: tuple[int, ...]) -> bool:
        """Return whether at least one pair of a group came together in any area."""
        return any(self.came_true(area, rows) for area in range(len(TaskArea)))


def make_truth(knowledge: Knowledge, years: Ints, year: int, until: int | None = None) -> Truth:
    """Collect the pairs of municipalities and Kreise in what began after `year`."""
    later = np.flatnonzero((years > year) & (years <= (until or years.max())))
    lines: dict[tuple[int, int, int], list[int]] = {}
    for position, index in enumerate(later):
        area = knowledge.cooperations[index].task_area.row
        members = np.flatnonzero(knowledge.participation[index] * ~knowledge.bodies.is_association)
        for first, second in combinations(members.tolist(), 2):
            lines.setdefault((area, first, second), []).append(position)
    return Truth(later.astype(np.int64), lines, len(knowledge.bodies))
