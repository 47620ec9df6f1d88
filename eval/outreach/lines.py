"""Lines (area, body, body), ranked, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from matcher.known.bodies import Bools, Floats, Ints

LIMIT = 5
_MOST = 4000  # lines kept of a ranking: enough for 200 after the exposure limit


@dataclass(frozen=True, slots=True)
class RankedLines:
    """Lines, best first: area, and two rows of bodies, the lower first; (k,) each."""

    area: Ints
    first: Ints
    second: Ints

    @classmethod
    def of(cls, table: Floats, areas: Ints, open_pairs: Bools, most: int = _MOST) -> Self:
        """Sort the open pairs; equal scores by area and row.

        Parameters
        ----------
        table
            (areas, n, n) scores, symmetric.
        areas
            (areas,) row in `TaskArea` of each slice.
        open_pairs
            (areas, n, n) lines that may be proposed.
        most
            Lines kept.
        """
        place = np.flatnonzero(open_pairs & np.isfinite(table))
        value = table.ravel()[place]
        if len(place) > most:
            # Ties at the edge all stay in, so that the stable sort decides, not the partition.
            edge = np.partition(value, len(value) - most)[len(value) - most]
            place, value = place[value >= edge], value[value >= edge]
        place = place[np.argsort(-value, kind="stable")][:most]
        slices, first, second = np.unravel_index(place, table.shape)
        return cls(areas[slices].astype(np.int64), first, second)

    def top(self, count: int) -> Self:
        """Return the first lines."""
        return type(self)(self.area[:count], self.first[:count], self.second[:count])

    def where(self, chosen: Bools) -> Self:
        """Return some of the lines, in their order."""
        return type(self)(self.area[chosen], self.first[chosen], self.second[chosen])

    def limited(self, exposure: int = LIMIT) -> Self:
        """Return the lines in which no body has appeared `exposure` times before."""
        used: dict[int, int] = {}
        kept = np.zeros(len(self.area), bool)
        for line, pair in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True)):
            if all(used.get(row, 0) < exposure for row in pair):
                kept[line] = True
                for row in pair:
                    used[row] = used.get(row, 0) + 1
        return self.where(kept)
