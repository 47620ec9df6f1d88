"""Task: what similar past cooperations tell about who fits this matter.

Text never names a place. It finds similar cooperations; these tell who is known for the matter,
and which pattern it follows (neighbours? the Kreis? equals? a whole region?).

Sums over cooperations are taken for each searcher by itself: the product of two matrices may round
otherwise with the number of its rows, and a score must not depend on who else is asked for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.features.axis import Axis, log_share, share
from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.known.similar import SHARPNESS
from models import Shape

TASK = Family("task", of_matter=True)
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
    for own, (cooperation, body) in zip(best, query.asking.members, strict=True):
        np.maximum.at(own, body, gap[cooperation])
    return np.asarray(SHARPNESS * best)


@TASK.feature("experience", Shape.RISING)
def area_activity(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of the body in the task areas of the similar ones, log(1 + sum)."""
    return np.asarray(np.log1p(query.areas @ knowledge.area_experience))


@TASK.feature("experience", Shape.RISING)
def area_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both, by how their task area fits the matter and by their size."""
    worth = knowledge.ties.sharing * (knowledge.areas @ query.areas)
    sums = [
        np.bincount(body, worth[cooperation], len(knowledge.bodies))
        for cooperation, body in query.asking.members
    ]
    return np.stack(sums)


@TASK.feature("distance", Shape.RISING)
def distance_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body at this distance, by similar cooperations, logarithm."""
    return query.pattern["distance"]


@TASK.feature("distance", Shape.RISING)
def rank_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body at this rank by distance, logarithm."""
    return query.pattern["rank"]


@TASK.feature("size", Shape.RISING)
def size_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of this relative size, logarithm."""
    return query.pattern["size"]


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
    return query.pattern["relation"]


@TASK.feature("pattern", Shape.RISING)
def standing_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of this standing that stands so to the searcher, logarithm."""
    return query.pattern["standing_in_relation"]


@TASK.feature("pattern", Shape.RISING)
def rank_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body as near that stands so to the searcher, logarithm."""
    return query.pattern["rank_in_relation"]


@TASK.feature("pattern", Shape.RISING)
def size_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of such a size that stands so to the searcher, logarithm."""
    return query.pattern["size_in_relation"]


@TASK.feature("standing", Shape.RISING)
def standing_pattern(query: Query, knowledge: Knowledge) -> Floats:
    """Partners expected per body of this standing, seen by searchers of the same, logarithm."""
    status, beside = knowledge.bodies.status, knowledge.members_beside
    seen = query.broad @ knowledge.with_status
    expected = (query.broad @ beside).reshape(len(seen), -1) / np.maximum(seen, 1e-9)[:, None]
    own = np.diag_indices(len(seen))
    expected[own] = np.maximum(expected[own] - 1, 0)
    of_standing = np.maximum(knowledge.bodies.of_standing, 1)
    table = np.log((expected + _LEAST_EXPECTED) / of_standing)
    return np.asarray(table[status[query.searchers, None], status])


@TASK.feature(
    "standing",
    Shape.RISING,
    Axis("Anteil ihrer Rechtsstellung in ähnlichen Vorhaben", (0, 10, 20, 30, 40, 50), "%", share),
)
def standing_share(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the members of like cooperations that have this standing."""
    share = query.broad @ knowledge.status_shares
    return np.asarray(share[knowledge.bodies.status])


@TASK.feature("group_size", Shape.CONSTANT)
def group_size(query: Query, knowledge: Knowledge) -> np.floating:
    """Members of similar cooperations, mean logarithm."""
    sizes = knowledge.patterns.log_size[query.similar.indices]
    return np.float32(query.similar.weight @ sizes)


@TASK.feature("group_size", Shape.CONSTANT)
def group_size_broad(query: Query, knowledge: Knowledge) -> float:
    """Members of like cooperations, widely spread, mean logarithm."""
    return float(query.broad @ knowledge.patterns.log_size)


@TASK.feature("group_size", Shape.CONSTANT)
def group_size_spread(query: Query, knowledge: Knowledge) -> float:
    """Spread of the members of like cooperations, standard deviation of the logarithm."""
    square = float(query.broad @ knowledge.patterns.log_size**2)
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
