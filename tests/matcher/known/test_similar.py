from __future__ import annotations

import numpy as np
import pytest

from matcher.known.similar import most_similar


@pytest.mark.parametrize("count", [1, 7, 60, 100, 500])
def test_the_nearest_are_those_of_sorting_all_of_equals_the_first(count):
    likeness = np.random.default_rng(2).integers(0, 30, 100).astype(np.float32)
    found = most_similar(likeness, count)
    assert found.indices.tolist() == np.argsort(-likeness, kind="stable")[:count].tolist()
    assert np.array_equal(found.similarity, likeness[found.indices])
    assert found.weight.sum() == pytest.approx(1)
