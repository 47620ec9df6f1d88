"""Ties: who has worked together before, directly, through others, or next door."""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

NAMES = (
    "shared",
    "close_ties",
    "jaccard",
    "common_partners",
    "activity",
    "searcher_activity",
    "tie_share",
    "embedding_cosine",
    "embedding_product",
    "walk",
    "walk_back",
    "close_to_neighbours",
    "neighbours_close",
    "between_surroundings",
)
_PERCENT = 100.0  # smoothed ties and chances are small: as percent before the logarithm


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 14) float32; counts of known cooperations, most as log(1 + count)."""
    row = query.searcher
    shared, activity = knowledge.shared[row], knowledge.activity
    either = activity + activity[row] - shared
    place = knowledge.embedding
    product = place @ place[row]
    length = np.maximum(np.linalg.norm(place, axis=1), 1e-9)
    columns = (
        np.log1p(shared),
        knowledge.close[row],
        shared / np.maximum(either, 1),
        np.log1p(knowledge.common_partners[row]),
        np.log1p(activity),
        np.full(len(activity), np.log1p(activity[row])),
        shared / max(float(activity[row]), 1.0),
        product / (length * length[row]),
        product,
        np.log1p(_PERCENT * knowledge.walk[row]),
        np.log1p(_PERCENT * knowledge.walk[:, row]),
        np.log1p(_PERCENT * knowledge.close_to_neighbours[row]),
        np.log1p(_PERCENT * knowledge.close_to_neighbours[:, row]),
        np.log1p(_PERCENT * knowledge.between_surroundings[row]),
    )
    return np.column_stack(columns).astype(np.float32)
