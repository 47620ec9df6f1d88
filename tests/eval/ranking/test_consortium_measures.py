from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.consortium_measures import exact_size_precision, group_recall
from eval.ranking.measures import rank_bodies, ranking_figures
from tests.eval.ranking.made_rows import rows_of

NAN = np.nan
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
    precision = exact_size_precision(
        list(rank_bodies(labels, scores)), labels, searchers, cooperation
    )
    expected = ranking_figures(rows_of(labels, cooperation, searchers), scores)["r-precision"]
    assert precision.to_dict() == pytest.approx(expected.to_dict())


def test_who_has_no_partner_is_left_out_of_group_figures():
    alone = np.array([[1, 0, 0]], np.float32)
    assert group_recall([np.array([0, 1])], alone, np.array([0]), np.array([3])).empty
