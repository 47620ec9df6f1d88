from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.measures import METRICS, query_figures, rank_bodies, ranking_figures
from tests.eval.ranking.made_rows import rows_of

NAN = np.nan


def test_every_query_has_its_figures_and_the_cooperation_their_mean():
    rows = rows_of([[NAN, 1, 0, 1], [1, NAN, 0, 0], [0, 0, NAN, 1]], [4, 4, 7], [0, 1, 2])
    scores = np.array([[9, 4, 3, 2], [2, 9, 3, 1], [1, 2, 9, 3]], np.float32)
    figures = query_figures(rows, scores)
    assert list(figures.columns) == [*METRICS, "cooperation", "searcher", "weight"]
    assert list(figures["mrr"]) == [1, 0.5, 1]
    assert list(figures["r-precision"]) == [0.5, 0, 1]
    assert list(figures["searcher"]) == [0, 1, 2]
    assert list(figures["weight"]) == [0.5, 0.5, 1]
    means = ranking_figures(rows, scores)
    assert list(means.index) == [4, 7]
    assert list(means["mrr"]) == [0.75, 1]


def test_a_query_without_partners_has_no_figure():
    rows = rows_of([[NAN, 0, 0], [1, NAN, 0]], [0, 1], [0, 1])
    figures = query_figures(rows, np.zeros((2, 3)))
    assert figures["mrr"].isna().tolist() == [True, False]
    alone = rows_of([[NAN, 0, 0]], [0], [0])
    assert query_figures(alone, np.zeros((1, 3)))[list(METRICS)].isna().all(axis=None)


def test_equal_scores_keep_their_order_and_the_searcher_comes_last():
    order = rank_bodies(np.array([[0, NAN, 1, 0]]), np.array([[1.0, 9.0, 1.0, 2.0]]))
    assert order.tolist() == [[3, 0, 2, 1]]


def test_figures_against_a_hand_computed_ranking():
    # One cooperation of two searchers: partners at rank 1 and 3, and one partner at rank 2.
    rows = rows_of([[NAN, 1, 0, 1], [1, NAN, 0, 0]], [0, 0])
    scores = np.array([[9, 4, 3, 2], [2, 9, 3, 1]], np.float32)
    figures = ranking_figures(rows, scores).loc[0]
    first = (1 + 1 / np.log2(4)) / (1 + 1 / np.log2(3))
    second = 1 / np.log2(3)
    assert figures["ndcg@10"] == pytest.approx((first + second) / 2)
    assert figures["mrr"] == pytest.approx((1 + 0.5) / 2)
    assert figures["hit_rate@5"] == 1
    assert figures["r-precision"] == pytest.approx((0.5 + 0) / 2)
    assert list(figures.index) == list(METRICS)


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_alone_is_what_it_is_among_all(metric):
    rng = np.random.default_rng(2)
    labels = (rng.random((12, 150)) < 0.1).astype(np.float32)
    labels[:, 0] = NAN
    rows, scores = rows_of(labels, list(np.arange(12) // 2)), rng.random(labels.shape)
    alone = ranking_figures(rows, scores, (metric,))
    assert list(alone.columns) == [metric]
    assert alone[metric].equals(ranking_figures(rows, scores)[metric])
