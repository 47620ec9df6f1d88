"""Group figures: how much of a cooperation a proposed group holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matcher.known.bodies import Bools, Ints


def group_recall(
    proposed: Sequence[Ints], truth: npt.NDArray[Any], searchers: Ints, cooperation: Ints
) -> pd.Series:
    """Compute which share of the partners a proposed group holds.

    For one query: |group ∩ partners| / |partners|, the searcher in neither. A group that is
    larger finds more, so compare groups of like size, or read it beside `exact_size_precision`.

    Parameters
    ----------
    proposed
        Rows of the group of each query, with or without the searcher.
    truth
        (queries, bodies), 1 where the body takes part; `Rows.labels` or rows of participation.
    searchers, cooperation
        (queries,) row of the searcher, index of the cooperation.

    Returns
    -------
    Series
        By cooperation (index): the mean over its queries; queries without a partner are left out.
    """
    partner = _partners(truth, searchers)
    query, _, hit = _members(proposed, partner, searchers)
    found = np.bincount(query, hit, minlength=len(proposed))
    return _by_cooperation(found, partner.sum(axis=1), cooperation)


def exact_size_precision(
    proposed: Sequence[Ints], truth: npt.NDArray[Any], searchers: Ints, cooperation: Ints
) -> pd.Series:
    """Compute which share of a group of exactly the true size is right.

    For one query with k partners (true group size - 1): partners among the first k proposed, the
    searcher not counted, / k. Fewer than k proposed count the missing places as wrong. Given a
    ranking (`measures.rank_bodies`), this is R-precision (Manning et al., 2008, Introduction to
    information retrieval, sec. 8.4); given groups asked for in the true size, it is their
    precision, which at this size is their recall too.

    Parameters
    ----------
    proposed
        Rows of each query from best to worst: the group, or a ranking.
    truth, searchers, cooperation
        See `group_recall`.

    Returns
    -------
    Series
        By cooperation (index): the mean over its queries; queries without a partner are left out.
    """
    partner = _partners(truth, searchers)
    size = partner.sum(axis=1)
    query, place, hit = _members(proposed, partner, searchers)
    found = np.bincount(query, hit & (place < size[query]), minlength=len(proposed))
    return _by_cooperation(found, size, cooperation)


def _partners(truth: npt.NDArray[Any], searchers: Ints) -> Bools:
    partner = truth == 1
    partner[np.arange(len(partner)), searchers] = False
    return np.asarray(partner)


def _members(proposed: Sequence[Ints], partner: Bools, searchers: Ints) -> tuple[Ints, Ints, Bools]:
    """Return query, place in the group and whether a partner, for each member but the searcher."""
    query = np.repeat(np.arange(len(proposed)), [len(group) for group in proposed])
    body = np.concatenate([np.asarray(group, np.int64) for group in proposed])
    other = body != searchers[query]
    query, body = query[other], body[other]
    place = np.arange(len(query)) - np.searchsorted(query, query)
    return query, place, partner[query, body]


def _by_cooperation(found: npt.NDArray[Any], partners: Ints, cooperation: Ints) -> pd.Series:
    share = found / np.where(partners > 0, partners, np.nan)
    return pd.Series(share).groupby(cooperation).mean().dropna()
