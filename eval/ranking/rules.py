"""Rules a person would use to find partners: scores of all bodies, greater is better."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

# km: more than any distance, so that the first criterion always wins, and few enough that float32
# still tells metres apart behind it.
_FIRST = 1_000.0


def nearest(state: Knowledge, searcher: int) -> Floats:
    """Put the nearest seat first; (n,), greater is better, as for all rules."""
    return np.asarray(-state.bodies.seat_km[searcher], np.float32)


def border_then_distance(state: Knowledge, searcher: int) -> Floats:
    """Put neighbours first, each part by distance."""
    touching = state.bodies.border_km[searcher] > 0
    return np.asarray(_FIRST * touching + nearest(state, searcher), np.float32)


def district_then_distance(state: Knowledge, searcher: int) -> Floats:
    """Put the same Kreis first (the Kreis itself included), each part by distance."""
    same = state.bodies.district == state.bodies.district[searcher]
    return np.asarray(_FIRST * same + nearest(state, searcher), np.float32)


def shared_then_distance(state: Knowledge, searcher: int) -> Floats:
    """Put most known common cooperations first, ties by distance."""
    return np.asarray(
        _FIRST * state.shared_with([searcher])[0] + nearest(state, searcher), np.float32
    )


def most_active(state: Knowledge, searcher: int) -> Floats:
    """Put the bodies with most known cooperations first, ties by distance."""
    return np.asarray(_FIRST * state.activity + nearest(state, searcher), np.float32)


def indicator_distance(state: Knowledge, searcher: int) -> Floats:
    """Put the body first that is most alike in its figures.

    Euclidean distance of z-scores, as statistical nearest neighbours are computed (CIPFA; ONS,
    Clustering similar local authorities): structure, size and fiscal status; unknown is average.
    """
    figures = np.column_stack(
        [state.bodies.structure, _z(state.bodies.log_population), _z(state.bodies.fiscal)]
    )
    return np.asarray(-np.linalg.norm(figures - figures[searcher], axis=1), np.float32)


RULES: dict[str, Callable[[Knowledge, int], Floats]] = {
    "nearest first": nearest,
    "border, then distance": border_then_distance,
    "same Kreis, then distance": district_then_distance,
    "shared cooperations, then distance": shared_then_distance,
    "most active": most_active,
    "indicator distance": indicator_distance,
}


def _z(figures: Floats) -> Floats:
    """Return z-scores, (n,); 0 where unknown."""
    scaled = (figures - np.nanmean(figures)) / np.nanstd(figures)
    return np.asarray(np.nan_to_num(scaled), np.float32)
