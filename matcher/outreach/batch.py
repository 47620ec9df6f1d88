"""The features of many pairs of bodies at once, for a named task area and no text.

`features.feature_matrix` answers one search. A batch asks 427 × 31 of them, and nearly everything
in them repeats: geography, segment and ties are the same in every task area, votes and group sizes
the same for every searcher. Here each is computed once and looked up for the pairs that are wanted.
A test holds the result against `feature_matrix`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data import TaskArea
from matcher.features import Query, geography, make_query, segment, task, ties, words
from matcher.known.bodies import Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.similar import SHARPNESS

_PROPERTIES = ("distance", "rank", "size", "relation")
_FORETOLD = ("relation", "distance", "rank", "size")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ordered pairs of bodies, and what is the same for them in every task area.

    Attributes
    ----------
    searcher, candidate
        (p,) rows of bodies; pairs of one searcher stand together.
    fixed
        (p, f) float32 features of geography, segment and ties.
    side
        (p,) 0 where the searcher is a municipality, 1 where it stands above.
    bins, bodies
        For each property of `patterns`, (p,): the candidate's bin from the searcher's view, and
        how many bodies lie in that bin.
    around
        (n, c) how far the surroundings of each body took part in each known cooperation.
    """

    searcher: Ints
    candidate: Ints
    fixed: Floats
    side: Ints
    bins: dict[str, Ints]
    bodies: dict[str, Floats]
    around: Floats

    def __len__(self) -> int:
        return len(self.searcher)


def make_pairs(knowledge: Knowledge, searcher: Ints, candidate: Ints) -> Pairs:
    """Compute once what no task area changes.

    Parameters
    ----------
    knowledge
        The state to answer from.
    searcher, candidate
        (p,) rows of bodies, sorted by searcher.
    """
    land = knowledge.land
    bins, bodies = {}, {}
    for name, binning in knowledge.patterns.binnings.items():
        bins[name] = binning.bins[searcher, candidate]
        counts = _count(binning.bins, binning.count)
        bodies[name] = np.maximum(counts[searcher, bins[name]], 1).astype(np.float32)
    return Pairs(
        searcher,
        candidate,
        np.vstack(list(_fixed(knowledge, searcher, candidate))),
        land.side[searcher],
        bins,
        bodies,
        np.ascontiguousarray((knowledge.participation @ land.surroundings.T).T, np.float32),
    )


def pair_features(knowledge: Knowledge, pairs: Pairs, area: TaskArea) -> Floats:
    """Return (p, len(NAMES)) float32, columns in the order of `features.NAMES`."""
    query = make_query(knowledge, 0, None, area)
    # In the order of `features.FAMILIES`.
    return np.hstack(
        [pairs.fixed, _task(knowledge, pairs, query), _words(knowledge, pairs, query)]
    ).astype(np.float32)


def _fixed(knowledge: Knowledge, searcher: Ints, candidate: Ints) -> Iterator[Floats]:
    query = make_query(knowledge, 0, None)
    rows, starts = np.unique(searcher, return_index=True)
    for row, wanted in zip(rows, np.split(candidate, starts[1:]), strict=True):
        view = replace(query, searcher=int(row))
        families = (geography, segment, ties)
        yield np.hstack([family.features(view, knowledge)[wanted] for family in families])


def _task(knowledge: Knowledge, pairs: Pairs, query: Query) -> Floats:
    """Return the features of `features.task`, (p, 19)."""
    everyone, similar = knowledge.participation, query.similar
    s, c = pairs.searcher, pairs.candidate
    sizes = np.log(knowledge.patterns.size)
    size = float(query.broad @ sizes)
    spread = np.sqrt(max(float(query.broad @ sizes**2) - size**2, 0.0))
    with_district = everyone[:, knowledge.land.is_district].any(axis=1)
    mean = similar.weight @ knowledge.patterns.whole_district[similar.indices]
    pattern, share = _standings(knowledge, query)
    status = knowledge.land.status
    columns = [
        (similar.weight @ everyone[similar.indices])[c],
        (query.by_request @ everyone)[c],
        np.log(((pairs.around * query.broad) @ everyone)[s, c] + task._FEW),
        np.log(_ties(everyone, query.broad)[s, c] + task._FEW),
        np.log(_ties(everyone, query.by_request)[s, c] + task._FEW),
        _nearest_tie(knowledge, query)[s, c],
        np.log1p(query.areas @ knowledge.area_activity)[c],
        _ties(everyone, knowledge.areas @ query.areas)[s, c],
        *(_pattern(name, knowledge, pairs, query) for name in _PROPERTIES),
        pattern[status[s], status[c]],
        share[status[c]],
        *(
            np.full(len(pairs), value)
            for value in (
                similar.weight @ sizes[similar.indices],
                size,
                spread,
                mean,
                query.broad @ with_district,
            )
        ),
    ]
    return np.column_stack(columns).astype(np.float32)


def _words(knowledge: Knowledge, pairs: Pairs, query: Query) -> Floats:
    """Return the features of `features.words`, (p, 12)."""
    land, expected, c = knowledge.land, query.expectation, pairs.candidate
    bodies = np.bincount(land.status, minlength=len(expected.standings))
    standing = np.log(np.maximum(expected.standings, words._LEAST_SHARE) / np.maximum(bodies, 1))
    relations = expected.histograms["relation"]
    total = np.maximum(relations.sum(axis=1, keepdims=True), words._PRIOR_WEIGHT)
    columns = [
        *(
            _per_body(name, knowledge, pairs, expected.histograms[name], words._PRIOR_WEIGHT)
            for name in _FORETOLD
        ),
        standing[land.status[c]],
        expected.bodies[c],
        (expected.bodies / np.sqrt(knowledge.activity + 1))[c],
        (relations / total)[pairs.side, pairs.bins["relation"]],
        *(np.full(len(pairs), value) for value in expected.scalars),
    ]
    return np.column_stack(columns).astype(np.float32)


def _ties(everyone: Floats, weight: Floats) -> Floats:
    """Return (n, n): weight of the cooperations in which both take part."""
    return np.asarray((everyone * weight[:, None]).T @ everyone, np.float32)


def _nearest_tie(knowledge: Knowledge, query: Query) -> Floats:
    """Return (n, n); without a text the likeness has two levels, in the named area or not."""
    gap = query.likeness - query.likeness.max()
    best = np.full((len(knowledge.land),) * 2, task._NO_TIE, np.float32)
    for level in np.unique(gap):  # ascending: the best level is written last
        best[_ties(knowledge.participation, (gap == level).astype(np.float32)) > 0] = level
    return np.asarray(SHARPNESS * best, np.float32)


def _standings(knowledge: Knowledge, query: Query) -> tuple[Floats, Floats]:
    """Return (6, 6) expected partners by standing of searcher and body, and (6,) shares."""
    members = knowledge.members_by_status
    seen = query.broad[:, None] * (members > 0)
    expected = (seen.T @ members) / np.maximum(seen.sum(axis=0), 1e-9)[:, None]
    own = np.arange(len(expected))
    expected[own, own] = np.maximum(expected[own, own] - 1, 0)
    bodies = np.bincount(knowledge.land.status, minlength=members.shape[1])
    share = query.broad @ (members / np.maximum(knowledge.patterns.size, 1)[:, None])
    return np.log((expected + 0.02) / bodies).astype(np.float32), np.asarray(share, np.float32)


def _pattern(name: str, knowledge: Knowledge, pairs: Pairs, query: Query) -> Floats:
    histograms = knowledge.patterns.histograms[name][query.similar.indices]
    mixed = np.tensordot(query.similar.weight, histograms, axes=1)
    return _per_body(name, knowledge, pairs, np.asarray(mixed, np.float32), task._PRIOR_WEIGHT)


def _per_body(
    name: str, knowledge: Knowledge, pairs: Pairs, expected: Floats, prior_weight: float
) -> Floats:
    """Return (p,) what `Binning.per_body` gives, from (2, bins) expected partners."""
    spread = expected + prior_weight * knowledge.patterns.binnings[name].prior
    return np.asarray(np.log(spread[pairs.side, pairs.bins[name]] / pairs.bodies[name]))


def _count(bins: Ints, count: int) -> Ints:
    """Return (n, count): bodies in each bin from the view of each, itself left out."""
    size = len(bins)
    flat = (bins + count * np.arange(size)[:, None]).ravel()
    counts = np.bincount(flat, minlength=size * count).reshape(size, count)
    own = np.arange(size)
    counts[own, bins[own, own]] -= 1
    return np.asarray(counts, np.int64)
