"""The feature families, and the one array that the ranker sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (searchers, bodies, len(NAMES)) float32, columns in the order of `NAMES`."""
    return np.stack(list(columns(query, knowledge)), axis=2)


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
