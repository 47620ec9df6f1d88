from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from eval.ranking.uncertainty import bootstrap_interval, holm, paired


def test_the_interval_is_that_of_a_normal_mean():
    values = np.random.default_rng(5).normal(2, 1, 400)
    interval = bootstrap_interval(values, seed=1)
    spread = norm.ppf(0.975) * values.std() / 20
    assert interval.mean == pytest.approx(values.mean())
    assert interval.low == pytest.approx(values.mean() - spread, abs=0.015)
    assert interval.high == pytest.approx(values.mean() + spread, abs=0.015)
    assert interval == bootstrap_interval(values, seed=1)
    assert interval != bootstrap_interval(values, seed=2)


def test_the_interval_of_one_value_is_that_value():
    interval = bootstrap_interval(np.full(7, 0.25))
    assert (interval.low, interval.mean, interval.high) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize("values", [[], [0.1, np.nan]])
def test_no_interval_without_values(values):
    with pytest.raises(ValueError, match="needs values"):
        bootstrap_interval(np.array(values))


def test_paired_against_hand_computed_values():
    ours = pd.Series([0.5, 0.7, 0.9, 0.2, 0.4], index=list("abcde"))
    theirs = pd.Series([0.4, 0.5, 0.1, 0.6, 0.4], index=list("abdce"))
    compared = paired(ours, theirs)
    # Differences 0.1, 0.2, 0.3, 0.1, 0: all gains, so p = 2 / 2⁴ (ties: still the extreme).
    assert compared.difference.mean == pytest.approx(0.7 / 5)
    assert compared.relative_gain == pytest.approx(0.54 / 0.4 - 1)
    assert (compared.better, compared.worse, compared.equal) == (4, 0, 1)
    assert 0.05 < compared.p_value < 0.15
    assert 0 < compared.difference.low < 0.14 < compared.difference.high


def test_wilcoxon_is_exact_for_few_pairs():
    # Ranks 1 to 5 with the smallest negative: W = 1, so p = 2 · 2 / 2⁵.
    ours = np.array([-0.1, 0.2, 0.3, 0.4, 0.5])
    assert paired(ours, np.zeros(5)).p_value == pytest.approx(0.125)
    assert paired(ours, np.zeros(5)).relative_gain is None


def test_a_system_equals_itself():
    same = paired(np.array([0.1, 0.2]), np.array([0.1, 0.2]))
    assert (same.p_value, same.equal, same.relative_gain) == (1, 2, 0)


@pytest.mark.parametrize("other", [[0.1], [0.1, 0.2, 0.3]])
def test_only_the_same_cooperations_are_compared(other):
    with pytest.raises(ValueError, match="same cooperations"):
        paired(np.array([0.1, 0.2]), np.array(other))


def test_holm_against_hand_computed_values():
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005, "e": 0.9})
    assert adjusted == pytest.approx({"a": 0.04, "b": 0.09, "c": 0.09, "d": 0.025, "e": 0.9})
    assert list(adjusted) == ["a", "b", "c", "d", "e"]
    assert holm({"a": 0.6, "b": 0.7}) == {"a": 1, "b": 1}
    assert holm({}) == {}
