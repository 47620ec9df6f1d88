from __future__ import annotations

import numpy as np
import pytest

from models.unit import lengths, unit

ROWS = np.random.default_rng(5).normal(size=(4, 30)).astype(np.float32)


def test_lengths_are_those_of_numpy():
    assert np.array_equal(lengths(ROWS), np.linalg.norm(ROWS, axis=1, keepdims=True))


def test_vectors_come_to_the_length_of_one_but_for_nothing():
    assert np.linalg.norm(unit(ROWS), axis=1) == pytest.approx(1)
    assert not unit(np.zeros((1, 3), np.float32)).any()
