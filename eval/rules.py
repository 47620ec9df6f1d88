"""Rules that a person would rank by, and that the ranker has to beat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matcher.knowledge import Knowledge

Scores = npt.NDArray[np.float32]
_FIRST = 10_000.0  # km: more than any distance, so that the first criterion always wins


def nearest(state: Knowledge, searcher: int) -> Scores:
    """Put the nearest seat first; (n,), greater is better, as for all rules."""
    return np.asarray(-state.land.seat_km[searcher], np.float32)


def border_then_distance(state: Knowledge, searcher: int) -> Scores:
    """Put neighbours first, each part by distance."""
    touching = state.land.border_km[searcher] > 0
    return np.asarray(_FIRST * touching + nearest(state, searcher), np.float32)


def district_then_distance(state: Knowledge, searcher: int) -> Scores:
    """Put the same Kreis first (the Kreis itself included), each part by distance."""
    same = state.land.district == state.land.district[searcher]
    return np.asarray(_FIRST * same + nearest(state, searcher), np.float32)


def shared_then_distance(state: Knowledge, searcher: int) -> Scores:
    """Put most known common cooperations first, ties by distance."""
    return np.asarray(_FIRST * state.shared[searcher] + nearest(state, searcher), np.float32)


RULES: dict[str, Callable[[Knowledge, int], Scores]] = {
    "nearest first": nearest,
    "border, then distance": border_then_distance,
    "same Kreis, then distance": district_then_distance,
    "shared cooperations, then distance": shared_then_distance,
}
