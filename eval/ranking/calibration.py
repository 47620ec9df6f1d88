"""Whether probabilities are what they say, each cooperation counting the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from eval.ranking.measures import SHOWN, rank_bodies
from matcher.known.bodies import Ints
from matcher.training import Rows

_BINS = 10


class Calibration:
    """Collects probabilities and outcomes over folds, each cooperation counting the same."""

    def __init__(self) -> None:
        self._parts: list[tuple[Any, ...]] = []
        self.queries = 0

    def add(self, rows: Rows, log_odds: npt.NDArray[np.float64]) -> None:
        """Add the scored queries of one fold; `log_odds` is (queries, bodies)."""
        place = np.argsort(rank_bodies(rows.labels, log_odds), axis=1)
        weights = np.broadcast_to(rows.weights[:, None], place.shape)
        candidate = ~np.isnan(rows.labels)
        probability = 1 / (1 + np.exp(-log_odds[candidate]))
        self._parts.append(
            (rows.labels[candidate], probability, weights[candidate], place[candidate] < SHOWN)
        )
        self.queries += len(rows.labels)

    def figures(self) -> dict[str, float]:
        """Return Brier score, and ECE over all bodies and over the ten shown."""
        labels, probability, weights, shown = self._collected()
        return {
            "brier": float(np.average((probability - labels) ** 2, weights=weights)),
            "ece": expected_calibration_error(labels, probability, weights),
            "ece_shown": expected_calibration_error(
                labels[shown], probability[shown], weights[shown]
            ),
        }

    def reliability(self) -> dict[str, list[dict[str, float]]]:
        """Return the reliability table over `all` candidates and over the ten `shown`.

        See `reliability_table`.
        """
        labels, probability, weights, shown = self._collected()
        return {
            "all": reliability_table(labels, probability, weights),
            "shown": reliability_table(labels[shown], probability[shown], weights[shown]),
        }

    def _collected(self) -> tuple[Any, Any, Any, Any]:
        labels, probability, weights, shown = (
            np.concatenate(part) for part in zip(*self._parts, strict=True)
        )
        return labels, probability, weights, shown


def expected_calibration_error(
    labels: npt.NDArray[Any],
    probability: npt.NDArray[Any],
    weights: npt.NDArray[Any],
    bins: int = _BINS,
) -> float:
    """Compute the expected calibration error over equal-width bins.

    Guo et al. (2017), On calibration of modern neural networks, eq. 3, with weights.

    Parameters
    ----------
    labels, probability, weights
        (m,) each.
    bins
        Number of bins.
    """
    gap = np.bincount(_bin(probability, bins), weights * (probability - labels), minlength=bins)
    return float(np.abs(gap).sum() / weights.sum())


def reliability_table(
    labels: npt.NDArray[Any],
    probability: npt.NDArray[Any],
    weights: npt.NDArray[Any],
    bins: int = _BINS,
) -> list[dict[str, float]]:
    """Compare predicted with observed share in equal-width bins (reliability diagram).

    Guo et al. (2017), sec. 2, with weights; `expected_calibration_error` is the mean of
    |predicted - observed| weighted by `weight`.

    Parameters
    ----------
    labels, probability, weights, bins
        See `expected_calibration_error`.

    Returns
    -------
    list
        One dict a bin that is not empty: bounds `from` and `to`, mean `predicted` probability,
        `observed` share of partners, and the bin's share of all `weight`.
    """
    place = _bin(probability, bins)
    total, predicted, observed = (
        np.bincount(place, values, minlength=bins)
        for values in (weights, weights * probability, weights * labels)
    )
    return [
        {
            "from": float(number / bins),
            "to": float((number + 1) / bins),
            "predicted": float(predicted[number] / total[number]),
            "observed": float(observed[number] / total[number]),
            "weight": float(total[number] / total.sum()),
        }
        for number in np.flatnonzero(total)
    ]


def _bin(probability: npt.NDArray[Any], bins: int) -> Ints:
    return np.clip((probability * bins).astype(np.int64), 0, bins - 1)
