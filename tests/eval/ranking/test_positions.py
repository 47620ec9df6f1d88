from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.positions import POSITIONS, position_figures, position_means, positions
from matcher.known.bodies import Bodies
from tests.eval.ranking.made_rows import rows_of

NAN = np.nan


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
    association = np.flatnonzero(land.kind == 2)
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
