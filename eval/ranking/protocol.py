"""How ranking is measured: queries from known cooperations, near-duplicates in one fold.

Each known cooperation is asked for by its `request` text with one participant as searcher (all
participants, at most six, drawn by a fixed seed); relevant are the other participants, candidates
all other bodies, never a sample. Figures are averaged per cooperation first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from matcher import training
from matcher.known.bodies import Ints
from matcher.known.knowledge import Knowledge, Vectors
from matcher.training import Rows

FOLDS = 5
LAST_KNOWN_YEAR = 2017
_SEED = 20_261


@dataclass(frozen=True, slots=True)
class Fold:
    """One split: what was known, what to learn from, what to ask.

    Attributes
    ----------
    number
        0 … 4.
    state
        Knowledge without the cooperations asked for.
    training
        Rows to learn from; each cooperation seen without itself and its near-duplicates.
    test
        Rows to score, in `state`.
    hidden
        Indices of the cooperations that `state` does not know.
    groups
        (c of `state`,) near-duplicates among what `state` knows, numbered from 0.
    kept
        (c of `state`,) index of each of its cooperations among all.
    """

    number: int
    state: Knowledge
    training: Rows
    test: Rows
    hidden: Ints
    groups: Ints
    kept: Ints


def assign_folds(groups: Ints, seed: int = _SEED) -> Ints:
    """Return the fold of each cooperation, (c,): groups of near-duplicates are dealt out whole."""
    order = np.random.default_rng(seed).permutation(int(groups.max()) + 1)
    return np.asarray(order[groups] % FOLDS, np.int64)


def make_folds(knowledge: Knowledge, show_progress: bool = True) -> Iterator[Fold]:
    """Make the five splits, one at a time, from all that is known."""
    groups = training.near_duplicates(knowledge)
    fold = assign_folds(groups)
    for number in range(FOLDS):
        yield split(knowledge, groups, np.flatnonzero(fold == number), number, show_progress)


def forward_split(knowledge: Knowledge, show_progress: bool = True) -> Fold:
    """Split by time: learn from what began up to 2017, ask for what began from 2018 on.

    What has no known start is in neither part; near-duplicates of what is asked are not known.
    """
    knowledge = without_regions(knowledge)
    groups = training.near_duplicates(knowledge)
    years = np.array([c.start_year or 0 for c in knowledge.cooperations])
    later = years > LAST_KNOWN_YEAR
    hidden = later | (years == 0) | np.isin(groups, groups[later])
    usable = np.flatnonzero(later)
    return split(knowledge, groups, np.flatnonzero(hidden), 0, show_progress, usable)


def without_regions(knowledge: Knowledge) -> Knowledge:
    """Return the state that knows no LEADER regions.

    Those of today were drawn for 2023 to 2027: a split by time would tell who joins whom later.
    """
    land = knowledge.bodies
    return replace(knowledge, bodies=replace(land, leader=np.full_like(land.leader, -1)))


def split(
    knowledge: Knowledge,
    groups: Ints,
    hidden: Ints,
    number: int,
    show_progress: bool = True,
    asked: Ints | None = None,
) -> Fold:
    """Hide some cooperations and ask for them (or for those of them that are named)."""
    kept = np.setdiff1d(np.arange(len(groups)), hidden)
    state = knowledge.without(hidden).learn_to_read()
    learned = np.unique(groups[kept], return_inverse=True)[1].astype(np.int64)
    rows = training.training_rows(state, learned, training.learnable(state), show_progress)
    usable = np.intersect1d(hidden if asked is None else asked, training.learnable(knowledge))
    return Fold(
        number, state, rows, ask(knowledge, usable, state), hidden, learned, kept.astype(np.int64)
    )


def half(fold: Fold) -> Fold:
    """Return the fold with every other group of near-duplicates to learn from, all known as ever.

    What this costs tells what more cooperations would bring.
    """
    rows = fold.training
    drawn = np.random.default_rng([_SEED, fold.number]).permutation(int(fold.groups.max()) + 1)
    chosen = (drawn % 2 == 0)[fold.groups[rows.cooperation]]
    part = Rows(*(getattr(rows, field.name)[chosen] for field in fields(Rows)))
    return replace(fold, training=part)


def ask(
    knowledge: Knowledge,
    indices: Ints,
    state: Knowledge,
    texts: dict[int, str] | None = None,
    vectors: Vectors | None = None,
) -> Rows:
    """Ask for cooperations in a state that does not know them.

    Parameters
    ----------
    knowledge
        All that is known; its requests are asked.
    indices
        Which of its cooperations to ask for.
    state
        What is known when asked.
    texts, vectors
        Other words for the same requests, by index, and their vectors in the order of `indices`;
        default the requests themselves.
    """
    assert state.reader is not None
    assert knowledge.requests is not None
    known = knowledge.requests[indices] if vectors is None else vectors
    matters = [
        state.reader.read(vector, texts[int(i)] if texts else knowledge.cooperations[i].request)
        for i, vector in zip(indices, known, strict=True)
    ]
    return training.stack_rows(
        knowledge, ((int(i), state, m) for i, m in zip(indices, matters, strict=True))
    )
