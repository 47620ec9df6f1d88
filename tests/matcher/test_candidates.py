"""Few are looked at closely, and the first ten of all are among them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from matcher.candidates import NEAREST, Candidates

# A row of places a kilometre apart; every tenth is a Kreis.
COUNT = 6_000
SEATS = np.column_stack([np.arange(COUNT), np.zeros(COUNT)]).astype(float)
KIND = (np.arange(COUNT) % 10 == 0).astype(np.int64)
# Two cooperations that lead far away, one after the other, and one of strangers.
MEMBERS = [[3, 5_000], [5_000, 4_000], [2_001, 2_002]]


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    took_part = np.zeros((COUNT, len(MEMBERS)), np.float32)
    for number, members in enumerate(MEMBERS):
        took_part[members, number] = 1
    return Candidates.among(SEATS, KIND, csr_array(took_part))


def test_few_are_chosen_each_once_in_order(candidates):
    rows = candidates.of(3, np.zeros(3, np.float32))
    assert len(rows) < COUNT / 10
    assert (np.diff(rows) > 0).all()
    assert 3 in rows


def test_the_nearest_of_each_kind_are_among_them(candidates):
    rows = candidates.of(3_003, np.zeros(3, np.float32))
    for kind in (0, 1):
        near = rows[KIND[rows] == kind]
        own = np.flatnonzero(kind == KIND)
        nearest = own[np.argsort(np.abs(own - 3_003), kind="stable")[: NEAREST // 8]]
        assert np.isin(nearest, near).all()


def test_partners_and_their_partners_are_among_them_however_far(candidates):
    assert np.isin([5_000, 4_000], candidates.of(3, np.zeros(3, np.float32))).all()
    assert not np.isin([5_000, 4_000], candidates.of(13, np.zeros(3, np.float32))).any()


def test_who_is_known_for_the_matter_is_among_them_however_far(candidates):
    known = np.array([0, 0, 1], np.float32)
    assert np.isin([2_001, 2_002], candidates.of(3, known)).all()
    assert not np.isin([2_001, 2_002], candidates.of(3, np.zeros(3, np.float32))).any()
