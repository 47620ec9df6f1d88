from __future__ import annotations

import numpy as np
import pytest

from eval.baselines import RULES
from eval.markdown import replace_section
from eval.measures import METRICS, Calibration, expected_calibration_error, ranking_figures
from eval.protocol import FOLDS, assign_folds
from matcher import training
from matcher.training import Rows


def rows_of(labels: list[list[float]], cooperation: list[int]) -> Rows:
    table = np.array(labels, np.float32)
    weights = 1 / np.bincount(cooperation)[cooperation]
    return Rows(
        np.zeros((*table.shape, 1), np.float32), table, weights.astype(np.float32),
        np.array(cooperation), np.zeros(len(cooperation), np.int64),
    )  # fmt: skip


def test_near_duplicates_never_straddle_a_split(matcher):
    groups = training.near_duplicates(matcher.knowledge)
    fold = assign_folds(groups)
    assert set(fold) == set(range(FOLDS))
    assert all(len(set(fold[groups == group])) == 1 for group in np.unique(groups))
    sizes = np.bincount(fold)
    assert sizes.max() - sizes.min() < 40
    assert np.array_equal(fold, assign_folds(groups))


def test_figures_against_a_hand_computed_ranking():
    nan = np.nan
    # One cooperation of two searchers: partners at rank 1 and 3, and one partner at rank 2.
    rows = rows_of([[nan, 1, 0, 1], [1, nan, 0, 0]], [0, 0])
    scores = np.array([[9, 4, 3, 2], [2, 9, 3, 1]], np.float32)
    figures = ranking_figures(rows, scores).loc[0]
    first = (1 + 1 / np.log2(4)) / (1 + 1 / np.log2(3))
    second = 1 / np.log2(3)
    assert figures["ndcg@10"] == pytest.approx((first + second) / 2)
    assert figures["mrr"] == pytest.approx((1 + 0.5) / 2)
    assert figures["hit_rate@5"] == 1
    assert figures["r-precision"] == pytest.approx((0.5 + 0) / 2)
    assert list(figures.index) == list(METRICS)


def test_calibration_against_hand_computed_values():
    labels = np.array([1, 0, 1, 0], np.float32)
    probability = np.array([0.9, 0.9, 0.1, 0.1])
    even = np.ones(4)
    assert expected_calibration_error(labels, probability, even) == pytest.approx(0.4)
    assert expected_calibration_error(labels, labels.astype(float), even) == 0
    collected = Calibration()
    odds = np.log(probability / (1 - probability))
    collected.add(
        rows_of([[np.nan, 1, 0], [np.nan, 1, 0]], [0, 1]),
        np.array([[0, *odds[:2]], [0, *odds[2:]]]),
    )
    figures = collected.figures()
    assert figures["ece"] == pytest.approx(0.4)
    assert figures["brier"] == pytest.approx((0.01 + 0.81 + 0.81 + 0.01) / 4)
    assert collected.queries == 2


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("nearest first", "Kreis Soest"),
        ("border, then distance", "Soest"),
        ("same Kreis, then distance", "Kreis Soest"),
    ],
)
def test_rules_rank_as_they_say(matcher, row, rule, first):
    scores = RULES[rule](matcher.knowledge, row("Bad Sassendorf")).copy()
    scores[row("Bad Sassendorf")] = -np.inf
    best = matcher.knowledge.land.keys[int(scores.argmax())]
    # Kreis Soest has its seat in Soest: as near as the town itself.
    assert best in {"05974040", "05974"}
    assert scores[row(first)] == scores.max()


def test_shared_cooperations_come_first(matcher, row):
    scores = RULES["shared cooperations, then distance"](matcher.knowledge, row("Soest"))
    shared = matcher.knowledge.shared[row("Soest")]
    assert shared[int(scores.argmax())] == shared.max()


def test_sections_are_replaced_between_their_markers():
    text = "vorher\n<!-- x: written by a command -->\nalt\n<!-- end of x -->\nnachher\n"
    replaced = replace_section(text, "x", "neu")
    assert "alt" not in replaced
    assert replaced.startswith("vorher\n")
    assert replaced.endswith("\nnachher\n")
    with pytest.raises(ValueError, match="no markers"):
        replace_section("nichts", "x", "neu")
