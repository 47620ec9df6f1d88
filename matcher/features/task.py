"""Task: what similar past cooperations tell about who fits this matter.

Text never names a place. It finds similar cooperations; these tell who is known for the matter,
and which pattern it follows (neighbours? the Kreis? equals? a whole region?).
"""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.knowledge import Knowledge
from matcher.landscape import Floats

NAMES = (
    "similar_votes",
    "similar_votes_near",
    "similar_lead",
    "similar_ties",
    "area_activity",
    "area_ties",
    "distance_pattern",
    "rank_pattern",
    "size_pattern",
    "relation_pattern",
    "group_size",
    "whole_district",
)
_NEAR_KM = 40.0
# One pair spread as all pairs are: keeps an empty bin from ruling a body out.
_PRIOR_WEIGHT = 0.3


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 12) float32; patterns as logarithm of expected partners per body in the bin."""
    similar, land, row = query.similar, knowledge.land, query.searcher
    took_part = knowledge.participation[similar.indices]
    votes = similar.weight @ took_part
    with_searcher = similar.weight * took_part[:, row]
    near = np.exp(-land.seat_km[row] / _NEAR_KM)
    count = len(land)
    columns = [
        votes,
        votes * near,
        similar.weight @ knowledge.lead[similar.indices],
        with_searcher @ took_part,
        np.log1p(query.areas @ knowledge.area_activity),
        _area_ties(query, knowledge),
        *(_pattern(name, query, knowledge) for name in ("distance", "rank", "size", "relation")),
        np.full(count, similar.weight @ np.log(knowledge.patterns.size[similar.indices])),
        np.full(count, similar.weight @ knowledge.patterns.whole_district[similar.indices]),
    ]
    matrix = np.column_stack(columns).astype(np.float32)
    matrix[row, 3] = 0  # the searcher's own participation is no tie
    return matrix


def _area_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Sum, over all cooperations of the searcher, of how much their task area fits the matter."""
    mine = knowledge.participation[:, query.searcher] > 0
    fit = knowledge.areas[mine] @ query.areas
    return np.asarray(fit @ knowledge.participation[mine], np.float32)


def _pattern(name: str, query: Query, knowledge: Knowledge) -> Floats:
    """Read the mixed histogram of similar cooperations at every body.

    Expected partners in a bin, divided by the bodies in that bin: a probability for each body,
    from the view of searchers of the same kind.
    """
    binning = knowledge.patterns.binnings[name]
    side = int(knowledge.land.kind[query.searcher] > 0)
    histogram = knowledge.patterns.histograms[name][query.similar.indices, side]
    expected = query.similar.weight @ histogram + _PRIOR_WEIGHT * binning.prior
    bins = binning.bins[query.searcher]
    in_bin = np.bincount(np.delete(bins, query.searcher), minlength=binning.count)
    return np.asarray(np.log(expected / np.maximum(in_bin, 1))[bins], np.float32)
