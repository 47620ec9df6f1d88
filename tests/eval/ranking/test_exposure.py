from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from eval.ranking.exposure import Exposure, actual_weight, coverage, gini, recommended_weight
from tests.eval.ranking.made_rows import rows_of

NAN = np.nan


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([1, 1, 1, 1], 0), ([0, 0, 0, 5], 0.75), ([3, 1], 0.25), ([1, 2, 3], 4 / 18)],
)
def test_gini(amounts, expected):
    assert gini(np.array(amounts)) == pytest.approx(expected)


def test_coverage_counts_who_gets_anything():
    assert coverage(np.array([0, 0.1, 2, 0])) == 0.5


def test_each_cooperation_gives_away_one_unit():
    # Cooperation 0 is asked for by bodies 0 and 1, cooperation 1 by body 2 alone.
    rows = rows_of([[NAN, 1, 0, 1], [1, NAN, 0, 1], [0, 0, NAN, 1]], [0, 0, 1])
    scores = np.array([[9, 4, 3, 2], [4, 9, 3, 2], [4, 3, 9, 2]], np.float32)
    assert recommended_weight(rows, scores, shown=2) == pytest.approx(
        [0.25 + 0.5, 0.25 + 0.5, 0.25 + 0.25, 0]
    )
    assert actual_weight(rows) == pytest.approx([0.25, 0.25, 0, 0.5 + 1])
    assert recommended_weight(rows, scores).sum() == pytest.approx(2)


def test_the_searcher_is_never_shown_to_itself():
    rows = rows_of([[NAN, 1, 0]], [0])
    assert recommended_weight(rows, np.ones((1, 3))) == pytest.approx([0, 0.5, 0.5])


def test_figures_over_two_folds():
    count = 13
    land = SimpleNamespace(
        keys=pd.Index([f"b{i}" for i in range(count)]), status=np.array([0] * 11 + [3, 4])
    )
    labels = np.zeros((1, count))
    labels[0, 0], labels[0, 12] = NAN, 1
    scores = np.arange(count, 0, -1)[None, :]
    exposure = Exposure(land)
    exposure.add(rows_of(labels, [0]), scores)
    exposure.add(rows_of(labels, [0]), scores)
    figures = exposure.figures()
    # Ten of thirteen get 0.2 each, one Kreis gets both units there are.
    assert figures["recommended"] == pytest.approx({"gini": 3 / 13, "coverage": 10 / 13})
    assert figures["actual"] == pytest.approx({"gini": 12 / 13, "coverage": 1 / 13})
    assert figures["segments"]["small"] == pytest.approx(
        {"recommended": 1, "actual": 0, "bodies": 11 / 13}
    )
    assert figures["segments"]["Kreis"]["actual"] == 1
    assert figures["segments"]["Verband"] == {"recommended": 0, "actual": 0, "bodies": 0}
    assert figures["never_recommended"] == ["b0", "b11", "b12"]
