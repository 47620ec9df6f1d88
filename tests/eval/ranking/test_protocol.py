from __future__ import annotations

import numpy as np

from eval.ranking.protocol import FOLDS, assign_folds
from matcher import training


def test_near_duplicates_never_straddle_a_split(matcher):
    groups = training.near_duplicates(matcher.knowledge)
    fold = assign_folds(groups)
    assert set(fold) == set(range(FOLDS))
    assert all(len(set(fold[groups == group])) == 1 for group in np.unique(groups))
    sizes = np.bincount(fold)
    assert sizes.max() - sizes.min() < 40
    assert np.array_equal(fold, assign_folds(groups))
