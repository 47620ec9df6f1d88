"""Ties: who has worked together before, and who is known for cooperating at all."""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.knowledge import Knowledge
from matcher.landscape import Floats

NAMES = (
    "shared",
    "close_ties",
    "jaccard",
    "common_partners",
    "activity",
    "searcher_activity",
    "tie_share",
)


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 7) float32; counts of known cooperations, most as log(1 + count)."""
    row = query.searcher
    shared, activity = knowledge.shared[row], knowledge.activity
    either = activity + activity[row] - shared
    columns = (
        np.log1p(shared),
        knowledge.close[row],
        shared / np.maximum(either, 1),
        np.log1p(knowledge.common_partners[row]),
        np.log1p(activity),
        np.full(len(activity), np.log1p(activity[row])),
        shared / max(float(activity[row]), 1.0),
    )
    return np.column_stack(columns).astype(np.float32)
