from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from eval.ranking.measures import METRICS, query_figures
from eval.ranking.slices import query_slices, sliced_means
from tests.eval.ranking.made_rows import rows_of

NAN = np.nan


def test_labels_of_queries(land):
    rows = rows_of(
        [
            [NAN, 1, 0, 0, 0, 0, 0],
            [1, NAN, 0, 0, 0, 0, 0],
            [1, 1, 1, NAN, 0, 0, 0],
            [1, 1, 1, 1, 1, NAN, 0],
        ],
        [0, 0, 1, 2],
        [0, 1, 3, 5],
    )
    # Known: 0 with 6 (1/3 of 0 and 1), and 0 to 4 (4/5 of 0 to 3, 5/6 of 0 to 5).
    state = np.array([[1, 0, 0, 0, 0, 0, 1], [1, 1, 1, 1, 1, 0, 0]], np.float32)
    labels = query_slices(rows, land, state, ["archiv", "forst", "it"])
    assert labels["segment"].tolist() == ["small", "Kreis", "large", "Verband"]
    assert labels["ties"].tolist() == ["known ties"] * 3 + ["no ties"]
    assert labels["group size"].tolist() == ["2", "2", "3–5", "6+"]
    assert labels["task area"].tolist() == ["archiv", "archiv", "forst", "it"]
    new, known = "new combination", "partners known together"
    assert labels["novelty"].tolist() == [new, new, known, known]
    nothing = query_slices(rows, land, state[:0], ["archiv", "forst", "it"])
    assert set(nothing["novelty"]) == {new}
    assert set(nothing["ties"]) == {"no ties"}


def test_an_overlap_of_three_fifths_is_known_together(land):
    rows = rows_of([[NAN, 1, 1, 0, 0, 0, 0]], [0], [0])
    state = np.array([[1, 1, 1, 1, 1, 0, 0]], np.float32)
    assert query_slices(rows, land, state, ["it"])["novelty"][0] == "partners known together"


def test_slices_average_by_cooperation_first():
    figures = pd.DataFrame({metric: [1.0, 0.0, 0.5, 0.0] for metric in METRICS})
    figures["cooperation"] = [0, 0, 1, 1]
    labels = pd.DataFrame(
        {"segment": ["Kreis", "small", "small", "small"], "ties": ["known ties"] * 4}
    )
    means = sliced_means(figures, labels)
    assert means.index.tolist() == [
        ("segment", "small"),
        ("segment", "Kreis"),
        ("ties", "known ties"),
    ]
    assert means["mrr"].tolist() == pytest.approx([(0 + 0.25) / 2, 1, (0.5 + 0.25) / 2])
    assert means["cooperations"].tolist() == [2, 1, 2]
    assert means["queries"].tolist() == [3, 1, 4]
    with pytest.raises(ValueError, match="4 queries have figures, 3 have labels"):
        sliced_means(figures, labels[:3])


def test_slices_fit_the_figures_of_queries(land):
    rows = rows_of([[NAN, 1, 0, 0, 0, 0, 0], [1, NAN, 0, 0, 0, 0, 0]], [0, 0], [0, 1])
    figures = query_figures(rows, np.ones((2, 7)))
    labels = query_slices(rows, land, np.zeros((0, 7), np.float32), ["it"])
    means = sliced_means(figures, labels)
    assert means.loc[("group size", "2"), "recall@25"] == 1
    assert means.loc[("ties", "no ties"), "queries"] == 2
