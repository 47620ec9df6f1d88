"""Who is looked at closely where there are too many bodies to score them all.

The first ten partners are near, known to the searcher, or known for the matter; all others need not
be scored. A spatial index finds the near ones of each kind, the sparse table of who took part finds
the other two. Up to `EXACT_UP_TO` bodies all are scored: that is exact, and as fast as one needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from matcher.known.bodies import Bools, Floats, Ints

if TYPE_CHECKING:
    from scipy.spatial import KDTree

EXACT_UP_TO = 5_000
"""Bodies, by judgement: about there `python -m eval performance` sees all of them take 50 ms."""
# By the recall of the exact first ten among synthetic bodies, tests hold it at 0.99.
NEAREST, ACQUAINTED, EXPERIENCED = 400, 150, 50
_MOST = 0.9
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class Candidates:
    """Finds candidates among n bodies with c known cooperations.

    Attributes
    ----------
    seats
        (n, 2 or 3) where they lie, in a space in which near is near: a plane, or a sphere.
    trees
        For each kind of body the rows of those that may be proposed, and an index over their seats.
    took_part, members
        (n, c) and (c, n) 1 where the body takes part, sparse.
    """

    seats: npt.NDArray[np.float64]
    trees: tuple[tuple[Ints, KDTree], ...]
    took_part: csr_array
    members: csr_array

    @classmethod
    def on_earth(
        cls,
        longitude: Floats,
        latitude: Floats,
        kind: Ints,
        took_part: csr_array,
        eligible: Bools | None = None,
    ) -> Self:
        """Index bodies by the degrees of their seats."""
        east, north = np.radians(longitude, dtype=float), np.radians(latitude, dtype=float)
        place = [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
        return cls.among(_EARTH_KM * np.column_stack(place), kind, took_part, eligible)

    @classmethod
    def among(
        cls,
        seats: npt.NDArray[np.float64],
        kind: Ints,
        took_part: csr_array,
        eligible: Bools | None = None,
    ) -> Self:
        """Index the bodies once; `kind` (n,) tells municipalities, Kreise and associations apart.

        What is rare, as a Kreis is, would not be found among the nearest of all kinds. `eligible`
        (n,) tells who may be proposed at all; default: everyone.
        """
        from scipy.spatial import KDTree  # 0.2 s of each start, where few need it

        may = np.ones(len(kind), bool) if eligible is None else eligible
        rows = [np.flatnonzero((kind == value) & may) for value in np.unique(kind[may])]
        trees = tuple((row, KDTree(seats[row])) for row in rows)
        return cls(seats, trees, took_part, csr_array(took_part.T))

    def of(self, searcher: int, weight: Floats) -> Ints:
        """Return the rows to score, ascending; the searcher is one of them.

        Parameters
        ----------
        searcher
            Row of the body that asks.
        weight
            (c,) how much each known cooperation tells about the matter.
        """
        return np.unique(
            np.concatenate(
                [[searcher], self._near(searcher), self._acquainted(searcher), self._known(weight)]
            )
        ).astype(np.int64)

    def to_score(
        self,
        searchers: Ints,
        weight: Floats,
        passing: Bools,
        also: Ints,
        looked_at: Ints | None = None,
    ) -> Ints:
        """Return the rows to score where filters and wishes let only some bodies pass.

        Parameters
        ----------
        searchers
            Rows of the bodies that ask.
        weight
            (c,) how much each known cooperation tells about the matter.
        passing
            (n,) whether a body may appear. Where many may not, those that may are all scored:
            candidates chosen among all could lack them.
        also
            Rows that are scored whatever else: those that are named or asked about.
        looked_at
            Rows among which candidates are sought; None: among all.
        """
        if (passing if looked_at is None else passing[looked_at]).mean() < _MOST:
            chosen = [np.flatnonzero(passing)]
        else:
            chosen = [self.of(int(row), weight) for row in searchers]
        if looked_at is not None:
            chosen = [np.intersect1d(rows, looked_at, assume_unique=True) for rows in chosen]
        return np.unique(np.concatenate([*chosen, searchers, also])).astype(np.int64)

    def _near(self, searcher: int) -> Ints:
        total = sum(len(rows) for rows, _ in self.trees)
        found = []
        for rows, tree in self.trees:
            # As many of each kind as its share, and enough where it is rare.
            count = min(max(NEAREST * len(rows) // total, NEAREST // 8), len(rows))
            found.append(rows[np.atleast_1d(tree.query(self.seats[searcher], count)[1])])
        return np.concatenate(found)

    def _acquainted(self, searcher: int) -> Ints:
        """Return those with whom the searcher, or one of its partners, works most closely."""
        own = slice(*self.took_part.indptr[[searcher, searcher + 1]])
        met = np.zeros(self.took_part.shape[1])
        met[self.took_part.indices[own]] = self.took_part.data[own]
        once = self.took_part @ (met * self._worth)
        twice = self.took_part @ ((self.members @ once) * self._worth)
        return np.concatenate([_best(once, ACQUAINTED), _best(twice, ACQUAINTED)])

    @cached_property
    def _worth(self) -> npt.NDArray[np.float64]:
        """(c,) 1 / other members: a cooperation of many makes few acquainted."""
        return np.asarray(1 / np.maximum(np.diff(self.members.indptr) - 1, 1))

    def _known(self, weight: Floats) -> Ints:
        """Return those with most weight of cooperations in the matter."""
        return _best(self.took_part @ weight, EXPERIENCED)


def _best(votes: npt.NDArray[np.floating], count: int) -> Ints:
    """Return the rows of the `count` greatest votes (n,), of those that have any."""
    voted = np.flatnonzero(votes)
    return voted[np.argsort(-votes[voted], kind="stable")[:count]]  # of equals the first
