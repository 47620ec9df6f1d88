"""Geography: how near a body lies to the searcher, and in which borders both lie."""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

NAMES = (
    "log_seat_km",
    "log_gap_km",
    "log_rank",
    "relative_km",
    "border_km",
    "border_share",
    "border_share_back",
    "hops",
    "common_neighbours",
    "same_district",
    "same_region",
    "same_leader",
    "relation",
)


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 13) float32; distances as log(1 + km).

    `relative_km` is the distance over how far neighbours lie apart where the searcher is;
    `border_share` the common border's share of the searcher's, `border_share_back` of the body's.
    """
    land, row = knowledge.land, query.searcher
    border = land.border_km[row]
    columns = (
        np.log1p(land.seat_km[row]),
        np.log1p(land.gap_km[row]),
        np.log1p(land.rank[row]),
        np.log((land.seat_km[row] + 1) / (land.local_km[row] + 1)),
        border,
        border / max(float(land.border_total[row]), 1.0),
        border / np.maximum(land.border_total, 1),
        land.hops[row],
        land.common_neighbours[row],
        land.district == land.district[row],
        _same(land.region, row),
        _same(land.leader, row),
        land.relation[row],
    )
    return np.column_stack(columns).astype(np.float32)


def _same(codes: np.ndarray, row: int) -> np.ndarray:
    # -1 is unknown: two unknowns are not the same region.
    return np.asarray((codes == codes[row]) & (codes >= 0))
