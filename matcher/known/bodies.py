"""What is fixed about the bodies, as arrays: geography, structure, and how two bodies stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import Dataset, Kind, LegalStatus
from data.laender import land_name
from data.pairs import PairTable, SparseTable
from matcher.known.around import Around
from matcher.known.relation import Relations

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_UNKNOWN = -1
_NO_WEIGHT = 1e-8
_NEAREST = 2  # three associations: each has two others
# By judgement, not tuned: a neighbour's seat is about 8 km away, the end of a Kreis about 20.
_VICINITY_KM, _SURROUNDINGS_KM = 8.0, 20.0
_CENSUS_COLUMNS = (
    "share_under_19", "share_67_plus", "population_change_pct_2018_2021",
    "population_change_pct_2022_2024", "share_settlement", "share_agriculture", "share_forest",
)  # fmt: skip
TREND = tuple(i for i, name in enumerate(_CENSUS_COLUMNS) if name.startswith("population_change"))
"""Columns of `Bodies.structure`: how the number of inhabitants changed."""
AGEING = _CENSUS_COLUMNS.index("share_67_plus")
"""Column of `Bodies.structure`: the share of people aged 67 or more."""


@dataclass(frozen=True)
class Bodies:
    """Arrays over the n bodies, in the order of `Dataset.bodies`.

    Attributes
    ----------
    keys
        Index of keys; row i of every array is body `keys[i]`.
    kind
        (n,) row in `Kind`; `is_municipality` and so on ask for one of them.
    status
        (n,) row in `LegalStatus`.
    district
        (n,) code of the Kreis (a Kreis has its own, a kreisfreie Stadt one for itself).
    region, association, leader, regiostar
        (n,) codes; -1 where there is none or it is unknown.
    log_population
        (n,) natural logarithm of inhabitants.
    fiscal
        (n,) level 1 … 7, NaN where unknown.
    structure
        (n, 8) z-scores of age, trend and land use, and of log density; NaN where unknown.
    administers
        (n,) whether the body has an administration of its own, and may be proposed; not those that
        a Verbandsgemeinde or its like administers.
    served
        (n,) whether it lies where the service is meant for.
    land
        (n,) name of the Land.
    home
        Rows of the bodies of the Land whose cooperations are known, `slice(0, h)`.
    seat_km, gap_km, border_km
        (n, n) km; see `Dataset`. As all tables of pairs they are read a row at a time.
    contains
        (n, n) bool, row contains column (a Kreis its municipalities, an association its Kreise).
    rank
        (n, n) number of bodies of the column's kind that are nearer to the row than the column.
    hops
        (n, n) borders to cross from row to column, at most 6.
    common_neighbours
        (n, n) number of bodies that border on both.
    relation
        (n, n) `relation.Relation` of the column to the row.
    border_total
        (n,) km of border with bodies of the same kind.
    population_rank
        (n,) place by inhabitants among the municipalities of the Kreis, 0 the largest.
    vicinity, surroundings
        (n, n) weights of the bodies of the same kind around the row, falling with exp(-km / 8) and
        exp(-km / 20); rows sum to 1.
    """

    keys: pd.Index
    kind: Ints
    status: Ints
    district: Ints
    region: Ints
    association: Ints
    leader: Ints
    regiostar: Ints
    log_population: Floats
    fiscal: Floats
    structure: Floats
    administers: Bools
    served: Bools
    land: npt.NDArray[np.str_]
    home: slice
    seat_km: PairTable
    gap_km: PairTable
    border_km: SparseTable
    contains: PairTable
    rank: PairTable
    hops: PairTable
    common_neighbours: PairTable
    relation: PairTable
    border_total: Floats
    population_rank: Floats
    vicinity: PairTable
    surroundings: PairTable

    @classmethod
    def of(cls, dataset: Dataset) -> Bodies:
        """Compute the arrays once from the dataset."""
        bodies = dataset.bodies
        size, home = len(bodies), slice(0, dataset.home or len(bodies))
        kind = bodies["kind"].map({k.value: k.row for k in Kind}).to_numpy(np.int64)
        status = bodies["legal_status"].map({s.value: s.row for s in LegalStatus})
        own = bodies["district_ags"].where(bodies["district_ags"].notna(), bodies.index.to_series())
        district = np.asarray(pd.factorize(own)[0], dtype=np.int64)
        region = _codes(bodies["government_region"])
        association = _codes(bodies["landscape_association"])
        administers = np.ones(size, bool)
        if "carried" in bodies:
            administers = ~bodies["carried"].to_numpy(bool)
        around = Around(dataset, kind, administers)
        stand = Relations(kind, district, region, association, around)
        return cls(
            keys=bodies.index,
            kind=kind,
            status=status.to_numpy(np.int64),
            district=district,
            region=region,
            association=association,
            leader=_codes(bodies["leader_region"]),
            regiostar=bodies["regiostar7"].fillna(_UNKNOWN).to_numpy(np.int64),
            log_population=np.log(bodies["population"].to_numpy(np.float64)).astype(np.float32),
            fiscal=bodies["fiscal_status_level"].to_numpy(np.float32),
            structure=_structure(bodies, home),
            administers=administers,
            served=np.array([dataset.region.serves(str(key)) for key in bodies.index]),
            land=np.array([land_name(str(key)) for key in bodies.index]),
            home=home,
            seat_km=dataset.seat_km,
            gap_km=dataset.gap_km,
            border_km=dataset.border_km,
            contains=PairTable(size, around.contains, several=True),
            rank=PairTable(size, around.rank, several=True),
            hops=PairTable(size, around.hops),
            common_neighbours=PairTable(size, around.common_neighbours),
            relation=PairTable(size, stand.rows, several=True),
            border_total=around.border_total,
            population_rank=_population_ranks(bodies, district, kind, administers),
            vicinity=PairTable(size, lambda row: around.weights(row, _VICINITY_KM)),
            surroundings=PairTable(size, lambda row: around.weights(row, _SURROUNDINGS_KM)),
        )

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def of_standing(self) -> Ints:
        """(6,) bodies of each `LegalStatus` where cooperations are known."""
        return np.bincount(self.status[self.home], minlength=len(LegalStatus))

    def neighbours(self, row: int) -> Ints:
        """Return the rows of the bodies of the same kind that border on this one."""
        return np.flatnonzero((self.border_km[row] > 0) & (self.kind == self.kind[row]))

    def local_km(self, rows: Ints) -> Floats:
        """Return (len(rows),) mean distance of each to the two nearest bodies of the same kind."""
        return np.array([self._local_km(int(row)) for row in rows], np.float32)

    def _local_km(self, row: int) -> float:
        others = self.administers & (self.kind == self.kind[row])
        others[row] = False
        km = self.seat_km[row][others]
        nearest = np.sort(np.partition(km, _NEAREST - 1)[:_NEAREST]) if len(km) > _NEAREST else km
        return float(nearest.mean()) if len(km) else float("inf")

    def around(self, weights: Floats, rows: Ints | None = None) -> Floats:
        """Return the mean over the `vicinity` of each body of (n,) what is known of bodies.

        Only of those of the Land anything is known. (n,), or (len(rows),) of some bodies alone.
        """
        near, vicinity = self._vicinity_of_home
        if rows is None:
            means = np.zeros(len(self), np.float32)
            means[near] = vicinity @ weights[self.home]
            return means
        means = np.zeros(len(rows), np.float32)
        place = np.searchsorted(near, rows).clip(max=len(near) - 1)
        found = near[place] == rows
        means[found] = vicinity[place[found]] @ weights[self.home]
        return means

    @cached_property
    def _vicinity_of_home(self) -> tuple[Ints, Floats]:
        """Rows that have bodies of the Land around them, and their weights of these, (k, h)."""
        home, reach = range(self.home.stop), -_VICINITY_KM * np.log(_NO_WEIGHT)
        near = np.zeros(len(self), bool)
        for row in home:
            near |= self.seat_km[row] <= reach
        near[self.home] = True
        rows = np.flatnonzero(near)
        # Copied: a slice would keep the row of all bodies.
        return rows, np.stack([self.vicinity[row][self.home].copy() for row in rows])

    @cached_property
    def is_municipality(self) -> Bools:
        """(n,) whether the body is a municipality."""
        return np.asarray(self.kind == Kind.MUNICIPALITY.row)

    @cached_property
    def is_district(self) -> Bools:
        """(n,) whether the body is a Kreis."""
        return np.asarray(self.kind == Kind.DISTRICT.row)

    @cached_property
    def is_association(self) -> Bools:
        """(n,) whether the body is an association."""
        return np.asarray(self.kind == Kind.ASSOCIATION.row)

    @cached_property
    def side(self) -> Ints:
        """(n,) from which side a body sees others: 0 a municipality, 1 a Kreis or association."""
        return np.where(self.is_municipality, 0, 1)


def _codes(column: pd.Series) -> Ints:
    return np.asarray(pd.factorize(column)[0], dtype=np.int64)


def _structure(bodies: pd.DataFrame, home: slice) -> Floats:
    figures = bodies[list(_CENSUS_COLUMNS)].to_numpy(np.float64)
    density = np.log(bodies["population"] / bodies["area_km2"]).to_numpy(np.float64)
    stacked = np.column_stack([figures, density])
    places = (bodies["kind"] == Kind.MUNICIPALITY.value).to_numpy()[home]
    known = stacked[home][places]
    return np.asarray((stacked - known.mean(axis=0)) / known.std(axis=0), np.float32)


def _population_ranks(
    bodies: pd.DataFrame, district: Ints, kind: Ints, administers: Bools
) -> Floats:
    population = bodies["population"].where((kind == Kind.MUNICIPALITY.row) & administers)
    ranks = population.groupby(district).rank(ascending=False, method="first") - 1
    return np.asarray(ranks.fillna(-1), np.float32)
