"""Ties: who has worked together before, directly, through others, or next door.

Each known cooperation counts by its size, see `matcher.known.ties`: to be one of fifty members of
an association is little trust. Shares of few cases shrink towards what is usual.
"""

from __future__ import annotations

import numpy as np

from matcher.features.axis import Axis, log1p
from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from models import Shape

TIES = Family("ties", of_matter=False)
_PERCENT = 100.0  # smoothed ties and chances are small: as percent before the logarithm
# Cooperations of two that a share starts from, as usual as they come (mean of a beta prior); by
# judgement, not tuned.
_USUAL = 3.0


@TIES.feature(
    "ties",
    Shape.RISING,
    Axis("Gemeinsame Kooperationen, große zählen weniger", (0, 0.5, 1, 2, 4, 8), "", log1p),
)
def shared(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both, each over √ of its other members, log(1 + sum)."""
    return np.asarray(np.log1p(query.asking.shared))


@TIES.feature(
    "ties",
    Shape.RISING,
    Axis("Gemeinsame Kooperationen, nach ihrer Größe geteilt", (0, 0.2, 0.5, 1, 2, 5), "", log1p),
)
def close_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both, each over its other members, log(1 + sum)."""
    return np.asarray(np.log1p(query.asking.close))


@TIES.feature("ties", Shape.RISING)
def jaccard(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both over those of either, shrunk towards what is usual, logarithm."""
    together, known = query.asking.shared, knowledge.ties.activity
    either = known + known[query.searchers, None] - together
    return _shrunk(together, either, knowledge)


@TIES.feature("ties", Shape.RISING)
def tie_share(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the searcher's cooperations that are with the body, shrunk likewise, logarithm."""
    return _shrunk(query.asking.shared, knowledge.ties.activity[query.searchers, None], knowledge)


@TIES.feature(
    "partners",
    Shape.RISING,
    Axis("Verbunden über gemeinsame Partner", (0, 1, 2, 5, 10, 25, 50), "%", log1p),
)
def walk(query: Query, knowledge: Knowledge) -> Floats:
    """Chance to come from searcher to body over ties, log(1 + percent); see `Ties.walk`."""
    return np.asarray(np.log1p(_PERCENT * query.asking.walk))


@TIES.feature("partners", Shape.RISING)
def walk_back(query: Query, knowledge: Knowledge) -> Floats:
    """Chance to come from body to searcher over ties, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * query.asking.walk_back))


@TIES.feature(
    "activity",
    Shape.RISING,
    Axis(
        "Bekannte Kooperationen der Kommune, große zählen weniger", (0, 1, 2, 4, 8, 16), "", log1p
    ),
)
def activity(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of the body, each over √ of its other members, log(1 + sum)."""
    return np.asarray(np.log1p(knowledge.ties.activity))


@TIES.feature("activity", Shape.CONSTANT)
def searcher_activity(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of the searcher, likewise."""
    return np.asarray(np.log1p(knowledge.ties.activity[query.searchers, None]))


@TIES.feature(
    "surroundings",
    Shape.RISING,
    Axis("Kontakte Ihrer Nachbarn zu ihr", (0, 1, 10, 25, 100, 400), "%", log1p),
)
def close_to_neighbours(query: Query, knowledge: Knowledge) -> Floats:
    """Ties between the searcher's surroundings and the body, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * query.asking.ties_around))


@TIES.feature("surroundings", Shape.RISING)
def neighbours_close(query: Query, knowledge: Knowledge) -> Floats:
    """Ties between the searcher and the body's surroundings, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * query.asking.close_beside))


@TIES.feature(
    "surroundings",
    Shape.RISING,
    Axis("Kontakte zwischen beiden Nachbarschaften", (0, 1, 5, 10, 25, 100), "%", log1p),
)
def between_surroundings(query: Query, knowledge: Knowledge) -> Floats:
    """Ties between the surroundings of both, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * query.asking.ties_beside))


def _shrunk(together: Floats, total: Floats, knowledge: Knowledge) -> Floats:
    usual = knowledge.ties.usual_share
    return np.asarray(np.log((together + _USUAL * usual) / (total + _USUAL)))
