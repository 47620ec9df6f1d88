from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.learning import as_shipped, examples_of
from tests.eval.ranking.made_rows import rows_of

QUERIES, BODIES = 60, 40
NAMES = ("tells", "noise")


@pytest.fixture(scope="module")
def examples():
    """Return queries whose partners have a high first feature; the second says nothing."""
    rng = np.random.default_rng(3)
    labels = (rng.random((QUERIES, BODIES)) < 0.2).astype(np.float32)
    labels[:, 0] = np.nan
    rows = rows_of(labels, list(range(QUERIES)))
    features = np.stack(
        [np.nan_to_num(labels) + rng.random(labels.shape), rng.random(labels.shape)]
    )
    groups = np.arange(QUERIES) // 2
    learned = examples_of(rows, groups)
    assert np.array_equal(learned.groups, groups[rows.cooperation])
    return type(learned)(
        np.moveaxis(features, 0, 2).astype(np.float32), rows.labels, rows.weights, groups
    )


def test_what_ships_learns_what_tells_a_partner(examples):
    ranker = as_shipped(rounds=5)(examples, NAMES)
    assert ranker.feature_names == NAMES
    scores = ranker.score(examples.features)
    partner = examples.labels == 1
    assert scores[partner].mean() > scores[examples.labels == 0].mean()


def test_more_rounds_learn_more(examples):
    few, many = (as_shipped(rounds)(examples, NAMES).digest for rounds in (2, 6))
    assert few != many
