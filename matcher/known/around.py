"""What lies around a body: who is nearer, how many borders away, who contains whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from data import Dataset
from data.pairs import of_rows

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

FAR_HOPS = 6
_PLACES = np.uint64(32)  # bits below those of a distance


class Around:
    """Computes a row at a time what `Bodies` holds as tables."""

    def __init__(self, dataset: Dataset, kind: Ints, administers: Bools) -> None:
        self.seat_km, self.border_km = dataset.seat_km, dataset.border_km
        self.kind, self.administers = kind, administers
        self.members = csr_array(dataset.members)
        self.upward = csr_array(self.members.T)
        self.sizes = np.diff(self.members.indptr)
        borders = self.border_km.values.tocoo()
        first, second = borders.coords
        alike = kind[first] == kind[second]
        shape = borders.shape
        lengths = csr_array((borders.data[alike], (first[alike], second[alike])), shape=shape)
        self.border_total = np.asarray(lengths.sum(axis=1), np.float32)
        open_to = alike & administers[second]
        step = (np.ones(int(open_to.sum()), np.float32), (first[open_to], second[open_to]))
        self.step = csr_array(step, shape=shape)
        self.step_back = csr_array(self.step.T)
        self.order = Nearness(kind, administers)

    def contains(self, rows: Any) -> Bools:
        """Return (n,) whom a body contains, or (k, n) of several."""
        # Row contains column when all of the column's municipalities are the row's, and it has
        # more.
        own = of_rows(self.sizes, rows)
        return np.asarray((self._common(rows) >= self.sizes) & (own > self.sizes))

    def contained(self, rows: Any) -> Bools:
        """Return (n,) who contains a body, or (k, n) of several."""
        own = of_rows(self.sizes, rows)
        return np.asarray((self._common(rows) >= own) & (self.sizes > own))

    def _common(self, rows: Any) -> Ints:
        """Return (n,) how many municipalities each has in common with one, or (k, n)."""
        if np.ndim(rows):
            return np.asarray((self.members[rows] @ self.upward).toarray())
        own = slice(self.members.indptr[rows], self.members.indptr[rows + 1])
        common = np.zeros(len(self.kind), np.int64)
        for place in self.members.indices[own]:
            above = slice(self.upward.indptr[place], self.upward.indptr[place + 1])
            common[self.upward.indices[above]] += 1
        return common

    def rank(self, rows: Any) -> Floats:
        """Return (n,) how many bodies of its kind are nearer to one; only who administers counts.

        (k, n) to several.
        """
        return self.order.ranks(self.seat_km[rows])

    def hops(self, row: int) -> Bytes:
        """Return (n,) borders to cross, at most `FAR_HOPS`."""
        hops = np.full(len(self.kind), FAR_HOPS, np.uint8)
        hops[row] = 0
        edge = np.array([row])
        starts, leads_to = self.step.indptr, self.step.indices
        for distance in range(1, FAR_HOPS):
            steps = [leads_to[starts[at] : starts[at + 1]] for at in edge.tolist()]
            if not steps:
                break
            reached = np.unique(np.concatenate(steps))
            edge = reached[hops[reached] == FAR_HOPS]
            hops[edge] = distance
        return hops

    def common_neighbours(self, row: int) -> npt.NDArray[np.uint16]:
        """Return (n,) how many bodies border on both."""
        # Steps lead to those that administer alone; seen from both sides a neighbour is one.
        common, step, back = np.zeros(len(self.kind), np.uint16), self.step, self.step_back
        for other in step.indices[step.indptr[row] : step.indptr[row + 1]]:
            common[back.indices[back.indptr[other] : back.indptr[other + 1]]] += 1
        return common

    def weights(self, row: int, scale: float) -> Floats:
        """Return (n,) weights of who is of its kind, falling with exp(-km / scale); sum 1."""
        alike = (self.kind == self.kind[row]) & self.administers
        weight = np.exp(-self.seat_km[row] / np.float32(scale)) * alike
        return np.asarray(weight / weight.sum(), np.float32)


class Nearness:
    """Counts how many bodies of each kind are nearer, for all at once.

    Parameters
    ----------
    kind
        (n,) what bodies are compared with.
    counts
        (n,) whether a body counts; one that does not has a rank among those that do.
    """

    def __init__(self, kind: Ints, counts: Bools) -> None:
        self._kinds = []
        for value in np.unique(kind):
            idle = np.flatnonzero((kind == value) & ~counts)
            # Where two are as near, who does not count comes before all, the others by their row.
            rows = np.concatenate([idle, np.flatnonzero((kind == value) & counts)])
            self._kinds.append((rows, len(idle), np.arange(len(rows), dtype=np.uint64)))

    def ranks(self, km: Floats) -> Floats:
        """Return ranks by distances, both (..., n), 0 the nearest.

        Distances are positive, and the bits of such floats ascend as they do: put before those of
        the place they sort both at once, several times as fast as a stable sort of places.
        """
        ranks = np.empty(km.shape, np.float32)
        for rows, idle, places in self._kinds:
            keys = km[..., rows].view(np.uint32).astype(np.uint64) << _PLACES
            keys |= places
            keys.sort(axis=-1)
            order = keys.astype(np.uint32)
            counting = order >= idle
            nearer = counting.cumsum(axis=-1) - counting
            if km.ndim == 1:
                ranks[rows[order]] = nearer
            else:
                np.put_along_axis(ranks, rows[order], nearer, axis=-1)
        return ranks
