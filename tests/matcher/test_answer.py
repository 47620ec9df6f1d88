"""Who is named leads, and the reason says so."""

from __future__ import annotations

import numpy as np
import pytest

from matcher import answer


def test_who_is_named_comes_ahead_of_all_others_in_their_own_order():
    scores = np.array([2.0, -1.0, 0.5, -3.0])
    lifted = scores + answer.lift(scores, np.array([1, 3]))
    assert np.argsort(-lifted).tolist() == [1, 3, 0, 2]
    assert lifted[3] == pytest.approx(2.1)
    assert lifted[[0, 2]].tolist() == [2.0, 0.5]


def test_who_leads_already_is_lifted_all_the_same():
    scores = np.array([2.0, -1.0])
    assert answer.lift(scores, np.array([0])).tolist() == [3.0, 0.0]


def test_without_a_name_nothing_is_added():
    assert answer.lift(np.array([2.0, -1.0]), np.array([], np.int64)).tolist() == [0.0, 0.0]


def test_who_has_the_task_by_law_stands_among_the_first_three_and_no_higher():
    scores, passing = np.array([2.0, -1.0, 0.5, -3.0, 0.1]), np.ones(5, bool)
    lifted = scores.copy()
    lifted[3] += answer.carrier_lift(scores, passing, 3)
    assert np.argsort(-lifted).tolist() == [0, 2, 3, 4, 1]


def test_who_has_the_task_and_leads_already_or_is_ruled_out_gets_nothing():
    scores, passing = np.array([2.0, -1.0, 0.5, -3.0]), np.array([True, True, True, False])
    assert answer.carrier_lift(scores, passing, 0) == 0.0
    assert answer.carrier_lift(scores, passing, 3) == 0.0
    assert answer.carrier_lift(scores, passing, -1) == 0.0
