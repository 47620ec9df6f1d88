"""The feature families, and the one array that the ranker sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from matcher.features.declare import Family, Feature
from matcher.features.geography import GEOGRAPHY
from matcher.features.query import Query
from matcher.features.segment import SEGMENT
from matcher.features.task import TASK
from matcher.features.ties import TIES
from matcher.features.words import WORDS
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

FAMILIES: dict[str, Family] = {
    family.name: family for family in (GEOGRAPHY, SEGMENT, TIES, TASK, WORDS)
}
FEATURES: tuple[Feature, ...] = tuple(f for family in FAMILIES.values() for f in family.features)
NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
_OF_BODIES = tuple(feature for feature in FEATURES if not feature.of_matter)
_STEPS = tuple(
    (len(list(block)), compute)
    for compute, block in groupby(FEATURES[len(_OF_BODIES) :], lambda f: f.together or f.compute)
)
"""What computes the features of the matter, and how many columns each gives."""
_FIXED = "of bodies"
_RECORDED = {"ties", "partners", "surroundings", "activity", "experience"}
"""Reasons that rest on which cooperations of a body are known."""
_ON_RECORD = [i for i, f in enumerate(FEATURES) if f.reason in _RECORDED and not f.shape.constant]
_OF_BOTH = [
    i
    for i in _ON_RECORD
    if FEATURES[i].reason in ("ties", "partners", "surroundings")
    or FEATURES[i].name.endswith(("_ties", "_tie", "_around"))
]
"""Of these, features of searcher and body together."""
assert FEATURES[: len(_OF_BODIES)] == _OF_BODIES, "families of bodies come first"


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (searchers, bodies, len(NAMES)) float32, columns in the order of `NAMES`.

    What does not depend on the matter is computed once for the same searchers.
    """
    # A feature is computed, and read by its curve, at all bodies: so it lies in one piece.
    shape = len(FEATURES), len(query.searchers), len(knowledge.bodies)
    columns_first = np.empty(shape, np.float32)
    fixed = query.asking.kept.get(_FIXED)
    if fixed is None:
        fixed = columns_first[: len(_OF_BODIES)]
        for position, feature in enumerate(_OF_BODIES):
            fixed[position] = feature.compute(query, knowledge)
        query.asking.kept[_FIXED] = fixed.copy()
    else:
        columns_first[: len(_OF_BODIES)] = fixed
    end = len(_OF_BODIES)
    for count, compute in _STEPS:
        start, end = end, end + count
        columns_first[start:end] = compute(query, knowledge)
    table = np.moveaxis(columns_first, 0, 2)
    _leave_unknown(table, query, knowledge)
    return table


def _leave_unknown(table: Floats, query: Query, knowledge: Knowledge) -> None:
    """Make NaN what rests on known cooperations where none can be known: beyond the border.

    That no cooperation of such a body is on record says nothing of it, while of a body of the Land
    it says something. What is NaN counts neither way.
    """
    home = knowledge.bodies.home.stop
    if home == len(knowledge.bodies):
        return
    table[:, home:, _ON_RECORD] = np.nan
    table[np.ix_(query.searchers >= home, range(table.shape[1]), _OF_BOTH)] = np.nan


def columns(
    query: Query, knowledge: Knowledge, chosen: Sequence[Feature] = FEATURES
) -> Iterator[Floats]:
    """Yield (searchers, bodies) float32 of one feature after the other.

    Parameters
    ----------
    query, knowledge
        What is asked, and the state to answer from.
    chosen
        Which features; default all.
    """
    shape = len(query.searchers), len(knowledge.bodies)
    for feature in chosen:
        column = np.asarray(feature.compute(query, knowledge), np.float32)
        yield np.broadcast_to(column, shape)
