"""One search in plain Python: what holds for all candidates, then one candidate after the other."""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property

import numpy as np

from data import LegalStatus, TaskArea
from eval.performance.reference.facts import BIN_COUNTS, Facts, Known
from matcher.known.matter import Matter
from matcher.known.relation import Relation

_SHARPNESS = 43.0
_TYPICAL, _BROAD, _NEIGHBOURS = 1.5, 4.0, 60
_BROADLY = ("standing_in_relation", "rank_in_relation", "size_in_relation")


class PlainSearch:
    """What one body asks about one matter.

    Parameters
    ----------
    facts, known
        What is known.
    body
        Number of the body that asks.
    matter
        The text as it was read: encoding and reading are the same for all who are compared.
    """

    def __init__(self, facts: Facts, known: Known, body: int, matter: Matter) -> None:
        self.facts, self.known, self.body = facts, known, body
        self.likeness = matter.to_descriptions.tolist()
        self.expectation = matter.expectation
        self.broad = _softmax(self.likeness, _BROAD)
        self.by_request = _softmax(matter.to_requests.tolist(), _TYPICAL)
        best = sorted(range(len(self.likeness)), key=lambda c: -self.likeness[c])[:_NEIGHBOURS]
        weights = _softmax([self.likeness[c] for c in best], _TYPICAL)
        self.similar = dict(zip(best, weights, strict=True))

    @cached_property
    def mine(self) -> set[int]:
        """Cooperations of the searcher."""
        return self.known.of_body[self.body]

    @cached_property
    def areas(self) -> dict[TaskArea, float]:
        """Weight of each task area among the similar cooperations."""
        areas: dict[TaskArea, float] = {}
        for c, weight in self.similar.items():
            area = self.known.cooperations[c].task_area
            areas[area] = areas.get(area, 0.0) + weight
        return areas

    @cached_property
    def local_km(self) -> float:
        """Mean distance to the two nearest of the same kind."""
        facts = self.facts
        seen = facts.seen_from(self.body)
        alike = [
            s.km
            for j, s in enumerate(seen)
            if j != self.body and facts.kind[j] is facts.kind[self.body]
        ]
        nearest = sorted(alike)[:2]
        return sum(nearest) / len(nearest)

    def border_total(self, body: int) -> float:
        """Return the length of the border with bodies of the same kind, km."""
        border = self.facts.dataset.border_km[body]
        return sum(float(border[j]) for j in self.facts.neighbours[body])

    @cached_property
    def around(self) -> list[float]:
        """How far the surroundings of the searcher take part in each cooperation."""
        weights = self.facts.around(self.body, 20.0)
        return [sum(weights[b] for b in members) for members in self.known.members]

    @cached_property
    def close(self) -> list[float]:
        """Close ties of the searcher with each body."""
        known = self.known
        return [known.between(self.body, j, known.closeness) for j in range(len(self.facts))]

    @cached_property
    def ties_around(self) -> dict[int, float]:
        """Close ties of the searcher's surroundings."""
        return self.known.spread(dict(enumerate(self.facts.vicinity[self.body])))

    @cached_property
    def walk(self) -> dict[int, float]:
        """Chance to come to each body in up to three steps over ties."""
        known, total = self.known, self.known.total
        at = {j: tie / total[self.body] for j, tie in enumerate(self.close) if tie}
        chance = {j: 0.5 * value for j, value in at.items()}
        for share in (0.25, 0.125):
            at = known.spread({j: value / total[j] for j, value in at.items()})
            for j, value in at.items():
                chance[j] = chance.get(j, 0.0) + share * value
        return chance

    @cached_property
    def patterns(self) -> dict[str, Counter[int]]:
        """Partners expected in each bin by similar cooperations."""
        side = self.facts.side[self.body]
        mixed: dict[str, Counter[int]] = {name: Counter() for name in BIN_COUNTS}
        for name, bins in mixed.items():
            weights = enumerate(self.broad) if name in _BROADLY else self.similar.items()
            for c, weight in weights:
                for place, count in self.known.histograms[c][side][name].items():
                    bins[place] += weight * count  # type: ignore[assignment]
        return mixed

    @cached_property
    def filled(self) -> dict[str, Counter[int]]:
        """Bodies in each bin as the searcher sees them."""
        counts: dict[str, Counter[int]] = {name: Counter() for name in BIN_COUNTS}
        for j in range(len(self.facts)):
            if j != self.body:
                for name, place in self.facts.bins(self.body, j).items():
                    counts[name][place] += 1
        return counts

    def expected(self, name: str, place: int, foretold: bool) -> float:
        """Return partners expected per body in a bin, logarithm."""
        side = self.facts.side[self.body]
        if foretold:
            partners, prior = float(self.expectation.histograms[name][side][place]), 0.1
        else:
            partners, prior = self.patterns[name][place], 0.3
        share = partners + prior * self.facts.prior[name][place]
        return math.log(max(share / max(self.filled[name][place], 1), 1e-30))

    @cached_property
    def standing_patterns(self) -> list[float]:
        """Partners expected per body of each standing, as those of the searcher's see it."""
        own = self.facts.status[self.body]
        seen = [
            (weight, members)
            for weight, members in zip(self.broad, self.known.standings, strict=True)
            if members[own]
        ]
        total = max(sum(weight for weight, _ in seen), 1e-9)
        table = []
        for status in range(len(LegalStatus)):
            expected = sum(weight * members[status] for weight, members in seen) / total
            if status == own:
                expected = max(expected - 1, 0)
            table.append(math.log((expected + 0.02) / max(self.facts.of_status[status], 1)))
        return table

    @cached_property
    def constants(self) -> dict[str, float]:
        """Features that are the same for all candidates."""
        known, scalars = self.known, self.expectation.scalars.tolist()
        sizes = [math.log(len(members)) for members in known.members]
        mean = sum(w * s for w, s in zip(self.broad, sizes, strict=True))
        square = sum(w * s * s for w, s in zip(self.broad, sizes, strict=True))
        return {
            "searcher_status": self.facts.status[self.body],
            "searcher_log_population": self.facts.log_population[self.body],
            "searcher_activity": math.log1p(known.activity[self.body]),
            "group_size": sum(w * sizes[c] for c, w in self.similar.items()),
            "group_size_broad": mean,
            "group_size_spread": math.sqrt(max(square - mean**2, 0.0)),
            "whole_district": sum(w for c, w in self.similar.items() if known.whole[c]),
            "with_district": sum(
                w for w, there in zip(self.broad, known.with_district, strict=True) if there
            ),
            "expected_log_size": scalars[0],
            "expected_whole_district": scalars[1],
            "expected_with_district": scalars[2],
            "expected_with_lead": scalars[3],
            **self._foretold(),
        }

    def _foretold(self) -> dict[str, float]:
        """Return which shares of the partners foretold are where, and how their standings are."""
        side = self.facts.side[self.body]
        found = {
            f"foretold_standing_{status.name.lower()}": float(self.expectation.standings[row])
            for row, status in enumerate(LegalStatus)
        }
        for name in ("relation", "distance", "size"):
            partners = self.expectation.histograms[name][side].tolist()
            total = max(sum(partners), 0.1)
            for row, share in enumerate(partners):
                place = Relation(row).name.lower() if name == "relation" else str(row)
                if place != "member":
                    found[f"foretold_{name}_{place}"] = share / total
        return found


def _softmax(likeness: list[float], temperature: float) -> list[float]:
    top = max(likeness)
    # In single precision, as likeness is: its last digit is worth more than 1e-6 here.
    factor = np.float32(_SHARPNESS / temperature)
    odds = [math.exp(float((np.float32(x) - np.float32(top)) * factor)) for x in likeness]
    total = sum(odds)
    return [value / total for value in odds]
