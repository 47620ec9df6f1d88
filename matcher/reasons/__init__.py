"""Contributions of features, summed into the reasons that an official recognises."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher.features import FEATURES
from matcher.reasons import sentences  # noqa: F401 - declares the kinds
from matcher.reasons.asked import Asked
from matcher.reasons.declare import KINDS
from matcher.reasons.pair import Pair
from matcher.result import Reason

_SMALL = 0.05  # log-odds: about one percentage point at even odds
OTHER = "other"


def codes() -> tuple[str, ...]:
    """Return the codes of all reasons, in their fixed order, `other` last."""
    return (*KINDS, OTHER)


def members(code: str) -> tuple[str, ...]:
    """Return the names of the features that a reason sums up."""
    return KINDS[code].features


def group(parts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Sum feature contributions into reasons.

    Parameters
    ----------
    parts
        (n, features) log-odds, columns in the order of `features.NAMES`.

    Returns
    -------
    ndarray
        (n, reasons) log-odds, columns in the order of `codes()` without `other`.
    """
    # Each row by itself as it lies in memory: sums over rows side by side may round otherwise with
    # their number, and a body has one score whoever else is shown.
    return np.add.reduceat(parts.take(_BY_REASON, axis=1), _STARTS, axis=1)


def explain(
    sums: npt.NDArray[np.float64], pairs: Sequence[Pair], asked: Asked
) -> list[tuple[Reason, ...]]:
    """Put rows of `group` into words, one row a pair.

    Reasons come by absolute contribution; what is small is summed in one last reason, so that all
    contributions still add up to the score.
    """
    kinds = tuple(KINDS.values())
    order = np.argsort(-np.abs(sums), axis=1, kind="stable")
    small = np.abs(sums) < _SMALL
    rows = zip(
        pairs,
        order.tolist(),
        sums.tolist(),
        (~small).sum(axis=1).tolist(),
        np.where(small, sums, 0).sum(axis=1).tolist(),
        strict=True,
    )
    told = []
    for pair, places, parts, count, rest in rows:
        reasons = []
        for place in places[:count]:
            kind = kinds[place]
            text = kind.sentence(pair, asked)
            reasons.append(Reason(kind.code, kind.factor, text, parts[place]))
        if count < len(kinds):
            text = f"{len(kinds) - count} weitere Gesichtspunkte mit geringem Gewicht"
            reasons.append(Reason(OTHER, kinds[places[count]].factor, text, rest))
        told.append(tuple(reasons))
    return told


def _places() -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the columns of features reason by reason, and where those of each reason start."""
    unknown = {feature.reason for feature in FEATURES} - set(KINDS)
    empty = [code for code in KINDS if not members(code)]
    if unknown or empty:
        raise ValueError(f"Reasons without a sentence: {unknown}; without a feature: {empty}")
    kinds = list(KINDS)
    reason = np.array([kinds.index(feature.reason) for feature in FEATURES])
    by_reason = np.argsort(reason, kind="stable")
    return by_reason, np.searchsorted(reason[by_reason], np.arange(len(kinds)))


_BY_REASON, _STARTS = _places()
