"""Who is recommended, against who takes part: concentration, coverage and shares by segment.

Each cooperation gives away one unit: its searchers share it evenly, and each of them spreads its
part evenly over the ten bodies it is shown (recommended) or over its partners (actual).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from eval.ranking.measures import SHOWN, rank_bodies
from eval.ranking.slices import SEGMENTS
from matcher.known.bodies import Bodies
from matcher.training import Rows

Weights = npt.NDArray[np.float64]


class Exposure:
    """Collects over folds who is recommended and who takes part.

    Attributes
    ----------
    recommended, actual
        (n,) units that each body gets.
    """

    def __init__(self, land: Bodies) -> None:
        self._land = land
        self.recommended: Weights = np.zeros(len(land.status))
        self.actual: Weights = np.zeros(len(land.status))

    def add(self, rows: Rows, scores: npt.NDArray[Any]) -> None:
        """Add the scored queries of one fold; `scores` is (queries, bodies), greater is better."""
        self.recommended += recommended_weight(rows, scores)
        self.actual += actual_weight(rows)

    def figures(self) -> dict[str, Any]:
        """Return how recommendations are spread over bodies, beside actual participation.

        Returns
        -------
        dict
            `recommended` and `actual`, each with `gini` and `coverage` (share of all bodies that
            are in any top ten, or partner in any cooperation); `segments`: share of all units
            that goes to each segment, `recommended` and `actual`, beside its share of all
            `bodies`; `never_recommended`: keys of the bodies in no top ten.
        """
        status, count = self._land.status, len(SEGMENTS)
        shares = {
            "recommended": np.bincount(status, self.recommended, minlength=count),
            "actual": np.bincount(status, self.actual, minlength=count),
            "bodies": np.bincount(status, minlength=count).astype(np.float64),
        }
        return {
            "recommended": _spread(self.recommended),
            "actual": _spread(self.actual),
            "segments": {
                segment: {name: float(s[row] / s.sum()) for name, s in shares.items()}
                for row, segment in enumerate(SEGMENTS)
            },
            "never_recommended": [str(key) for key in self._land.keys[self.recommended == 0]],
        }


def recommended_weight(rows: Rows, scores: npt.NDArray[Any], shown: int = SHOWN) -> Weights:
    """Return the units each body gets from being among the best, (n,); see the module."""
    candidates = int((~np.isnan(rows.labels)).sum(axis=1).min())
    top = rank_bodies(rows.labels, scores)[:, : min(shown, candidates)]
    part = np.broadcast_to(rows.weights[:, None] / top.shape[1], top.shape)
    units = np.bincount(top.ravel(), part.ravel(), minlength=scores.shape[1])
    return units.astype(np.float64)


def actual_weight(rows: Rows) -> Weights:
    """Return the units each body gets from being a partner, (n,); see the module."""
    partner = rows.labels == 1
    size = np.maximum(partner.sum(axis=1), 1)
    return np.asarray((rows.weights / size).astype(np.float64) @ partner)


def gini(amounts: npt.NDArray[Any]) -> float:
    """Compute the Gini coefficient: 0 when all have the same, (n - 1) / n when one has all.

    sum_i (2i - n - 1) x_i / (n sum_i x_i) with x ascending and i = 1 … n (Dixon et al., 1987,
    Bootstrapping the Gini coefficient of inequality, without their factor n / (n - 1)).

    Parameters
    ----------
    amounts
        (n,) not negative, not all 0.
    """
    ascending = np.sort(amounts)
    count = len(ascending)
    rank = np.arange(1, count + 1)
    return float((2 * rank - count - 1) @ ascending / (count * ascending.sum()))


def coverage(amounts: npt.NDArray[Any]) -> float:
    """Compute the share of bodies that get anything at all.

    Catalogue coverage of Ge et al. (2010), Beyond accuracy: evaluating recommender systems by
    coverage and serendipity.

    Parameters
    ----------
    amounts
        (n,) not negative.
    """
    return float((amounts > 0).mean())


def _spread(amounts: Weights) -> dict[str, float]:
    return {"gini": gini(amounts), "coverage": coverage(amounts)}
