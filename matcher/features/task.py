"""Task: what similar past cooperations tell about who fits this matter.

Text never names a place. It finds similar cooperations; these tell who is known for the matter,
and which pattern it follows (neighbours? the Kreis? equals? a whole region?).
"""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.known.similar import SHARPNESS

NAMES = (
    "similar_votes",
    "request_votes",
    "votes_around",
    "similar_ties",
    "request_ties",
    "nearest_tie",
    "area_activity",
    "area_ties",
    "distance_pattern",
    "rank_pattern",
    "size_pattern",
    "relation_pattern",
    "standing_pattern",
    "standing_share",
    "group_size",
    "group_size_broad",
    "group_size_spread",
    "whole_district",
    "with_district",
)
# One pair spread as all pairs are: keeps an empty bin from ruling a body out.
_PRIOR_WEIGHT = 0.3
_FEW = 1e-4  # keeps the logarithm of no votes finite
_NO_TIE = -1.0


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 19) float32; patterns as logarithm of expected partners per body in the bin."""
    similar, land, row = query.similar, knowledge.land, query.searcher
    everyone, count = knowledge.participation, len(land)
    mine = everyone[:, row]
    around = query.broad * (everyone @ land.surroundings[row])
    sizes = np.log(knowledge.patterns.size)
    size = float(query.broad @ sizes)
    spread = np.sqrt(max(float(query.broad @ sizes**2) - size**2, 0.0))
    with_district = everyone[:, land.is_district].any(axis=1)
    standing_pattern, standing_share = _standings(query, knowledge)
    columns = [
        similar.weight @ everyone[similar.indices],
        query.by_request @ everyone,
        np.log(around @ everyone + _FEW),
        np.log((query.broad * mine) @ everyone + _FEW),
        np.log((query.by_request * mine) @ everyone + _FEW),
        _nearest_tie(query, knowledge),
        np.log1p(query.areas @ knowledge.area_activity),
        _area_ties(query, knowledge),
        *(_pattern(name, query, knowledge) for name in ("distance", "rank", "size", "relation")),
        standing_pattern,
        standing_share,
        np.full(count, similar.weight @ sizes[similar.indices]),
        np.full(count, size),
        np.full(count, spread),
        np.full(count, similar.weight @ knowledge.patterns.whole_district[similar.indices]),
        np.full(count, query.broad @ with_district),
    ]
    return np.column_stack(columns).astype(np.float32)


def _nearest_tie(query: Query, knowledge: Knowledge) -> Floats:
    """Return, for each body, how like the matter its likest cooperation with the searcher is."""
    mine = np.flatnonzero(knowledge.participation[:, query.searcher])
    if not len(mine):
        return np.full(len(knowledge.land), _NO_TIE * SHARPNESS, np.float32)
    gap = query.likeness[mine] - query.likeness.max()
    both = np.where(knowledge.participation[mine] > 0, gap[:, None], _NO_TIE)
    return np.asarray(SHARPNESS * both.max(axis=0), np.float32)


def _area_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Sum, over all cooperations of the searcher, of how much their task area fits the matter."""
    mine = knowledge.participation[:, query.searcher] > 0
    fit = knowledge.areas[mine] @ query.areas
    return np.asarray(fit @ knowledge.participation[mine], np.float32)


def _standings(query: Query, knowledge: Knowledge) -> tuple[Floats, Floats]:
    """Read at every body how its standing is represented in similar cooperations.

    Expected partners per body of that standing, from the view of searchers of the same standing
    (logarithm), and the standing's share of all members.
    """
    status = knowledge.land.status
    members = knowledge.members_by_status
    own = status[query.searcher]
    seen = query.broad * (members[:, own] > 0)
    expected = (seen @ members) / max(float(seen.sum()), 1e-9)
    expected[own] = max(expected[own] - 1, 0)
    bodies = np.bincount(status, minlength=members.shape[1])
    pattern = np.log((expected + 0.02) / bodies)
    share = query.broad @ (members / np.maximum(knowledge.patterns.size, 1)[:, None])
    return pattern[status].astype(np.float32), share[status].astype(np.float32)


def _pattern(name: str, query: Query, knowledge: Knowledge) -> Floats:
    """Read the mixed histogram of similar cooperations at every body.

    Expected partners in a bin, divided by the bodies in that bin: a probability for each body,
    from the view of searchers of the same kind.
    """
    side = int(knowledge.land.side[query.searcher])
    histogram = knowledge.patterns.histograms[name][query.similar.indices, side]
    return knowledge.patterns.binnings[name].per_body(
        query.similar.weight @ histogram, query.searcher, _PRIOR_WEIGHT
    )
