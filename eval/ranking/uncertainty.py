"""How sure a mean or a difference is: bootstrap, signed ranks, correction for many tests.

The unit is the cooperation, not the query: queries of one cooperation are not independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import wilcoxon

SEED = 20_261
RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its bootstrap interval from `low` to `high`."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Comparison of two systems on the same cooperations.

    Attributes
    ----------
    difference
        Mean of a - b with its interval.
    relative_gain
        mean(a) / mean(b) - 1; None where the mean of b is 0.
    p_value
        Two-sided Wilcoxon signed-rank test; 1 where nothing differs.
    better, worse, equal
        Number of cooperations where a is greater than, less than and equal to b.
    """

    difference: Interval
    relative_gain: float | None
    p_value: float
    better: int
    worse: int
    equal: int


def bootstrap_interval(
    values: pd.Series | npt.NDArray[Any],
    seed: int = SEED,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Interval:
    """Compute the percentile bootstrap interval of the mean.

    Efron and Tibshirani (1993), An introduction to the bootstrap, sec. 13.3.

    Parameters
    ----------
    values
        (m,) one value a cooperation.
    seed
        Of the draws; the same values and seed give the same interval.
    resamples
        How often m of the m values are drawn with replacement.
    level
        Share of the resampled means inside the interval.

    Raises
    ------
    ValueError
        There are no values, or some are NaN.
    """
    given = np.asarray(values, np.float64)
    if len(given) == 0 or np.isnan(given).any():
        raise ValueError("A mean needs values, none of them NaN: drop those without a figure.")
    drawn = np.random.default_rng(seed).integers(0, len(given), (resamples, len(given)))
    low, high = np.quantile(given[drawn].mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(given.mean()), float(low), float(high))


def paired(
    a: pd.Series | npt.NDArray[Any], b: pd.Series | npt.NDArray[Any], seed: int = SEED
) -> Paired:
    """Compare two systems cooperation by cooperation.

    Wilcoxon (1945), Individual comparisons by ranking methods: equal pairs are left out. The
    interval is that of the mean difference, cooperations resampled as pairs.

    Parameters
    ----------
    a, b
        (m,) one value a cooperation; Series are matched by index, arrays by order.
    seed
        Of the bootstrap.

    Raises
    ------
    ValueError
        The two are not about the same cooperations, or some values are NaN.
    """
    ours, theirs = pd.Series(a), pd.Series(b)
    if len(ours) != len(theirs) or not ours.index.isin(theirs.index).all():
        raise ValueError("Both systems must have been asked for the same cooperations.")
    theirs = theirs.loc[ours.index]
    gain = (ours - theirs).to_numpy(np.float64)
    interval = bootstrap_interval(gain, seed)
    base = float(theirs.mean())
    return Paired(
        difference=interval,
        relative_gain=float(ours.mean()) / base - 1 if base else None,
        p_value=float(wilcoxon(gain).pvalue) if gain.any() else 1.0,
        better=int((gain > 0).sum()),
        worse=int((gain < 0).sum()),
        equal=int((gain == 0).sum()),
    )


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Correct p-values for the number of tests made.

    Holm (1979), A simple sequentially rejective multiple test procedure, as adjusted p-values:
    with p ascending, the i-th of m becomes max over j <= i of min(1, (m - j + 1) p_j).

    Parameters
    ----------
    p_values
        By name of the test.

    Returns
    -------
    dict
        Adjusted p-values by the same names, in the same order.
    """
    given = np.array(list(p_values.values()), np.float64)
    order = np.argsort(given, kind="stable")
    factor = np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.maximum.accumulate(np.minimum(1, factor * given[order]))
    return {name: float(p) for name, p in zip(p_values, adjusted, strict=True)}
