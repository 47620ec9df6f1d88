"""A search among candidates alone: what it costs where not all bodies are scored.

Features and curves are computed for the candidates; how many bodies lie in a bin, and how many are
nearer, is still counted over all of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from data import LegalStatus
from eval.performance.wide import Rows, Vicinity, WideBodies
from matcher.candidates import Candidates
from matcher.features import NAMES, features, make_query
from matcher.known import patterns
from matcher.known.bodies import Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from models import Ranker

_PER_STANDING = ("standing_pattern", "expected_standing")


class NarrowBinning:
    """As `patterns.Binning`, for one searcher and its candidates."""

    def __init__(self, bins: Ints, filled: Ints, prior: Floats) -> None:
        self.bins, self.filled, self.prior = bins, np.maximum(filled, 1), prior

    def per_body(self, expected: Floats, searchers: Ints, prior_weight: float) -> Floats:
        """Spread expected partners a bin over the bodies in it; (1, candidates) logarithms."""
        share = (expected + prior_weight * self.prior) / self.filled
        return np.log(np.maximum(share, 1e-30)).astype(np.float32)[:, self.bins]


class NarrowBodies:
    """The candidates of one search, as `Bodies`, in the view of the searcher alone."""

    def __init__(self, wide: WideBodies, searcher: int, rows: Ints) -> None:
        self.rows, self.wide, self.searcher = rows, wide, searcher
        everyone: Any = wide
        for name in (
            "kind", "status", "district", "region", "association", "leader", "regiostar",
            "log_population", "fiscal", "structure", "border_total", "population_rank",
            "is_municipality", "is_district", "side", "administers",
        ):  # fmt: skip
            setattr(self, name, getattr(everyone, name)[rows])
        self.kind: Ints
        self.home = slice(0, len(rows))
        self.km = wide.seat_km.row(searcher)
        for name in ("border_km", "hops", "common_neighbours", "gap_km", "relation"):
            self._keep(name, getattr(everyone, name).row(searcher)[rows])
        self._keep("seat_km", self.km[rows])
        self._keep("surroundings", wide.surroundings.row(searcher)[rows])
        self.ranks = wide.rank.row(searcher)
        self._keep("rank", self.ranks[rows])
        near = wide.vicinity.row(searcher)[rows]
        self.vicinity = Vicinity(lambda _: near, wide.near_of(rows))
        local = everyone.local_km
        self.local_km = (lambda asked: local(rows[asked])) if callable(local) else local[rows]

    def _keep(self, name: str, row: Any) -> None:
        setattr(self, name, Rows(lambda _: row))

    def __len__(self) -> int:
        return len(self.rows)

    def around(self, weights: Floats) -> Floats:
        """Return (candidates,) the mean over the vicinity of each."""
        return self.vicinity @ weights


def narrowed(wide: Knowledge, searcher: int, rows: Ints) -> Knowledge:
    """Return the state in which only some bodies are there, seen by one of them."""
    everyone: Any = wide.bodies
    bodies: Any = NarrowBodies(everyone, searcher, rows)
    took_part, led = wide.ties.cooperations[rows], wide.led[rows]
    state = Knowledge(
        bodies,
        wide.cooperations,
        patterns.Patterns(
            _binnings(everyone, bodies, wide.patterns),
            wide.patterns.histograms,
            wide.patterns.size,
            wide.patterns.whole_district,
        ),
        None,
        None,
        np.ascontiguousarray(took_part.toarray().T),
        np.ascontiguousarray(led.toarray().T),
    )
    # What is summed over all bodies, or kept sparse, was made before.
    for name in ("members_by_status", "areas", "years"):
        vars(state)[name] = getattr(wide, name)
    vars(state)["led"] = led
    vars(state.ties)["cooperations"] = took_part
    vars(state.ties)["usual_share"] = wide.ties.usual_share
    return state


def narrow_scores(
    wide: Knowledge, ranker: Ranker, candidates: Candidates, searcher: int, matter: Matter
) -> tuple[Ints, Any]:
    """Find candidates and score them, with all contributions; rows and scores."""
    weight = make_query(wide, searcher, matter).similar_weight
    rows = candidates.of(searcher, weight)
    state = narrowed(wide, searcher, rows)
    expected = matter.expectation
    known = replace(matter, expectation=replace(expected, taking_part=expected.taking_part[rows]))
    place = int(np.searchsorted(rows, searcher))
    matrix = features(make_query(state, place, known), state)[0]
    _count_all(matrix, wide.bodies.status, rows)
    base, parts = ranker.contributions(matrix)
    return rows, base + parts.sum(axis=1)


def _count_all(matrix: Floats, status: Ints, rows: Ints) -> None:
    """Mend what is shared out over the bodies of a standing: over all, not the candidates alone."""
    everyone, some = (
        np.maximum(np.bincount(given, minlength=len(LegalStatus)), 1)
        for given in (status, status[rows])
    )
    fewer = np.log(some / everyone)[status[rows]]
    for name in _PER_STANDING:
        matrix[:, NAMES.index(name)] += fewer


def _binnings(everyone: Any, bodies: Any, known: patterns.Patterns) -> dict[str, Any]:
    """Sort all bodies into bins once, and keep the bins of the candidates."""
    ratio = everyone.log_population - everyone.log_population[bodies.searcher]
    relation = everyone.relation.row(bodies.searcher)
    near = np.digitize(bodies.ranks, patterns._NEAR_EDGES)
    alike = np.digitize(ratio, patterns._ALIKE_EDGES)
    tables = {
        "distance": np.digitize(bodies.km, patterns._KM_EDGES),
        "rank": np.digitize(bodies.ranks, patterns._RANK_EDGES),
        "size": np.digitize(ratio, patterns._RATIO_EDGES),
        "relation": relation,
        "standing_in_relation": relation * len(LegalStatus) + everyone.status,
        "rank_in_relation": relation * (len(patterns._NEAR_EDGES) + 1) + near,
        "size_in_relation": relation * (len(patterns._ALIKE_EDGES) + 1) + alike,
    }
    made = {}
    for name, bins in tables.items():
        binning = known.binnings[name]
        filled = np.bincount(bins, minlength=binning.count)
        filled[bins[bodies.searcher]] -= 1
        made[name] = NarrowBinning(bins[bodies.rows], filled, binning.prior)
    return made
