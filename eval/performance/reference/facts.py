"""What is fixed about bodies and known cooperations, as dictionaries and lists."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data import Cooperation, Dataset, Kind, LegalStatus
from matcher.known.relation import Relation

KM_EDGES = [5, 8, 11, 14, 18, 23, 30, 40, 55, 80, 120]
RANK_EDGES = [1, 2, 3, 5, 8, 12, 18, 27, 40, 70, 140]
RATIO_EDGES = [float(np.float32(x)) for x in (-2, -1.2, -0.7, -0.35, -0.12)]
RATIO_EDGES += [-x for x in reversed(RATIO_EDGES)]
NEAR_EDGES = [2, 5, 12, 40]
ALIKE_EDGES = [float(np.float32(x)) for x in (-0.9, -0.3, 0.3, 0.9)]
BIN_COUNTS = {
    "distance": 12, "rank": 12, "size": 11, "relation": len(Relation),
    "standing_in_relation": len(Relation) * len(LegalStatus),
    "rank_in_relation": len(Relation) * 5, "size_in_relation": len(Relation) * 5,
}  # fmt: skip
FAR_HOPS = 6
_FIGURES = [
    "share_under_19", "share_67_plus", "population_change_pct_2018_2021",
    "population_change_pct_2022_2024", "share_settlement", "share_agriculture", "share_forest",
]  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One body as another sees it."""

    km: float
    gap_km: float
    border_km: float
    rank: int
    hops: int
    relation: Relation


class Facts:
    """Bodies by their number in the table; what one sees of all others is computed when asked.

    Parameters
    ----------
    dataset
        The tables.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset, table = dataset, dataset.bodies
        self.rows = [dict(zip(table.columns, row, strict=True)) for row in table.to_numpy()]
        self.keys = [str(key) for key in table.index]
        self.number = {key: i for i, key in enumerate(self.keys)}
        kinds = {kind.value: kind for kind in Kind}
        standings = {status.value: status.row for status in LegalStatus}
        self.kind = [kinds[row["kind"]] for row in self.rows]
        self.status = [standings[row["legal_status"]] for row in self.rows]
        self.side = [0 if kind is Kind.MUNICIPALITY else 1 for kind in self.kind]
        self.district = [
            key if pd.isna(row["district_ags"]) else row["district_ags"]
            for key, row in zip(self.keys, self.rows, strict=True)
        ]
        self.log_population = [float(np.float32(math.log(r["population"]))) for r in self.rows]
        self.inside = [set(np.flatnonzero(row).tolist()) for row in dataset.members.toarray()]
        self.neighbours = [
            {
                j
                for j in np.flatnonzero(dataset.border_km[i] > 0).tolist()
                if self.kind[j] is self.kind[i]
            }
            for i in range(len(self.rows))
        ]
        self.of_status = Counter(self.status)
        self._seen: dict[int, list[Seen]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def same(self, column: str, one: int, other: int) -> bool:
        """Return whether both have the same, known value."""
        value = self.rows[one][column]
        return bool(not pd.isna(value) and value == self.rows[other][column])

    def seen_from(self, body: int) -> list[Seen]:
        """Return all bodies as one sees them."""
        if body not in self._seen:
            self._seen[body] = self._look(body)
        return self._seen[body]

    def around(self, body: int, scale_km: float) -> list[float]:
        """Return weights of the bodies of the same kind around one, which sum to 1."""
        km = self.dataset.seat_km[body].tolist()
        weights = [
            math.exp(-far / scale_km) if self.kind[j] is self.kind[body] else 0.0
            for j, far in enumerate(km)
        ]
        total = sum(weights)
        return [weight / total for weight in weights]

    @cached_property
    def vicinity(self) -> list[list[float]]:
        """What lies around each body."""
        return [self.around(body, 8.0) for body in range(len(self))]

    @cached_property
    def structure(self) -> list[list[float]]:
        """Z-scores of the figures of each body, over municipalities."""
        table = self.dataset.bodies
        figures = table[_FIGURES].astype(float)
        figures["log_density"] = np.log(table["population"] / table["area_km2"])
        places = figures[table["kind"] == Kind.MUNICIPALITY.value]
        scaled = (figures - places.mean()) / places.std(ddof=0)
        return [[float(np.float32(x)) for x in row] for row in scaled.to_numpy()]

    @cached_property
    def population_rank(self) -> list[int]:
        """Place of each municipality in its Kreis by inhabitants, 0 the largest; else -1."""
        places = [-1] * len(self)
        for name in set(self.district):
            mine = [
                i
                for i in range(len(self))
                if self.district[i] == name and self.kind[i] is Kind.MUNICIPALITY
            ]
            mine.sort(key=lambda i: -self.rows[i]["population"])
            for place, i in enumerate(mine):
                places[i] = place
        return places

    def bins(self, body: int, other: int) -> dict[str, int]:
        """Return in which bin of each property one body lies as the other sees it."""
        seen = self.seen_from(body)[other]
        ratio = float(np.float32(self.log_population[other] - self.log_population[body]))
        relation = int(seen.relation)
        return {
            "distance": bisect_right(KM_EDGES, seen.km),
            "rank": bisect_right(RANK_EDGES, seen.rank),
            "size": bisect_right(RATIO_EDGES, ratio),
            "relation": relation,
            "standing_in_relation": relation * len(LegalStatus) + self.status[other],
            "rank_in_relation": relation * 5 + bisect_right(NEAR_EDGES, seen.rank),
            "size_in_relation": relation * 5 + bisect_right(ALIKE_EDGES, ratio),
        }

    @cached_property
    def prior(self) -> dict[str, list[float]]:
        """Share of all ordered pairs in each bin."""
        counts: dict[str, Counter[int]] = {name: Counter() for name in BIN_COUNTS}
        for i in range(len(self)):
            for j in range(len(self)):
                if i != j:
                    for name, place in self.bins(i, j).items():
                        counts[name][place] += 1
        pairs = len(self) * (len(self) - 1)
        return {n: [c[b] / pairs for b in range(BIN_COUNTS[n])] for n, c in counts.items()}

    def covers_district(self, participants: list[int]) -> bool:
        """Return whether nearly all municipalities of a Kreis take part."""
        places = [i for i in participants if self.kind[i] is Kind.MUNICIPALITY]
        if len(places) < 3:
            return False
        name, count = Counter(self.district[i] for i in places).most_common(1)[0]
        of_it = sum(
            d == name and k is Kind.MUNICIPALITY
            for d, k in zip(self.district, self.kind, strict=True)
        )
        return bool(count >= 0.8 * of_it)

    def _look(self, body: int) -> list[Seen]:
        data = self.dataset
        km, gap, border = (x[body].tolist() for x in (data.seat_km, data.gap_km, data.border_km))
        rank = [0] * len(self)
        for kind in Kind:
            alike = [j for j in range(len(self)) if self.kind[j] is kind]
            for place, j in enumerate(sorted(alike, key=lambda j: km[j])):
                rank[j] = place
        hops = self._hops(body)
        return [
            Seen(km[j], gap[j], border[j], rank[j], hops[j], self._relation(body, j, border[j] > 0))
            for j in range(len(self))
        ]

    def _hops(self, body: int) -> list[int]:
        hops = [FAR_HOPS] * len(self)
        hops[body], edge = 0, {body}
        for step in range(1, FAR_HOPS):
            edge = {j for i in edge for j in self.neighbours[i] if hops[j] == FAR_HOPS}
            for j in edge:
                hops[j] = step
        return hops

    def _relation(self, one: int, other: int, touching: bool) -> Relation:
        mine, its = self.inside[one], self.inside[other]
        same_kreis = self.district[one] == self.district[other]
        to_kreis = self.kind[other] is Kind.DISTRICT
        if Kind.ASSOCIATION in (self.kind[one], self.kind[other]):
            return Relation.ASSOCIATION
        if to_kreis and mine < its:
            return Relation.OWN_DISTRICT
        if its < mine:
            return Relation.MEMBER
        if same_kreis:
            return Relation.NEIGHBOUR_SAME_DISTRICT if touching else Relation.SAME_DISTRICT
        if touching and self.kind[one] is self.kind[other]:
            return Relation.NEIGHBOUR
        if to_kreis and self.kind[one] is Kind.MUNICIPALITY:
            return Relation.OTHER_DISTRICT
        if self.rows[one]["government_region"] == self.rows[other]["government_region"]:
            return Relation.SAME_REGION
        if self.rows[one]["landscape_association"] == self.rows[other]["landscape_association"]:
            return Relation.SAME_ASSOCIATION
        return Relation.OTHER


class Known:
    """Known cooperations by their number.

    Parameters
    ----------
    facts
        The bodies.
    cooperations
        What is known.
    """

    def __init__(self, facts: Facts, cooperations: tuple[Cooperation, ...]) -> None:
        self.facts, self.cooperations = facts, cooperations
        self.members = [[facts.number[key] for key in c.participants] for c in cooperations]
        self.lead = [None if c.lead is None else facts.number[c.lead] for c in cooperations]
        self.closeness = [1 / max(len(m) - 1, 1) for m in self.members]
        self.sharing = [math.sqrt(close) for close in self.closeness]
        self.of_body: list[set[int]] = [set() for _ in range(len(facts))]
        for number, members in enumerate(self.members):
            for body in members:
                self.of_body[body].add(number)
        self.activity = [sum(self.sharing[c] for c in mine) for mine in self.of_body]
        self.total = [
            max(sum(self.closeness[c] * (len(self.members[c]) - 1) for c in mine), 1e-9)
            for mine in self.of_body
        ]
        sizes = [len(m) for m in self.members]
        taken = sum(w * s for w, s in zip(self.sharing, sizes, strict=True))
        pairs = sum(w * s * (s - 1) for w, s in zip(self.sharing, sizes, strict=True))
        self.usual_share = pairs / max(taken * (len(facts) - 1), 1e-9)
        self.whole = [facts.covers_district(m) for m in self.members]
        self.with_district = [any(facts.kind[b] is Kind.DISTRICT for b in m) for m in self.members]
        self.standings = [Counter(facts.status[b] for b in m) for m in self.members]
        self.histograms = [[self._histogram(m, side) for side in (0, 1)] for m in self.members]

    def between(self, one: int, other: int, worth: list[float]) -> float:
        """Return the worth of the cooperations of both; 0 with itself."""
        if one == other:
            return 0.0
        return sum(worth[c] for c in self.of_body[one] & self.of_body[other])

    def spread(self, start: dict[int, float]) -> dict[int, float]:
        """Follow close ties one step from weights of bodies."""
        reached: dict[int, float] = {}
        for body, weight in start.items():
            for c in self.of_body[body]:
                for other in self.members[c]:
                    if other != body:
                        reached[other] = reached.get(other, 0.0) + weight * self.closeness[c]
        return reached

    def _histogram(self, members: list[int], side: int) -> dict[str, dict[int, float]]:
        searchers = [b for b in members if self.facts.side[b] == side]
        counts: dict[str, dict[int, float]] = {name: {} for name in BIN_COUNTS}
        for one in searchers:
            for other in members:
                if one == other:
                    continue
                for name, place in self.facts.bins(one, other).items():
                    seen = counts[name].get(place, 0.0)
                    counts[name][place] = seen + 1 / len(searchers)
        return counts
