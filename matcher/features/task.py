"""Task: what similar past cooperations tell about who fits this matter.

Text never names a place. It finds similar cooperations; these tell who is known for the matter,
and which pattern it follows (neighbours? the Kreis? equals? a whole region?).

Sums over cooperations are taken for each searcher by itself: the product of two matrices may round
otherwise with the number of its rows, and a score must not depend on who else is asked for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from data import LegalStatus
from matcher.features.axis import Axis, log_share, share
from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.known.similar import SHARPNESS
from models import Shape

TASK = Family("task", of_matter=True)
# One pair spread as all pairs are: keeps an empty bin from ruling a body out.
_PRIOR_WEIGHT = 0.3
_FEW = 1e-4  # keeps the logarithm of no votes finite
_LEAST_EXPECTED = 0.02  # partners of a standing
_NO_TIE = -1.0


def _votes_in_percent(readable: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Store percent of the weight of all cooperations as the features below do."""
    return np.asarray(np.log(share(readable) + _FEW))


@TASK.feature("experience", Shape.RISING)
def similar_votes(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of the similar cooperations in which the body takes part."""
    return np.asarray(knowledge.ties.cooperations @ query.similar_weight)


@TASK.feature("experience", Shape.RISING)
def request_votes(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of the cooperations with like requests in which the body takes part."""
    return np.asarray(knowledge.ties.cooperations @ query.by_request)


@TASK.feature(
    "experience",
    Shape.RISING,
    Axis("Ähnliche Vorhaben, in denen sie die Aufgabe trägt", (0, 10, 25, 50, 100), "%", share),
)
def lead_votes(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of the similar cooperations in which the body carries the task for others."""
    return np.asarray(knowledge.led @ query.similar_weight)


@TASK.feature("experience", Shape.RISING)
def lead_votes_broad(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of like cooperations in which it does, widely spread, logarithm."""
    return np.asarray(np.log(knowledge.led @ query.broad + _FEW))


@TASK.feature("experience", Shape.RISING)
def votes_around(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of like cooperations of the body with the searcher's surroundings, logarithm."""
    return np.asarray(np.log(_votes(query.broad * query.asking.around, knowledge) + _FEW))


@TASK.feature("experience", Shape.RISING)
def similar_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of like cooperations of both, by their descriptions, logarithm."""
    return np.asarray(np.log(_votes(query.broad * query.asking.took_part, knowledge) + _FEW))


@TASK.feature(
    "experience",
    Shape.RISING,
    Axis(
        "Gemeinsame Kooperationen mit ähnlichem Anliegen",
        (0, 0.05, 0.1, 1, 10, 50),
        "%",
        _votes_in_percent,
    ),
)
def request_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Weight of like cooperations of both, by their requests, logarithm."""
    return np.asarray(np.log(_votes(query.by_request * query.asking.took_part, knowledge) + _FEW))


@TASK.feature("experience", Shape.RISING)
def nearest_tie(query: Query, knowledge: Knowledge) -> Floats:
    """How like the matter the likest cooperation of both is, log-odds to the likest of all."""
    gap = query.likeness - query.likeness.max()
    best = np.full((len(query.searchers), len(knowledge.bodies)), _NO_TIE, np.float32)
    for position, took_part in enumerate(query.asking.took_part):
        mine = np.flatnonzero(took_part)
        if len(mine):
            both = np.where(knowledge.members_of(mine) > 0, gap[mine, None], _NO_TIE)
            best[position] = both.max(axis=0)
    return np.asarray(SHARPNESS * best)


@TASK.feature("experience", Shape.RISING)
def area_activity(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of the body in the task areas of the similar ones, log(1 + sum)."""
    return np.asarray(np.log1p(query.areas @ knowledge.area_experience))


@TASK.feature("experience", Shape.RISING)
def area_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both, by how their task area fits the matter and by their size."""
    sums = []
    for took_part in query.asking.took_part:
        mine = took_part > 0
        fit = (knowledge.areas[mine] @ query.areas) * knowledge.ties.sharing[mine]
        sums.append(fit @ knowledge.members_of(mine))
    return np.stack(sums)


@TASK.feature("distance", Shape.RISING)
def distance_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body at this distance, by similar cooperations, logarithm."""
    return _pattern("distance", query, knowledge)


@TASK.feature("distance", Shape.RISING)
def rank_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body at this rank by distance, logarithm."""
    return _pattern("rank", query, knowledge)


@TASK.feature("size", Shape.RISING)
def size_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of this relative size, logarithm."""
    return _pattern("size", query, knowledge)


@TASK.feature(
    "pattern",
    Shape.RISING,
    Axis(
        "Beteiligung in ähnlichen Vorhaben je Kommune dieser Lage",
        (0.05, 0.1, 0.5, 1, 5, 10, 50),
        "%",
        log_share,
    ),
)
def relation_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body that stands so to the searcher, logarithm."""
    return _pattern("relation", query, knowledge)


@TASK.feature("pattern", Shape.RISING)
def standing_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of this standing that stands so to the searcher, logarithm."""
    return _broad_pattern("standing_in_relation", query, knowledge)


@TASK.feature("pattern", Shape.RISING)
def rank_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body as near that stands so to the searcher, logarithm."""
    return _broad_pattern("rank_in_relation", query, knowledge)


@TASK.feature("pattern", Shape.RISING)
def size_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of such a size that stands so to the searcher, logarithm."""
    return _broad_pattern("size_in_relation", query, knowledge)


@TASK.feature("standing", Shape.RISING)
def standing_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of this standing, seen by searchers of the same, logarithm."""
    status, members = knowledge.bodies.status, knowledge.members_by_status
    table = np.empty((len(LegalStatus),) * 2)
    bodies = knowledge.bodies.of_standing
    for own in range(len(LegalStatus)):
        seen = query.broad * (members[:, own] > 0)
        expected = (seen @ members) / max(float(seen.sum()), 1e-9)
        expected[own] = max(expected[own] - 1, 0)
        table[own] = np.log((expected + _LEAST_EXPECTED) / np.maximum(bodies, 1))
    return np.asarray(table[status[query.searchers, None], status])


@TASK.feature(
    "standing",
    Shape.RISING,
    Axis("Anteil ihrer Rechtsstellung in ähnlichen Vorhaben", (0, 10, 20, 30, 40, 50), "%", share),
)
def standing_share(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the members of like cooperations that have this standing."""
    size = np.maximum(knowledge.patterns.size, 1)[:, None]
    share = query.broad @ (knowledge.members_by_status / size)
    return np.asarray(share[knowledge.bodies.status])


@TASK.feature("group_size", Shape.CONSTANT)
def group_size(query: Query, knowledge: Knowledge) -> np.floating:
    """Members of similar cooperations, mean logarithm."""
    sizes = np.log(knowledge.patterns.size)
    return np.float32(query.similar.weight @ sizes[query.similar.indices])


@TASK.feature("group_size", Shape.CONSTANT)
def group_size_broad(query: Query, knowledge: Knowledge) -> float:
    """Members of like cooperations, widely spread, mean logarithm."""
    return float(query.broad @ np.log(knowledge.patterns.size))


@TASK.feature("group_size", Shape.CONSTANT)
def group_size_spread(query: Query, knowledge: Knowledge) -> float:
    """Spread of the members of like cooperations, standard deviation of the logarithm."""
    square = float(query.broad @ np.log(knowledge.patterns.size) ** 2)
    return float(np.sqrt(max(square - group_size_broad(query, knowledge) ** 2, 0.0)))


@TASK.feature("pattern", Shape.CONSTANT)
def whole_district(query: Query, knowledge: Knowledge) -> np.floating:
    """Share of the similar cooperations that span a whole Kreis."""
    similar = query.similar
    return np.float32(similar.weight @ knowledge.patterns.whole_district[similar.indices])


@TASK.feature("pattern", Shape.CONSTANT)
def with_district(query: Query, knowledge: Knowledge) -> np.floating:
    """Share of like cooperations that have a Kreis in them."""
    return np.float32(query.broad @ knowledge.with_district)


def _votes(weights: Floats, knowledge: Knowledge) -> Floats:
    """Sum weights (s, c) over the cooperations of each body, (s, n)."""
    return np.stack([knowledge.ties.cooperations @ weight for weight in weights])


def _broad_pattern(name: str, query: Query, knowledge: Knowledge) -> Floats:
    """Read the mixed histogram of like cooperations, widely spread: finer bins need more cases."""
    patterns, side = knowledge.patterns, knowledge.bodies.side[query.searchers]
    expected = np.stack([query.broad @ patterns.histograms[name][:, s] for s in (0, 1)])
    return patterns.binnings[name].per_body(expected[side], query.searchers, _PRIOR_WEIGHT)


def _pattern(name: str, query: Query, knowledge: Knowledge) -> Floats:
    """Read the mixed histogram of similar cooperations at every body.

    Expected partners in a bin, divided by the bodies in that bin: a probability for each body,
    from the view of searchers of the same kind.
    """
    similar, patterns = query.similar, knowledge.patterns
    expected = np.stack(
        [similar.weight @ patterns.histograms[name][similar.indices, side] for side in (0, 1)]
    )
    side = knowledge.bodies.side[query.searchers]
    return patterns.binnings[name].per_body(expected[side], query.searchers, _PRIOR_WEIGHT)
