from __future__ import annotations

import numpy as np
import pytest

from eval.measures import (
    METRICS,
    Calibration,
    exact_size_precision,
    group_recall,
    query_figures,
    ranking,
    ranking_figures,
    reliability_table,
)
from matcher.training import Rows

NAN = np.nan


def rows_of(labels, cooperation, searcher) -> Rows:
    table = np.array(labels, np.float32)
    weights = 1 / np.bincount(cooperation)[cooperation]
    return Rows(
        np.zeros((*table.shape, 1), np.float32), table, weights.astype(np.float32),
        np.array(cooperation), np.array(searcher),
    )  # fmt: skip


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
    order = ranking(np.array([[0, NAN, 1, 0]]), np.array([[1.0, 9.0, 1.0, 2.0]]))
    assert order.tolist() == [[3, 0, 2, 1]]


def test_reliability_bins_against_hand_computed_values():
    labels = np.array([1, 0, 1, 0, 0])
    probability = np.array([0.91, 0.95, 1.0, 0.12, 0.1])
    weights = np.array([1, 1, 2, 3, 1])
    low, high = reliability_table(labels, probability, weights)
    assert low == pytest.approx(
        {"from": 0.1, "to": 0.2, "predicted": 0.46 / 4, "observed": 0, "weight": 0.5}
    )
    assert high == pytest.approx(
        {"from": 0.9, "to": 1.0, "predicted": 3.86 / 4, "observed": 0.75, "weight": 0.5}
    )


def test_reliability_is_the_calibration_error_taken_apart():
    rng = np.random.default_rng(1)
    labels = (rng.random((6, 30)) < 0.2).astype(np.float32)
    labels[:, 0] = NAN
    collected = Calibration()
    rows = rows_of(labels, [0, 0, 1, 2, 2, 2], [0] * 6)
    collected.add(rows, rng.normal(size=labels.shape))
    figures, tables = collected.figures(), collected.reliability()
    for table, error in ((tables["all"], figures["ece"]), (tables["shown"], figures["ece_shown"])):
        gaps = sum(b["weight"] * abs(b["predicted"] - b["observed"]) for b in table)
        assert gaps == pytest.approx(error)
        assert sum(b["weight"] for b in table) == pytest.approx(1)
    assert tables["shown"][-1]["predicted"] >= tables["all"][0]["predicted"]


PARTICIPATION = np.array([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]], np.float32)
SEARCHERS = np.array([0, 1, 4])
COOPERATION = np.array([2, 2, 5])


def test_group_recall_leaves_the_searcher_out():
    proposed = [np.array([0, 1, 4, 2]), np.array([1, 5]), np.array([4, 5, 0, 1])]
    recall = group_recall(proposed, PARTICIPATION, SEARCHERS, COOPERATION)
    assert recall.to_dict() == pytest.approx({2: (2 / 3 + 0) / 2, 5: 1})


def test_exact_size_precision_cuts_long_groups_and_punishes_short_ones():
    # Right among the first three: 1 and 2 of 1, 4, 2, not the 3 behind; 0 of a group too short.
    proposed = [np.array([0, 1, 4, 2, 3]), np.array([1, 0]), np.array([4, 0, 5])]
    precision = exact_size_precision(proposed, PARTICIPATION, SEARCHERS, COOPERATION)
    assert precision.to_dict() == pytest.approx({2: (2 / 3 + 1 / 3) / 2, 5: 0})


def test_exact_size_precision_of_a_ranking_is_r_precision():
    rng = np.random.default_rng(3)
    labels = (rng.random((8, 40)) < 0.2).astype(np.float32)
    searchers, cooperation = np.arange(8), np.array([0, 0, 0, 1, 1, 2, 3, 3])
    labels[np.arange(8), searchers] = NAN
    scores = rng.normal(size=labels.shape)
    precision = exact_size_precision(list(ranking(labels, scores)), labels, searchers, cooperation)
    expected = ranking_figures(rows_of(labels, cooperation, searchers), scores)["r-precision"]
    assert precision.to_dict() == pytest.approx(expected.to_dict())


def test_who_has_no_partner_is_left_out_of_group_figures():
    alone = np.array([[1, 0, 0]], np.float32)
    assert group_recall([np.array([0, 1])], alone, np.array([0]), np.array([3])).empty
