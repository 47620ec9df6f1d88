"""Geography: how near a body lies to the searcher, and in which borders both lie."""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.knowledge import Knowledge
from matcher.landscape import Floats, Relation

NAMES = (
    "log_seat_km",
    "log_gap_km",
    "log_rank",
    "border_km",
    "border_share",
    "hops",
    "common_neighbours",
    "own_district",
    "member",
    "same_district",
    "same_region",
    "same_landscape",
    "same_leader",
    "relation",
)


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 14) float32; distances as log(1 + km)."""
    land, row = knowledge.land, query.searcher
    border = land.border_km[row]
    relation = land.relation[row]
    total = border[land.kind == land.kind[row]].sum()
    columns = (
        np.log1p(land.seat_km[row]),
        np.log1p(land.gap_km[row]),
        np.log1p(land.rank[row]),
        border,
        border / total if total > 0 else border,
        land.hops[row],
        land.common_neighbours[row],
        relation == Relation.OWN_DISTRICT,
        relation == Relation.MEMBER,
        land.district == land.district[row],
        _same(land.region, row),
        _same(land.landscape, row),
        _same(land.leader, row),
        relation,
    )
    return np.column_stack(columns).astype(np.float32)


def _same(codes: np.ndarray, row: int) -> np.ndarray:
    # -1 is unknown: two unknowns are not the same region.
    return np.asarray((codes == codes[row]) & (codes >= 0))
