"""Ranking and calibration figures, averaged per cooperation."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from ranx import Qrels, Run, evaluate

from matcher.training import Rows

METRICS = ("ndcg@10", "hit_rate@5", "hit_rate@10", "mrr", "recall@25", "r-precision")
_SHOWN = 10
_DEPTH = 100  # ranks kept a query: deeper than any cut-off above


def ranking_figures(rows: Rows, scores: npt.NDArray[np.float32]) -> pd.DataFrame:
    """Compute all ranking metrics.

    Parameters
    ----------
    rows
        The queries.
    scores
        (queries, bodies), greater is better; the searcher's own score is ignored.

    Returns
    -------
    DataFrame
        One row a cooperation (index), one column a metric: the mean over its searchers.
    """
    names = np.array([f"q{i}" for i in range(len(rows.labels))])
    visible = np.where(np.isnan(rows.labels), -np.inf, scores)
    order = np.argsort(-visible, axis=1, kind="stable")[:, :_DEPTH]
    # Ranks, not scores, go into the run: the order is then exactly the stable one above.
    falling = np.arange(order.shape[1], 0, -1, dtype=np.float64)
    ranked = pd.DataFrame(
        {
            "q_id": np.repeat(names, order.shape[1]),
            "doc_id": order.ravel().astype(str),
            "score": np.tile(falling, len(names)),
        }
    )
    query, body = np.nonzero(rows.labels == 1)
    relevant = pd.DataFrame(
        {
            "q_id": names[query],
            "doc_id": body.astype(str),
            "score": np.ones(len(query), np.int64),
        }
    )
    qrels, run = Qrels.from_df(_objects(relevant)), Run.from_df(_objects(ranked))
    evaluate(qrels, run, list(METRICS), make_comparable=True)
    table = pd.DataFrame({metric: run.scores[metric] for metric in METRICS}).reindex(names)
    return table.groupby(rows.cooperation).mean()


class Calibration:
    """Collects probabilities and outcomes over folds, each cooperation counting the same."""

    def __init__(self) -> None:
        self._parts: list[tuple[Any, ...]] = []
        self.queries = 0

    def add(self, rows: Rows, log_odds: npt.NDArray[np.float64]) -> None:
        """Add the scored queries of one fold; `log_odds` is (queries, bodies)."""
        visible = np.where(np.isnan(rows.labels), -np.inf, log_odds)
        place = np.argsort(np.argsort(-visible, axis=1, kind="stable"), axis=1)
        weights = np.broadcast_to(rows.weights[:, None], place.shape)
        candidate = ~np.isnan(rows.labels)
        probability = 1 / (1 + np.exp(-log_odds[candidate]))
        self._parts.append(
            (rows.labels[candidate], probability, weights[candidate], place[candidate] < _SHOWN)
        )
        self.queries += len(rows.labels)

    def figures(self) -> dict[str, float]:
        """Return Brier score, and ECE over all bodies and over the ten shown."""
        labels, probability, weights, shown = (
            np.concatenate(part) for part in zip(*self._parts, strict=True)
        )
        return {
            "brier": float(np.average((probability - labels) ** 2, weights=weights)),
            "ece": expected_calibration_error(labels, probability, weights),
            "ece_shown": expected_calibration_error(
                labels[shown], probability[shown], weights[shown]
            ),
        }


def expected_calibration_error(
    labels: npt.NDArray[Any],
    probability: npt.NDArray[Any],
    weights: npt.NDArray[Any],
    bins: int = 10,
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
    place = np.clip((probability * bins).astype(int), 0, bins - 1)
    gap = np.bincount(place, weights * (probability - labels), minlength=bins)
    return float(np.abs(gap).sum() / weights.sum())


def _objects(frame: pd.DataFrame) -> pd.DataFrame:
    # ranx wants text in columns of the general object type, which pandas 3 no longer makes.
    return frame.astype({"q_id": object, "doc_id": object})
