"""Segment: standing, size, budget and structure; likeness and direction."""

from __future__ import annotations

import numpy as np

from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

NAMES = (
    "status",
    "searcher_status",
    "log_population",
    "searcher_log_population",
    "population_rank",
    "size_ratio",
    "size_gap",
    "fiscal",
    "fiscal_gap",
    "structure_gap",
    "ageing",
)
_AGEING = 1  # column of the share of people aged 67 or more in `Landscape.structure`


def features(query: Query, knowledge: Knowledge) -> Floats:
    """Return (n, 11) float32; sizes as natural logarithms, fiscal levels 1 … 7 (NaN unknown)."""
    land, row = knowledge.land, query.searcher
    ratio = land.log_population - land.log_population[row]
    count = len(land)
    columns = (
        land.status,
        np.full(count, land.status[row]),
        land.log_population,
        np.full(count, land.log_population[row]),
        land.population_rank,
        ratio,
        np.abs(ratio),
        land.fiscal,
        np.abs(land.fiscal - land.fiscal[row]),
        np.sqrt(((land.structure - land.structure[row]) ** 2).mean(axis=1)),
        land.structure[:, _AGEING],
    )
    return np.column_stack(columns).astype(np.float32)
