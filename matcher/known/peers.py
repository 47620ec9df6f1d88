"""Bodies that are alike in structure and size: a comparison, no ranking of quality."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.known.bodies import TREND, Bodies, Ints

_UNKNOWN = 1e4  # more than any difference
_LEAP = 3.0  # z-score from which a change of inhabitants is one event, not a trend


def differences(bodies: Bodies, rows: Ints) -> npt.NDArray[np.float64]:
    """Return (len(rows), n) root mean squares of the differences in z-scores, to all n bodies.

    As statistical nearest neighbours are computed (ONS, CIPFA), over `Bodies.structure` and
    the log of inhabitants.
    """
    figures = np.column_stack([bodies.structure, bodies.log_population]).astype(np.float64)
    gap = np.sqrt(((figures[rows, None] - figures[None]) ** 2).mean(axis=2))
    # Beyond the border structure is not known: such a body comes after all that can be compared.
    return np.asarray(np.nan_to_num(gap, nan=_UNKNOWN))


def nearest_peers(bodies: Bodies, rows: Ints, count: int) -> Ints:
    """Return (len(rows), count) rows of the bodies most alike, nearest first, never itself.

    Those of the same kind come first; where a kind has fewer bodies, others fill up.
    """
    gap = differences(bodies, rows)
    gap[bodies.kind[rows, None] != bodies.kind[None]] += 1e6
    gap[np.arange(len(rows)), rows] = np.inf
    return np.argsort(gap, axis=1, kind="stable")[:, :count].astype(np.int64)


def leaps(bodies: Bodies) -> npt.NDArray[np.bool_]:
    """Return (n,) whether the number of inhabitants leapt: a census, a flood, a refugee centre."""
    return np.asarray((np.abs(bodies.structure[:, list(TREND)]) > _LEAP).any(axis=1))


def comparable_peers(bodies: Bodies, row: int, count: int) -> Ints:
    """Return (count,) rows of the bodies most alike one, with leaps of inhabitants kept apart.

    One that leapt is no peer, and has its own peers found by all else.
    """
    leapt = leaps(bodies)
    figures = np.column_stack([bodies.structure, bodies.log_population]).astype(np.float64)
    if leapt[row]:
        figures = np.delete(figures, TREND, axis=1)
    gap = np.sqrt(((figures[row] - figures) ** 2).mean(axis=1))
    gap = np.nan_to_num(gap, nan=_UNKNOWN)
    gap[leapt] += 1e3
    gap[bodies.kind != bodies.kind[row]] += 1e6
    gap[row] = np.inf
    return np.argsort(gap, kind="stable")[:count].astype(np.int64)
