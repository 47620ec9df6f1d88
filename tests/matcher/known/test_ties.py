"""Ties read a row at a time are what the whole matrix of them would give."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.known.ties import Ties

# Four cooperations of six bodies; the last body is in none.
PARTICIPATION = np.array(
    [[1, 1, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0], [0, 0, 1, 1, 1, 0], [1, 1, 1, 1, 1, 0]], np.float32
)
ALL = np.arange(6)


@pytest.fixture
def ties() -> Ties:
    return Ties(PARTICIPATION, PARTICIPATION.sum(axis=1))


def test_a_cooperation_of_two_counts_more_than_one_of_five(ties):
    assert ties.close(np.array([0]))[0] == pytest.approx(
        [0, 1 + 1 / 2 + 1 / 4, 3 / 4, 1 / 4, 1 / 4, 0]
    )
    assert ties.shared(np.array([0]))[0, 3] == pytest.approx(1 / 2)


def test_membership_in_one_large_group_is_little_trust():
    large = Ties(np.ones((1, 50), np.float32), np.array([50], np.float32))
    small = Ties(
        np.eye(2, dtype=np.float32)[[0]] + np.eye(2, dtype=np.float32)[[1]], np.array([2.0])
    )
    assert large.close(np.array([0]))[0, 1] == pytest.approx(1 / 49)
    assert small.close(np.array([0]))[0, 1] == 1


def test_following_ties_is_the_product_with_all_of_them(ties):
    close = ties.close(ALL)
    start = np.random.default_rng(1).random((2, 6)).astype(np.float32)
    assert ties.spread(start) == pytest.approx(start @ close, abs=1e-6)
    assert ties.total[:5] == pytest.approx(close.sum(axis=1)[:5])


def test_a_walk_takes_up_to_three_steps(ties):
    step = ties.close(ALL) / ties.total[:, None]
    expected = 0.5 * step + 0.25 * step @ step + 0.125 * step @ step @ step
    assert ties.walk(ALL) == pytest.approx(expected, abs=1e-6)
    assert ties.walk_back(ALL) == pytest.approx(expected.T, abs=1e-6)


def test_a_body_in_no_cooperation_has_no_ties(ties):
    last = np.array([5])
    assert not ties.close(last).any()
    assert not ties.walk(last).any()
    assert not ties.walk_back(last).any()


def test_one_searcher_gets_the_bits_that_many_get(ties):
    assert np.array_equal(ties.walk(ALL)[2], ties.walk(np.array([2]))[0])


def test_the_usual_share_is_the_mean_over_all_pairs(ties):
    shared = ties.shared(ALL)
    assert ties.usual_share == pytest.approx(shared.sum() / (ties.activity.sum() * 5), rel=1e-5)
