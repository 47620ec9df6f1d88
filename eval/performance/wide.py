"""More bodies and more past cooperations than there are: the real ones repeated, for timing alone.

A copy of the Land lies beside the last one, each seat moved by up to a kilometre; all that a search
sees of a pair of bodies is computed a row at a time, so that no array of n x n stands in the way.
Past cooperations stay in the first copy, or are repeated with noise. What comes out says how long
a search takes, and nothing about how good it is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from sklearn.neighbors import BallTree

from data import Kind, LegalStatus
from matcher.known import patterns
from matcher.known.bodies import Bodies, Floats, Ints, Relation
from matcher.known.knowledge import Knowledge

_APART_KM = 320.0  # from the west of the Land to its east, and some more
_MOVED_KM, _NOISE = 1.0, 0.03
_REACH_KM = 40.0  # exp(-40 / 8) is below one percent
_SEED = 20_266


class Rows:
    """A table of pairs, (n, n), of which a row is computed when asked for; the last is kept."""

    def __init__(self, row: Callable[[int], npt.NDArray[Any]]) -> None:
        self.row = lru_cache(1)(row)

    def __getitem__(self, rows: Any) -> npt.NDArray[Any]:
        """Return (n,) of one row, (s, n) of several."""
        if isinstance(rows, int | np.integer):
            return self.row(int(rows))
        return np.stack([self.row(int(row)) for row in rows])


class Vicinity(Rows):
    """Weights around each body, the far ones left out of sums over all bodies."""

    def __init__(self, row: Callable[[int], Floats], near: csr_array) -> None:
        super().__init__(row)
        self.near = near

    def __matmul__(self, weights: Floats) -> Floats:
        """Return (n,) the mean of weights around each body."""
        return np.asarray(self.near @ weights)


@dataclass(frozen=True)
class RowBinning:
    """As `patterns.Binning`, a row at a time."""

    bins: Rows
    count: int
    prior: Floats

    def per_body(self, expected: Floats, searchers: Ints, prior_weight: float) -> Floats:
        """Spread expected partners a bin over the bodies in it; (s, n) logarithms."""
        spread = []
        for own, row in zip(expected, searchers, strict=True):
            bins = self.bins[int(row)]
            filled = np.bincount(bins, minlength=self.count)
            filled[bins[row]] -= 1
            share = (own + prior_weight * self.prior) / np.maximum(filled, 1)
            spread.append(np.log(np.maximum(share, 1e-30)).astype(np.float32)[bins])
        return np.stack(spread)


class WideBodies:
    """As `Bodies`, the real ones several times, with tables of pairs read a row at a time.

    Parameters
    ----------
    land
        The real bodies.
    seats_km
        (n, 2) where they lie, km in a plane.
    copies
        How many times they are there.
    """

    def __init__(self, land: Bodies, seats_km: npt.NDArray[np.float64], copies: int) -> None:
        self.copies, self._land, self._one = copies, land, len(land)
        rng = np.random.default_rng(_SEED)
        side = int(np.ceil(np.sqrt(copies)))
        corner = np.stack(np.divmod(np.arange(copies), side), axis=1) * _APART_KM
        moved = rng.uniform(-_MOVED_KM, _MOVED_KM, (copies, self._one, 2))
        moved[0] = 0  # the first copy is the real one
        self.seats = (seats_km[None] + corner[:, None] + moved).reshape(-1, 2)
        self._axes = np.ascontiguousarray(self.seats.T)
        for name in ("kind", "status", "log_population", "fiscal", "regiostar"):
            setattr(self, name, np.tile(getattr(land, name), copies))
        self.kind: Ints
        self.structure = np.tile(land.structure, (copies, 1))
        self.border_total = np.tile(land.border_total, copies)
        self.population_rank = np.tile(land.population_rank, copies)
        for name in ("district", "region", "association", "leader"):
            setattr(self, name, _apart(getattr(land, name), copies))
        self.is_municipality = self.kind == Kind.MUNICIPALITY.row
        self.is_district = self.kind == Kind.DISTRICT.row
        self.side = np.where(self.is_municipality, 0, 1)
        self.administers = np.ones(len(self), bool)
        self.home = slice(0, len(self))
        self.seat_km = Rows(self._seat_km)
        self.gap_km = Rows(lambda row: np.maximum(self.seat_km.row(row) - 5, 0))
        self.rank = Rows(self._rank)
        self.border_km = Rows(lambda row: self._inside(land.border_km, row, 0))
        self.hops = Rows(lambda row: self._inside(land.hops, row, 6))
        self.common_neighbours = Rows(lambda row: self._inside(land.common_neighbours, row, 0))
        self.relation = Rows(
            lambda row: self._inside(land.relation, row, int(Relation.OTHER)).astype(np.int64)
        )
        self.surroundings = Rows(lambda row: self._around(row, 20.0))
        self._near = self._neighbourhoods()
        self.vicinity = Vicinity(lambda row: self._around(row, 8.0), self._near)
        # Both forms of what the features ask for: an array, and a function of rows.
        local = np.tile(np.asarray(_local_km(land)), copies)
        by_row = inspect.isfunction(inspect.getattr_static(Bodies, "local_km", None))
        self.local_km: Any = local.__getitem__ if by_row else local

    def __len__(self) -> int:
        return self.copies * self._one

    def around(self, weights: Floats) -> Floats:
        """Return (n,) the mean over the vicinity of each body."""
        return self.vicinity @ weights

    def near_of(self, rows: Ints) -> csr_array:
        """Return the weights around some bodies of some bodies, (k, k), the far ones left out."""
        return csr_array(self._near[rows][:, rows])

    def _seat_km(self, row: int) -> Floats:
        east, north = (axis - axis[row] for axis in self._axes)
        return np.asarray(np.sqrt(east * east + north * north), np.float32)

    def _rank(self, row: int) -> Floats:
        km, rank = self.seat_km.row(row), np.empty(len(self), np.float32)
        for kind in range(len(Kind)):
            columns = np.flatnonzero(self.kind == kind)
            rank[columns[km[columns].argsort(kind="stable")]] = np.arange(len(columns))
        return rank

    def _around(self, row: int, scale: float) -> Floats:
        weight = np.exp(-self.seat_km.row(row) / np.float32(scale)) * (self.kind == self.kind[row])
        return np.asarray(weight / weight.sum(), np.float32)

    def _inside(self, table: Any, row: int, outside: float) -> npt.NDArray[Any]:
        copy, own = divmod(row, self._one)
        values = np.full(len(self), outside, np.float32)
        values[copy * self._one : (copy + 1) * self._one] = table[own]
        return values

    def _neighbourhoods(self) -> csr_array:
        near, km = BallTree(self.seats).query_radius(self.seats, _REACH_KM, return_distance=True)
        starts = np.concatenate([[0], np.cumsum([len(found) for found in near])])
        columns, rows = np.concatenate(near), np.repeat(np.arange(len(self)), np.diff(starts))
        weight = np.exp(-np.concatenate(km) / 8.0) * (self.kind[columns] == self.kind[rows])
        total = np.bincount(rows, weight)
        return csr_array(
            ((weight / total[rows]).astype(np.float32), columns, starts), (len(self),) * 2
        )


def widened(knowledge: Knowledge, seats_km: npt.NDArray[np.float64], copies: int) -> Knowledge:
    """Return the same cooperations known among several copies of the bodies."""
    bodies: Any = WideBodies(knowledge.bodies, seats_km, copies)
    more = ((0, 0), (0, len(bodies) - len(knowledge.bodies)))
    return Knowledge(
        bodies,
        knowledge.cooperations,
        patterns.Patterns(
            _binnings(bodies, knowledge.patterns),
            knowledge.patterns.histograms,
            knowledge.patterns.size,
            knowledge.patterns.whole_district,
        ),
        knowledge.requests,
        knowledge.passages,
        np.pad(knowledge.participation, more),
        np.pad(knowledge.lead, more),
    )


def lengthened(knowledge: Knowledge, times: int) -> Knowledge:
    """Return the same bodies with every cooperation known several times."""
    known = knowledge.patterns
    return Knowledge(
        knowledge.bodies,
        knowledge.cooperations * times,
        patterns.Patterns(
            known.binnings,
            {n: np.tile(t, (times, 1, 1)) for n, t in known.histograms.items()},
            np.tile(known.size, times),
            np.tile(known.whole_district, times),
        ),
        None,
        None,
        np.tile(knowledge.participation, (times, 1)),
        np.tile(knowledge.lead, (times, 1)),
    )


def noisy(vectors: Floats, count: int, seed: int = _SEED) -> Floats:
    """Return `count` unit vectors: the given ones over and over, each with noise of its own."""
    rng = np.random.default_rng(seed)
    made = np.empty((count, vectors.shape[1]), np.float32)
    for start in range(0, count, 50_000):
        part = slice(start, min(start + 50_000, count))
        source = vectors[np.arange(part.start, part.stop) % len(vectors)]
        noise = rng.standard_normal(source.shape, np.float32) * _NOISE
        made[part] = source + noise
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def _apart(codes: Ints, copies: int) -> Ints:
    """Give the areas of each copy numbers of their own; what is unknown (-1) stays so."""
    span = int(codes.max()) + 1
    shifted = np.tile(codes, copies) + np.repeat(np.arange(copies) * span, len(codes))
    return np.where(np.tile(codes, copies) < 0, -1, shifted)


def _local_km(land: Bodies) -> Floats:
    given: Any = land.local_km
    return np.asarray(given(np.arange(len(land))) if callable(given) else given, np.float32)


def _binnings(bodies: Any, known: patterns.Patterns) -> dict[str, Any]:
    """Sort into bins as `patterns.make_binnings` does; the prior stays that of the real bodies."""
    size, status = bodies.log_population, bodies.status

    def within(values: Callable[[int], Floats], edges: Floats) -> Callable[[int], Ints]:
        count = len(edges) + 1
        return lambda row: bodies.relation[row] * count + np.digitize(values(row), edges)

    def ratio(row: int) -> Floats:
        return np.asarray(size - size[row])

    rank = bodies.rank.row
    tables: dict[str, Callable[[int], Ints]] = {
        "distance": lambda row: np.digitize(bodies.seat_km[row], patterns._KM_EDGES),
        "rank": lambda row: np.digitize(rank(row), patterns._RANK_EDGES),
        "size": lambda row: np.digitize(ratio(row), patterns._RATIO_EDGES),
        "relation": bodies.relation.row,
        "standing_in_relation": lambda row: bodies.relation[row] * len(LegalStatus) + status,
        "rank_in_relation": within(rank, patterns._NEAR_EDGES),
        "size_in_relation": within(ratio, patterns._ALIKE_EDGES),
    }
    return {
        name: RowBinning(Rows(row), known.binnings[name].count, known.binnings[name].prior)
        for name, row in tables.items()
    }
