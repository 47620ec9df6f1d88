"""Ranking metrics, each cooperation counting the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from ranx.metrics import hit_rate, ndcg, r_precision, recall, reciprocal_rank

from matcher.known.bodies import Ints
from matcher.training import Rows

# Called with arrays: `ranx.evaluate` makes dictionaries of text first, for a hundred times as long.
_FIGURES: dict[str, Callable[..., npt.NDArray[np.float64]]] = {
    "ndcg@10": partial(ndcg, k=10),
    "hit_rate@5": partial(hit_rate, k=5),
    "hit_rate@10": partial(hit_rate, k=10),
    "mrr": reciprocal_rank,
    "recall@25": partial(recall, k=25),
    "r-precision": r_precision,
}
METRICS = tuple(_FIGURES)
SHOWN = 10
_DEPTH = 100  # ranks kept a query: deeper than any cut-off above


def ranking_figures(
    rows: Rows, scores: npt.NDArray[Any], metrics: Sequence[str] = METRICS
) -> pd.DataFrame:
    """Compute ranking metrics by cooperation.

    Parameters
    ----------
    rows
        The queries.
    scores
        (queries, bodies), greater is better; the searcher's own score is ignored.
    metrics
        Which of `METRICS`, default all.

    Returns
    -------
    DataFrame
        One row a cooperation (index), one column a metric: the mean over its searchers.
    """
    figures = query_figures(rows, scores, metrics)
    return figures.groupby("cooperation")[list(metrics)].mean().rename_axis(None)


def query_figures(
    rows: Rows, scores: npt.NDArray[Any], metrics: Sequence[str] = METRICS
) -> pd.DataFrame:
    """Compute ranking metrics by query.

    Parameters
    ----------
    rows, scores, metrics
        See `ranking_figures`.

    Returns
    -------
    DataFrame
        One row a query, in the order of `rows`: the metrics, `cooperation`, `searcher` and
        `weight` (1 / searchers of the cooperation).
    """
    return metric_table(rows.labels, scores, metrics).assign(
        cooperation=rows.cooperation, searcher=rows.searcher, weight=rows.weights
    )


def metric_table(
    labels: npt.NDArray[Any], scores: npt.NDArray[Any], metrics: Sequence[str] = METRICS
) -> pd.DataFrame:
    """Compute ranking metrics with ranx.

    Parameters
    ----------
    labels
        (queries, bodies): 1 relevant, 0 not, NaN no candidate.
    scores
        (queries, bodies), greater is better.
    metrics
        Which of `METRICS`, default all.

    Returns
    -------
    DataFrame
        One row a query, one column a metric; NaN where nothing is relevant.
    """
    table = pd.DataFrame(np.nan, index=range(len(labels)), columns=list(metrics))
    asked = np.flatnonzero((labels == 1).any(axis=1))
    if len(asked):
        order = rank_bodies(labels[asked], scores[asked])[:, : _depth(metrics)]
        judged, ranked = _relevant(labels[asked]), _with_values(order)
        for metric in metrics:
            table.loc[asked, metric] = _FIGURES[metric](judged, ranked)
    return table


def rank_bodies(labels: npt.NDArray[Any], scores: npt.NDArray[Any]) -> Ints:
    """Return the bodies from best to worst, (queries, bodies); equal scores keep their order.

    Those that are no candidate (label NaN) come last.
    """
    visible = np.where(np.isnan(labels), -np.inf, scores)
    return np.asarray(np.argsort(-visible, axis=1, kind="stable"), np.int64)


def _depth(metrics: Sequence[str]) -> int:
    """Return how many ranks of a query decide its metrics."""
    return max(int(metric.partition("@")[2] or _DEPTH) for metric in metrics)


def _relevant(labels: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return bodies with their relevance as ranx reads them, the relevant ones of a query first."""
    relevant = (labels == 1).astype(np.float64)
    most = int(relevant.sum(axis=1).max())
    order = np.argsort(-relevant, axis=1, kind="stable")[:, :most]
    # Queries with fewer are filled with bodies of relevance 0, which ranx leaves out.
    return np.stack([order, np.take_along_axis(relevant, order, axis=1)], axis=2)


def _with_values(order: Ints) -> npt.NDArray[np.float64]:
    """Return ranked bodies as ranx reads them: it takes their order, no value of theirs."""
    return np.stack([order, np.zeros_like(order)], axis=2).astype(np.float64)
