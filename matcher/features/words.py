"""Words: what the wording of the matter itself foretells about the group, read at every body."""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge

NAMES = (
    "expected_relation",
    "expected_distance",
    "expected_rank",
    "expected_size",
    "expected_standing",
    "expected_body",
    "expected_body_relative",
    "expected_relation_share",
    *(f"expected_{name}" for name in SCALARS),
)
_PRIOR_WEIGHT = 0.1
_LEAST_SHARE = 0.003


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 12) float32; the first five as logarithm of expected partners per body."""
    land, row, expected = knowledge.land, query.searcher, query.expectation
    side = int(land.side[row])
    binnings, count = knowledge.patterns.binnings, len(land)
    per_body = [
        binnings[name].per_body(expected.histograms[name][side], row, _PRIOR_WEIGHT)
        for name in ("relation", "distance", "rank", "size")
    ]
    bodies = np.bincount(land.status, minlength=len(expected.standings))
    standing = np.log(np.maximum(expected.standings, _LEAST_SHARE) / np.maximum(bodies, 1))
    relations = expected.histograms["relation"][side]
    share = relations / max(float(relations.sum()), _PRIOR_WEIGHT)
    columns = [
        *per_body,
        standing[land.status],
        expected.bodies,
        expected.bodies / np.sqrt(knowledge.activity + 1),
        share[land.relation[row]],
        *(np.full(count, value) for value in expected.scalars),
    ]
    return np.column_stack(columns).astype(np.float32)
