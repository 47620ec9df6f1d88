"""Ranking, calibration and group figures, each cooperation counting the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from ranx import Qrels, Run, evaluate

from matcher.landscape import Bools, Ints
from matcher.training import Rows

METRICS = ("ndcg@10", "hit_rate@5", "hit_rate@10", "mrr", "recall@25", "r-precision")
SHOWN = 10
_DEPTH = 100  # ranks kept a query: deeper than any cut-off above
_BINS = 10
_NAME_LENGTH = 6


def ranking_figures(rows: Rows, scores: npt.NDArray[Any]) -> pd.DataFrame:
    """Compute all ranking metrics by cooperation.

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
    figures = query_figures(rows, scores)
    return figures.groupby("cooperation")[list(METRICS)].mean().rename_axis(None)


def query_figures(rows: Rows, scores: npt.NDArray[Any]) -> pd.DataFrame:
    """Compute all ranking metrics by query.

    Parameters
    ----------
    rows, scores
        See `ranking_figures`.

    Returns
    -------
    DataFrame
        One row a query, in the order of `rows`: the metrics, `cooperation`, `searcher` and
        `weight` (1 / searchers of the cooperation).
    """
    return metric_table(rows.labels, scores).assign(
        cooperation=rows.cooperation, searcher=rows.searcher, weight=rows.weights
    )


def metric_table(labels: npt.NDArray[Any], scores: npt.NDArray[Any]) -> pd.DataFrame:
    """Compute all ranking metrics with ranx.

    Parameters
    ----------
    labels
        (queries, bodies): 1 relevant, 0 not, NaN no candidate.
    scores
        (queries, bodies), greater is better.

    Returns
    -------
    DataFrame
        One row a query, one column a metric; NaN where nothing is relevant.
    """
    names = _names(np.arange(len(labels)))
    query, body = np.nonzero(labels == 1)
    if len(query) == 0:
        return pd.DataFrame(np.nan, index=range(len(names)), columns=list(METRICS))
    order = ranking(labels, scores)[:, :_DEPTH]
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
    evaluate(qrels, run, list(METRICS), make_comparable=True)
    table = pd.DataFrame({metric: run.scores[metric] for metric in METRICS})
    return table.reindex(names).reset_index(drop=True)


def ranking(labels: npt.NDArray[Any], scores: npt.NDArray[Any]) -> Ints:
    """Return the bodies from best to worst, (queries, bodies); equal scores keep their order.

    Those that are no candidate (label NaN) come last.
    """
    visible = np.where(np.isnan(labels), -np.inf, scores)
    return np.asarray(np.argsort(-visible, axis=1, kind="stable"), np.int64)


class Calibration:
    """Collects probabilities and outcomes over folds, each cooperation counting the same."""

    def __init__(self) -> None:
        self._parts: list[tuple[Any, ...]] = []
        self.queries = 0

    def add(self, rows: Rows, log_odds: npt.NDArray[np.float64]) -> None:
        """Add the scored queries of one fold; `log_odds` is (queries, bodies)."""
        place = np.argsort(ranking(rows.labels, log_odds), axis=1)
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


def group_recall(
    proposed: Sequence[Ints], truth: npt.NDArray[Any], searchers: Ints, cooperation: Ints
) -> pd.Series:
    """Compute which share of the partners a proposed group holds.

    For one query: |group ∩ partners| / |partners|, the searcher in neither. A group that is
    larger finds more, so compare groups of like size, or read it beside `exact_size_precision`.

    Parameters
    ----------
    proposed
        Rows of the group of each query, with or without the searcher.
    truth
        (queries, bodies), 1 where the body takes part; `Rows.labels` or rows of participation.
    searchers, cooperation
        (queries,) row of the searcher, index of the cooperation.

    Returns
    -------
    Series
        By cooperation (index): the mean over its queries; queries without a partner are left out.
    """
    partner = _partners(truth, searchers)
    query, _, hit = _members(proposed, partner, searchers)
    found = np.bincount(query, hit, minlength=len(proposed))
    return _by_cooperation(found, partner.sum(axis=1), cooperation)


def exact_size_precision(
    proposed: Sequence[Ints], truth: npt.NDArray[Any], searchers: Ints, cooperation: Ints
) -> pd.Series:
    """Compute which share of a group of exactly the true size is right.

    For one query with k partners (true group size - 1): partners among the first k proposed, the
    searcher not counted, / k. Fewer than k proposed count the missing places as wrong. Given a
    ranking (`ranking`), this is R-precision (Manning et al., 2008, Introduction to information
    retrieval, sec. 8.4); given groups asked for in the true size, it is their precision, which at
    this size is their recall too.

    Parameters
    ----------
    proposed
        Rows of each query from best to worst: the group, or a ranking.
    truth, searchers, cooperation
        See `group_recall`.

    Returns
    -------
    Series
        By cooperation (index): the mean over its queries; queries without a partner are left out.
    """
    partner = _partners(truth, searchers)
    size = partner.sum(axis=1)
    query, place, hit = _members(proposed, partner, searchers)
    found = np.bincount(query, hit & (place < size[query]), minlength=len(proposed))
    return _by_cooperation(found, size, cooperation)


def _partners(truth: npt.NDArray[Any], searchers: Ints) -> Bools:
    partner = truth == 1
    partner[np.arange(len(partner)), searchers] = False
    return np.asarray(partner)


def _members(proposed: Sequence[Ints], partner: Bools, searchers: Ints) -> tuple[Ints, Ints, Bools]:
    """Return query, place in the group and whether a partner, for each member but the searcher."""
    query = np.repeat(np.arange(len(proposed)), [len(group) for group in proposed])
    body = np.concatenate([np.asarray(group, np.int64) for group in proposed])
    other = body != searchers[query]
    query, body = query[other], body[other]
    place = np.arange(len(query)) - np.searchsorted(query, query)
    return query, place, partner[query, body]


def _by_cooperation(found: npt.NDArray[Any], partners: Ints, cooperation: Ints) -> pd.Series:
    share = found / np.where(partners > 0, partners, np.nan)
    return pd.Series(share).groupby(cooperation).mean().dropna()


def _bin(probability: npt.NDArray[Any], bins: int) -> Ints:
    return np.clip((probability * bins).astype(np.int64), 0, bins - 1)


def _names(numbers: Ints) -> npt.NDArray[np.str_]:
    # All of one length: ranx compiles anew, for many seconds, for each length of names it meets.
    return np.char.zfill(numbers.astype(str), _NAME_LENGTH)


def _objects(frame: pd.DataFrame) -> pd.DataFrame:
    # ranx wants text in columns of the general object type, which pandas 3 no longer makes.
    return frame.astype({"q_id": object, "doc_id": object})
