"""All features of one candidate in plain Python, and its score: curves read and summed."""

from __future__ import annotations

import math
from bisect import bisect_right

import numpy as np

from eval.performance.reference.search import PlainSearch
from models.additive import AdditiveRanker, Curve

Values = dict[str, float]
_FEW = 1e-4


def score(ranker: AdditiveRanker, values: Values) -> float:
    """Return the log-odds of one candidate."""
    inputs = []
    total = ranker.base
    for given in ranker.inputs:
        value = values[given.feature]
        if given.level is not None:
            value = float(value == given.level)
        inputs.append(min(max((value - given.mean) / given.spread, -3.0), 3.0))
        total += inputs[-1] * given.odds
    for curve in ranker.curves:
        value = values[curve.feature]
        if math.isnan(value):
            continue
        lean = sum(x * w for x, w in zip(inputs, curve.gate.tolist(), strict=True))
        gate = 1 / (1 + math.exp(-min(max(lean, -4.0), 4.0)))
        few, many = _read(curve, value)
        total += (1 - gate) * few + gate * many
    return total


def features(search: PlainSearch, other: int) -> Values:
    """Return all features of one candidate, as single-precision numbers."""
    values = (
        search.constants
        | _geography(search, other)
        | _segment(search, other)
        | _ties(search, other)
        | _experience(search, other)
        | _patterns(search, other)
    )
    return {name: float(np.float32(value)) for name, value in values.items()}


def _read(curve: Curve, value: float) -> tuple[float, float]:
    knots = curve.knots
    if value <= knots[0]:
        return float(curve.few[0]), float(curve.many[0])
    if value >= knots[-1]:
        return float(curve.few[-1]), float(curve.many[-1])
    left = bisect_right(knots, value) - 1
    share = (value - knots[left]) / (knots[left + 1] - knots[left])
    return tuple(  # type: ignore[return-value]
        float(line[left] + share * (line[left + 1] - line[left]))
        for line in (curve.few, curve.many)
    )


def _geography(search: PlainSearch, other: int) -> Values:
    facts, body = search.facts, search.body
    seen = facts.seen_from(body)[other]
    return {
        "log_seat_km": math.log1p(seen.km),
        "log_gap_km": math.log1p(seen.gap_km),
        "log_rank": math.log1p(seen.rank),
        "relative_km": math.log((seen.km + 1) / (search.local_km + 1)),
        "border_km": seen.border_km,
        "border_share": min(seen.border_km / max(search.border_total(body), 1), 1),
        "border_share_back": min(seen.border_km / max(search.border_total(other), 1), 1),
        "hops": seen.hops,
        "common_neighbours": len(facts.neighbours[body] & facts.neighbours[other]),
        "same_district": facts.district[body] == facts.district[other],
        "same_region": facts.same("government_region", body, other),
        "same_leader": facts.same("leader_region", body, other),
        "relation": int(seen.relation),
    }


def _segment(search: PlainSearch, other: int) -> Values:
    facts, body = search.facts, search.body
    mine, its = facts.structure[body], facts.structure[other]
    level = float(facts.rows[other]["fiscal_status_level"])
    own_level = float(facts.rows[body]["fiscal_status_level"])
    gaps = [(a - b) ** 2 for a, b in zip(its, mine, strict=True)]
    return {
        "status": facts.status[other],
        "log_population": facts.log_population[other],
        "population_rank": facts.population_rank[other],
        "size_ratio": facts.log_population[other] - facts.log_population[body],
        "fiscal": level,
        "fiscal_gap": abs(level - own_level),
        "structure_gap": math.sqrt(sum(gaps) / len(gaps)),
        "ageing": its[1],
    }


def _ties(search: PlainSearch, other: int) -> Values:
    known, body = search.known, search.body
    shared = known.between(body, other, known.sharing)
    usual = 3.0 * known.usual_share
    either = known.activity[body] + known.activity[other] - shared
    chance = search.walk.get(other, 0.0)
    around = search.facts.vicinity[other]
    ties_around = search.ties_around
    return {
        "shared": math.log1p(shared),
        "close_ties": math.log1p(search.close[other]),
        "jaccard": math.log((shared + usual) / (either + 3.0)),
        "tie_share": math.log((shared + usual) / (known.activity[body] + 3.0)),
        "walk": math.log1p(100 * chance),
        "walk_back": math.log1p(100 * chance * known.total[body] / known.total[other]),
        "activity": math.log1p(known.activity[other]),
        "close_to_neighbours": math.log1p(100 * ties_around.get(other, 0.0)),
        "neighbours_close": math.log1p(
            100 * sum(w * tie for w, tie in zip(around, search.close, strict=True))
        ),
        "between_surroundings": math.log1p(
            100 * sum(around[j] * tie for j, tie in ties_around.items())
        ),
    }


def _experience(search: PlainSearch, other: int) -> Values:
    known, its = search.known, search.known.of_body[other]
    both = its & search.mine
    led = [c for c in its if known.lead[c] == other]
    top = max(search.likeness)
    gaps = [search.likeness[c] - top if c in its else -1.0 for c in search.mine]
    area = [known.cooperations[c].task_area for c in range(len(known.cooperations))]
    fit = {c: search.areas.get(area[c], 0.0) * known.sharing[c] for c in its}
    return {
        "similar_votes": sum(search.similar.get(c, 0.0) for c in its),
        "request_votes": sum(search.by_request[c] for c in its),
        "lead_votes": sum(search.similar.get(c, 0.0) for c in led),
        "lead_votes_broad": math.log(sum(search.broad[c] for c in led) + _FEW),
        "votes_around": math.log(sum(search.broad[c] * search.around[c] for c in its) + _FEW),
        "similar_ties": math.log(sum(search.broad[c] for c in both) + _FEW),
        "request_ties": math.log(sum(search.by_request[c] for c in both) + _FEW),
        "nearest_tie": 43.0 * max(gaps, default=-1.0),
        "area_activity": math.log1p(sum(fit.values())),
        "area_ties": sum(fit[c] for c in both),
        "expected_body": float(search.expectation.taking_part[other]),
    }


def _patterns(search: PlainSearch, other: int) -> Values:
    facts, known = search.facts, search.known
    bins = facts.bins(search.body, other)
    status, side = facts.status[other], facts.side[search.body]
    names = {"distance": "distance_pattern", "rank": "rank_pattern", "size": "size_pattern"}
    names["relation"] = "relation_pattern"
    values = {names.get(n, n): search.expected(n, place, False) for n, place in bins.items()}
    values |= {f"expected_{n}": search.expected(n, place, True) for n, place in bins.items()}
    foretold = search.expectation.histograms["relation"][side]
    standing = max(float(search.expectation.standings[status]), 0.003)
    shares = zip(search.broad, known.standings, known.members, strict=True)
    return values | {
        "standing_pattern": search.standing_patterns[status],
        "standing_share": sum(w * count[status] / max(len(m), 1) for w, count, m in shares),
        "expected_standing": math.log(standing / max(facts.of_status[status], 1)),
        "expected_relation_share": float(foretold[bins["relation"]])
        / max(float(foretold.sum()), 0.1),
    }
