from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from eval.measures import METRICS, query_figures
from eval.slices import (
    POSITIONS,
    position_figures,
    position_means,
    positions,
    query_slices,
    sliced_means,
)
from matcher.known.bodies import Bodies, Relation
from tests.eval.made_rows import rows_of

NAN = np.nan
# Body 0 as seen from itself, its Kreis, a neighbour, one more of the Kreis, one beyond, two far.
SEEN = [
    Relation.SAME_DISTRICT,
    Relation.OWN_DISTRICT,
    Relation.NEIGHBOUR_SAME_DISTRICT,
    Relation.SAME_DISTRICT,
    Relation.NEIGHBOUR,
    Relation.OTHER,
    Relation.SAME_REGION,
]


@pytest.fixture
def land():
    count = len(SEEN)
    relation = np.full((count, count), int(Relation.OTHER))
    relation[0] = relation[:, 0] = SEEN
    relation[1, 0] = Relation.MEMBER
    border = np.zeros((count, count))
    border[0, [2, 4]] = border[[2, 4], 0] = 3.0
    return SimpleNamespace(
        relation=relation, border_km=border, status=np.array([0, 4, 1, 2, 3, 5, 0])
    )


@pytest.mark.parametrize(
    ("searcher", "partner", "position"),
    [
        ("Soest", "Kreis Soest", "parent Kreis"),
        ("Kreis Soest", "Soest", "parent Kreis"),
        ("Soest", "Bad Sassendorf", "neighbour in the Kreis"),
        ("Soest", "Geseke", "elsewhere in the Kreis"),
        ("Geseke", "Salzkotten", "neighbour beyond"),
        ("Kreis Soest", "Hamm", "neighbour beyond"),
        ("Hamm", "Kreis Soest", "neighbour beyond"),
        ("Soest", "Kreis Wesel", "neither"),
        ("Soest", "Aachen", "neither"),
    ],
)
def test_positions_of_real_bodies(dataset, row, searcher, partner, position):
    place = positions(Bodies.of(dataset))
    assert POSITIONS[place[row(searcher), row(partner)]] == position


def test_an_association_is_neither(dataset):
    land = Bodies.of(dataset)
    association = np.flatnonzero(land.is_association)
    place = positions(land)[association]
    assert (place == POSITIONS.index("neither")).all()


def test_partners_of_other_positions_leave_the_ranking(land):
    # Partners at rank 1 (the Kreis), 2 (neighbour), 4 (neither); one wrong body at rank 3.
    rows = rows_of([[NAN, 1, 1, 0, 0, 1, 0]], [3], [0])
    scores = np.array([[99, 9, 8, 7, 1, 6, 2]], np.float32)
    figures = position_figures(rows, scores, land).set_index("position")
    assert list(figures.index) == ["parent Kreis", "neighbour in the Kreis", "neither"]
    assert list(figures["mrr"]) == [1, 1, 0.5]
    assert list(figures["r-precision"]) == [1, 1, 0]
    assert figures.loc["neither", "ndcg@10"] == pytest.approx(1 / np.log2(3))
    assert (figures["cooperation"] == 3).all()
    assert (figures["partners"] == 1).all()


def test_only_queries_with_such_a_partner_count(land):
    # Body 0 asks for its Kreis and for 6; body 6 asks for 0 and 1, which are far from it.
    rows = rows_of([[NAN, 1, 0, 0, 0, 0, 1], [1, 1, 0, 0, 0, 0, NAN]], [0, 0], [0, 6])
    scores = np.array([[0, 3, 2, 1, 0, 0, 4], [1, 2, 3, 0, 0, 0, 0]], np.float32)
    means = position_means(position_figures(rows, scores, land))
    assert list(means.index) == ["parent Kreis", "neither"]
    assert means["queries"].tolist() == [1, 2]
    assert means["partners"].tolist() == [1, 3]
    assert means["cooperations"].tolist() == [1, 1]
    assert means["mrr"].tolist() == pytest.approx([1, (1 + 1 / 2) / 2])


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
