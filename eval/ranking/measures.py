"""Ranking metrics, each cooperation counting the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from ranx import Qrels, Run, evaluate

from matcher.known.bodies import Ints
from matcher.training import Rows

METRICS = ("ndcg@10", "hit_rate@5", "hit_rate@10", "mrr", "recall@25", "r-precision")
SHOWN = 10
_DEPTH = 100  # ranks kept a query: deeper than any cut-off above
_NAME_LENGTH = 6


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
    names = _names(np.arange(len(labels)))
    query, body = np.nonzero(labels == 1)
    if len(query) == 0:
        return pd.DataFrame(np.nan, index=range(len(names)), columns=list(metrics))
    order = rank_bodies(labels, scores)[:, : _depth(metrics)]
    # Ranks, not scores, go into the run: the order is then exactly the stable one above.
    falling = np.arange(order.shape[1], 0, -1, dtype=np.float64)
    ranked = pd.DataFrame(
        {
            "q_id": np.repeat(names, order.shape[1]),
            "doc_id": _names(order.ravel()),
            "score": np.tile(falling, len(names)),
        }
    )
    relevant = pd.DataFrame(
        {
            "q_id": names[query],
            "doc_id": _names(body),
            "score": np.ones(len(query), np.int64),
        }
    )
    qrels, run = Qrels.from_df(_objects(relevant)), Run.from_df(_objects(ranked))
    evaluate(qrels, run, list(metrics), make_comparable=True)
    table = pd.DataFrame({metric: run.scores[metric] for metric in metrics})
    return table.reindex(names).reset_index(drop=True)


def rank_bodies(labels: npt.NDArray[Any], scores: npt.NDArray[Any]) -> Ints:
    """Return the bodies from best to worst, (queries, bodies); equal scores keep their order.

    Those that are no candidate (label NaN) come last.
    """
    visible = np.where(np.isnan(labels), -np.inf, scores)
    return np.asarray(np.argsort(-visible, axis=1, kind="stable"), np.int64)


def _depth(metrics: Sequence[str]) -> int:
    """Return how many ranks of a query decide its metrics."""
    return max(int(metric.partition("@")[2] or _DEPTH) for metric in metrics)


def _names(numbers: Ints) -> npt.NDArray[np.str_]:
    # All of one length: ranx compiles anew, for many seconds, for each length of names it meets.
    return np.char.zfill(numbers.astype(str), _NAME_LENGTH)


def _objects(frame: pd.DataFrame) -> pd.DataFrame:
    # ranx wants text in columns of the general object type, which pandas 3 no longer makes.
    return frame.astype({"q_id": object, "doc_id": object})
