from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.calibration import Calibration, expected_calibration_error, reliability_table
from tests.eval.ranking.made_rows import rows_of

NAN = np.nan


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
