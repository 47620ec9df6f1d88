"""What is fixed about the bodies, as arrays: geography, structure, and how two bodies stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import Dataset, Kind, LegalStatus

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_FAR_HOPS = 6
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


class Relation(IntEnum):
    """How a candidate stands to the searcher; the first that holds."""

    OWN_DISTRICT = 0
    MEMBER = 1
    ASSOCIATION = 2
    NEIGHBOUR_SAME_DISTRICT = 3
    SAME_DISTRICT = 4
    NEIGHBOUR = 5
    OTHER_DISTRICT = 6
    SAME_REGION = 7
    SAME_ASSOCIATION = 8
    OTHER = 9


@dataclass(frozen=True, slots=True)
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
        (n, 8) z-scores of age, trend and land use, and of log density.
    seat_km, gap_km, border_km
        (n, n) km; see `Dataset`.
    contains
        (n, n) bool, row contains column (a Kreis its municipalities, an association its Kreise).
    rank
        (n, n) number of bodies of the column's kind that are nearer to the row than the column.
    hops
        (n, n) borders to cross from row to column, at most 6.
    common_neighbours
        (n, n) number of bodies that border on both.
    relation
        (n, n) `Relation` of the column to the row.
    local_km
        (n,) mean distance to the two nearest bodies of the same kind.
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
    seat_km: Floats
    gap_km: Floats
    border_km: Floats
    contains: Bools
    rank: Floats
    hops: Floats
    common_neighbours: Floats
    relation: Ints
    local_km: Floats
    border_total: Floats
    population_rank: Floats
    vicinity: Floats
    surroundings: Floats

    @classmethod
    def of(cls, dataset: Dataset) -> Bodies:
        """Compute the arrays once from the dataset."""
        bodies = dataset.bodies
        kind = bodies["kind"].map({k.value: k.row for k in Kind}).to_numpy(np.int64)
        status = bodies["legal_status"].map({s.value: s.row for s in LegalStatus})
        own = bodies["district_ags"].where(bodies["district_ags"].notna(), bodies.index.to_series())
        district = np.asarray(pd.factorize(own)[0], dtype=np.int64)
        region = _codes(bodies["government_region"])
        association = _codes(bodies["landscape_association"])
        contains = _containment(dataset.members)
        borders = dataset.border_km > 0
        same_kind = kind[:, None] == kind[None, :]
        neighbours = (borders & same_kind).astype(np.float32)
        return cls(
            keys=bodies.index,
            kind=kind,
            status=status.to_numpy(np.int64),
            district=district,
            region=region,
            association=association,
            leader=_codes(bodies["leader_region"]),
            regiostar=bodies["regiostar7"].to_numpy(np.int64),
            log_population=np.log(bodies["population"].to_numpy(np.float64)).astype(np.float32),
            fiscal=bodies["fiscal_status_level"].to_numpy(np.float32),
            structure=_structure(bodies),
            seat_km=dataset.seat_km,
            gap_km=dataset.gap_km,
            border_km=dataset.border_km,
            contains=contains,
            rank=_ranks(dataset.seat_km, kind),
            hops=_hops(neighbours > 0),
            common_neighbours=(neighbours @ neighbours).astype(np.float32),
            relation=_relations(kind, district, region, association, contains, borders),
            local_km=_local_km(dataset.seat_km, same_kind),
            border_total=(dataset.border_km * same_kind).sum(axis=1, dtype=np.float32),
            population_rank=_population_ranks(bodies, district, kind),
            vicinity=_around(dataset.seat_km, same_kind, _VICINITY_KM),
            surroundings=_around(dataset.seat_km, same_kind, _SURROUNDINGS_KM),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def neighbours(self, row: int) -> Ints:
        """Return the rows of the bodies of the same kind that border on this one."""
        return np.flatnonzero((self.border_km[row] > 0) & (self.kind == self.kind[row]))

    @property
    def is_municipality(self) -> Bools:
        """(n,) whether the body is a municipality."""
        return np.asarray(self.kind == Kind.MUNICIPALITY.row)

    @property
    def is_district(self) -> Bools:
        """(n,) whether the body is a Kreis."""
        return np.asarray(self.kind == Kind.DISTRICT.row)

    @property
    def is_association(self) -> Bools:
        """(n,) whether the body is an association."""
        return np.asarray(self.kind == Kind.ASSOCIATION.row)

    @property
    def side(self) -> Ints:
        """(n,) from which side a body sees others: 0 a municipality, 1 a Kreis or association."""
        return np.where(self.is_municipality, 0, 1)


def _codes(column: pd.Series) -> Ints:
    return np.asarray(pd.factorize(column)[0], dtype=np.int64)


def _containment(members: Bools) -> Bools:
    sizes = members.sum(axis=1)
    common = members.astype(np.float32) @ members.astype(np.float32).T
    # Row contains column when all of the column's municipalities are the row's, and it has more.
    inside = (common >= sizes[None, :]) & (sizes[:, None] > sizes[None, :])
    return np.asarray(inside)


def _structure(bodies: pd.DataFrame) -> Floats:
    figures = bodies[list(_CENSUS_COLUMNS)].to_numpy(np.float64)
    density = np.log(bodies["population"] / bodies["area_km2"]).to_numpy(np.float64)
    stacked = np.column_stack([figures, density])
    places = (bodies["kind"] == Kind.MUNICIPALITY.value).to_numpy()
    mean, spread = stacked[places].mean(axis=0), stacked[places].std(axis=0)
    return np.asarray((stacked - mean) / spread, np.float32)


def _ranks(distance: Floats, kind: Ints) -> Floats:
    rank = np.zeros_like(distance)
    for value in np.unique(kind):
        columns = np.flatnonzero(kind == value)
        order = distance[:, columns].argsort(axis=1, kind="stable").argsort(axis=1)
        rank[:, columns] = order
    return rank


def _local_km(seat_km: Floats, same_kind: Bools) -> Floats:
    others = np.where(same_kind & ~np.eye(len(seat_km), dtype=bool), seat_km, np.inf)
    return np.asarray(np.sort(others, axis=1)[:, :_NEAREST].mean(axis=1), np.float32)


def _population_ranks(bodies: pd.DataFrame, district: Ints, kind: Ints) -> Floats:
    population = bodies["population"].where(kind == Kind.MUNICIPALITY.row)
    ranks = population.groupby(district).rank(ascending=False, method="first") - 1
    return np.asarray(ranks.fillna(-1), np.float32)


def _around(seat_km: Floats, same_kind: Bools, scale: float) -> Floats:
    weight = np.exp(-seat_km / scale) * same_kind
    return np.asarray(weight / weight.sum(axis=1, keepdims=True), np.float32)


def _hops(neighbours: Bools) -> Floats:
    count = len(neighbours)
    hops = np.full((count, count), _FAR_HOPS, np.float32)
    reached = np.eye(count, dtype=bool)
    np.fill_diagonal(hops, 0)
    step = neighbours.astype(np.float32)
    for distance in range(1, _FAR_HOPS):
        fresh = (reached.astype(np.float32) @ step > 0) & ~reached
        hops[fresh] = distance
        reached |= fresh
    return hops


def _relations(
    kind: Ints, district: Ints, region: Ints, landscape: Ints, contains: Bools, borders: Bools
) -> Ints:
    same_district = district[:, None] == district[None, :]
    place, kreis = kind == Kind.MUNICIPALITY.row, kind == Kind.DISTRICT.row
    association = kind == Kind.ASSOCIATION.row
    to_kreis = np.broadcast_to(kreis[None, :], same_district.shape)
    rules = [
        (Relation.ASSOCIATION, association[None, :] | association[:, None]),
        (Relation.OWN_DISTRICT, contains.T & to_kreis),
        (Relation.MEMBER, contains),
        (Relation.NEIGHBOUR_SAME_DISTRICT, same_district & borders),
        (Relation.SAME_DISTRICT, same_district),
        (Relation.NEIGHBOUR, borders & (kind[:, None] == kind[None, :])),
        (Relation.OTHER_DISTRICT, to_kreis & place[:, None]),
        (Relation.SAME_REGION, (region[:, None] == region[None, :])),
        (Relation.SAME_ASSOCIATION, (landscape[:, None] == landscape[None, :])),
    ]
    conditions = [condition for _, condition in rules]
    return np.select(conditions, [int(name) for name, _ in rules], default=int(Relation.OTHER))
