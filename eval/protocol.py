"""How ranking is measured: queries from known cooperations, near-duplicates in one fold.

Each known cooperation is asked for by its `request` text with one participant as searcher (all
participants, at most six, drawn by a fixed seed); relevant are the other participants, candidates
all other bodies, never a sample. Figures are averaged per cooperation first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher import training
from matcher.knowledge import Knowledge, Vectors
from matcher.landscape import Ints
from matcher.training import Rows

FOLDS = 5
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
    """

    number: int
    state: Knowledge
    training: Rows
    test: Rows
    hidden: Ints


def assign_folds(groups: Ints, seed: int = _SEED) -> Ints:
    """Return the fold of each cooperation, (c,): groups of near-duplicates are dealt out whole."""
    order = np.random.default_rng(seed).permutation(int(groups.max()) + 1)
    return np.asarray(order[groups] % FOLDS, np.int64)


def make_folds(
    knowledge: Knowledge, requests: Vectors, show_progress: bool = True
) -> Iterator[Fold]:
    """Make the five splits, one at a time.

    Parameters
    ----------
    knowledge
        All that is known.
    requests
        (c, d) vectors of the request texts.
    show_progress
        Show bars on standard error.
    """
    groups = training.near_duplicates(knowledge)
    fold = assign_folds(groups)
    usable = training.learnable(knowledge)
    for number in range(FOLDS):
        asked = usable[fold[usable] == number]
        learned = np.flatnonzero(fold != number)
        state = knowledge.without(np.flatnonzero(fold == number))
        rows = training.training_rows(
            state,
            requests[learned],
            groups[learned],
            training.learnable(state),
            show_progress,
        )
        test = training.stack_rows(knowledge, requests, ((int(i), state) for i in asked))
        yield Fold(number, state, rows, test, np.flatnonzero(fold == number))
