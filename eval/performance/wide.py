"""More bodies and more past cooperations than there are: the real ones repeated, for timing alone.

A copy of the Land lies beside the last one, each seat moved by up to a kilometre; all that a search
sees of a pair of bodies is computed a row at a time, so that no array of n x n stands in the way.
Past cooperations stay in the first copy, or are repeated with noise. What comes out says how long
a search takes, and nothing about how good it is.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from sklearn.neighbors import BallTree

from data.pairs import PairTable
from matcher.known import patterns
from matcher.known.around import Nearness
from matcher.known.bodies import Bodies, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.relation import Relation

_APART_KM = 320.0  # from the west of the Land to its east, and some more
_MOVED_KM, _NOISE = 1.0, 0.03
_AREA_KM = 5.0  # what two areas take of the distance of their seats, about
_REACH_KM = 40.0  # exp(-40 / 8) is below one percent
_SEED = 20_266


class WideBodies(Bodies):
    """The real bodies several times; only the first copy has cooperations, as the Land has.

    Attributes
    ----------
    seats
        (n, 2) where they lie, km in a plane.
    """

    seats: npt.NDArray[np.float64]
    _near: csr_array
    _local: Floats

    @classmethod
    def repeated(cls, land: Bodies, seats_km: npt.NDArray[np.float64], copies: int) -> WideBodies:
        """Repeat the bodies of the Land, which lie at `seats_km` (n, 2), side by side."""
        beside = _Beside(land, seats_km, copies)
        size = copies * len(land)
        tables = {
            "gap_km": lambda row: np.maximum(beside.km[row] - _AREA_KM, 0),
            "rank": beside.rank,
            "border_km": lambda row: beside.inside(land.border_km, row, 0),
            "hops": lambda row: beside.inside(land.hops, row, 6),
            "contains": lambda row: beside.inside(land.contains, row, 0) > 0,
            "common_neighbours": lambda row: beside.inside(land.common_neighbours, row, 0),
            "relation": lambda row: beside.inside(land.relation, row, Relation.OTHER).astype(
                np.uint8
            ),
            "vicinity": lambda row: beside.weights(row, 8.0),
            "surroundings": lambda row: beside.weights(row, 20.0),
        }
        areas = ("district", "region", "association", "leader")
        values: dict[str, Any] = {
            "keys": pd.RangeIndex(size),
            "seat_km": beside.km,
            "home": slice(0, len(land)),
            "structure": np.tile(land.structure, (copies, 1)),
        }
        values |= {name: _apart(getattr(land, name), copies) for name in areas}
        values |= {name: PairTable(size, row) for name, row in tables.items()}
        for field in fields(Bodies):
            if field.name not in values:
                values[field.name] = np.tile(getattr(land, field.name), copies)
        made = cls(**values)
        local = np.tile(land.local_km(np.arange(len(land))), copies)
        for name, value in {"seats": beside.seats, "_near": beside.near(), "_local": local}.items():
            object.__setattr__(made, name, value)
        return made

    def local_km(self, rows: Ints) -> Floats:
        """Return (len(rows),) as in the first copy."""
        return self._local[rows]

    def around(self, weights: Floats, rows: Ints | None = None) -> Floats:
        """Return the mean over the vicinity of each body, or of some, the far ones left out."""
        near = self._near if rows is None else self._near[rows]
        return np.asarray(near @ weights)


class _Beside:
    """Where copies lie, and what one body sees of all."""

    def __init__(self, land: Bodies, seats_km: npt.NDArray[np.float64], copies: int) -> None:
        self.one, self.size = len(land), copies * len(land)
        rng = np.random.default_rng(_SEED)
        side = int(np.ceil(np.sqrt(copies)))
        corner = np.stack(np.divmod(np.arange(copies), side), axis=1) * _APART_KM
        moved = rng.uniform(-_MOVED_KM, _MOVED_KM, (copies, self.one, 2))
        moved[0] = 0  # the first copy is the real one
        self.seats = (seats_km[None] + corner[:, None] + moved).reshape(-1, 2)
        self.kind = np.tile(land.kind, copies)
        self._order = Nearness(self.kind, np.ones(self.size, bool))
        self._axes = np.ascontiguousarray(self.seats.T)
        self.km = PairTable(self.size, self._seat_km)

    def _seat_km(self, row: int) -> Floats:
        east, north = (axis - axis[row] for axis in self._axes)
        return np.asarray(np.sqrt(east * east + north * north), np.float32)

    def rank(self, row: int) -> Floats:
        return self._order.ranks(self.km[row])

    def weights(self, row: int, scale: float) -> Floats:
        weight = np.exp(-self.km[row] / np.float32(scale)) * (self.kind == self.kind[row])
        return np.asarray(weight / weight.sum(), np.float32)

    def inside(self, table: Any, row: int, outside: float) -> Floats:
        copy, own = divmod(row, self.one)
        values = np.full(self.size, outside, np.float32)
        values[copy * self.one : (copy + 1) * self.one] = table[own]
        return values

    def near(self) -> csr_array:
        """Return the weights around each body of those within reach, (n, n), rows sum to 1."""
        tree = BallTree(self.seats)
        near, km = tree.query_radius(self.seats, _REACH_KM, return_distance=True)
        starts = np.concatenate([[0], np.cumsum([len(found) for found in near])])
        columns, rows = np.concatenate(near), np.repeat(np.arange(self.size), np.diff(starts))
        weight = np.exp(-np.concatenate(km) / 8.0) * (self.kind[columns] == self.kind[rows])
        total = np.bincount(rows, weight)
        weight = (weight / total[rows]).astype(np.float32)
        return csr_array((weight, columns, starts), (self.size,) * 2)


def widened(knowledge: Knowledge, seats_km: npt.NDArray[np.float64], copies: int) -> Knowledge:
    """Return the same cooperations known among several copies of the bodies."""
    bodies = WideBodies.repeated(knowledge.bodies, seats_km, copies)
    return Knowledge(
        bodies,
        knowledge.cooperations,
        patterns.seen_among(knowledge.patterns, bodies),
        knowledge.requests,
        knowledge.passages,
        knowledge.participation,
        knowledge.lead,
    )


def lengthened(knowledge: Knowledge, times: int) -> Knowledge:
    """Return the same bodies with every cooperation known several times."""
    known = knowledge.patterns
    return Knowledge(
        knowledge.bodies,
        knowledge.cooperations * times,
        patterns.Patterns(
            known.binnings,
            np.tile(known.counted, (times, 1, 1)),
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
