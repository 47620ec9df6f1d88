"""One year of the forward test: what was known, how the pairs fit by then, what came after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import data
from data import TaskArea
from eval.outreach.truth import Truth, make_truth
from eval.ranking.learning import Fit, examples_of
from eval.ranking.protocol import without_regions
from matcher import training
from matcher.features import NAMES
from matcher.known.bodies import Bools, Ints
from matcher.known.knowledge import Knowledge
from matcher.outreach.fits import Fits, approachable, score_all

NEW_TIES, NEW_TASK, NO_REGIONAL = "new ties", "new task", "new task, no regional development"
SETTINGS = (NEW_TIES, NEW_TASK, NO_REGIONAL)
PairScorer = Callable[[Knowledge, Ints], Fits]
"""(state by T, near-duplicate groups in it) -> pair scores of a ranker that learned from it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One year: what was known, how the pairs fit by then, what came after."""

    year: int
    state: Knowledge
    fits: Fits
    truth: Truth


def at(
    knowledge: Knowledge, year: int, score_pairs: PairScorer, until: int | None = None
) -> Moment:
    """Return the state by the end of a year and the truth after it.

    The state knows no LEADER regions: they were drawn anew since.
    """
    years = np.array([c.start_year or 0 for c in knowledge.cooperations])
    known = np.flatnonzero((years > 0) & (years <= year))
    hidden = np.setdiff1d(np.arange(len(years)), known)
    state = without_regions(knowledge).without(hidden).learn_to_read()
    near = training.near_duplicates(knowledge)[known]
    groups = np.unique(near, return_inverse=True)[1].astype(np.int64)
    return Moment(
        year, state, score_pairs(state, groups), make_truth(knowledge, years, year, until)
    )


def candidates(state: Knowledge, setting: str) -> Bools:
    """Return (areas, n, n) the pairs that may be proposed, each once (row before column)."""
    approached = approachable(state.bodies)
    both = np.triu(approached[:, None] & approached[None, :], k=1)
    if setting == NEW_TIES:
        return np.broadcast_to(
            both & (state.shared_with(np.arange(len(state.bodies))) == 0),
            (len(TaskArea), *both.shape),
        )
    together = [
        state.participation[inside > 0].T @ state.participation[inside > 0]
        for inside in state.areas.T
    ]
    open_pairs = np.asarray(both & (np.stack(together) == 0))
    if setting == NO_REGIONAL:
        open_pairs[row_of(TaskArea.REGIONALENTWICKLUNG)] = False
    return open_pairs


def learner(fit: Fit) -> PairScorer:
    """Return what trains a ranker on a state and scores all pairs in all areas."""

    def score_pairs(state: Knowledge, groups: Ints) -> Fits:
        rows = training.training_rows(state, groups, training.learnable(state), False)
        return score_all(state, fit(examples_of(rows, groups), NAMES))

    return score_pairs


def region_names(dataset: data.Dataset) -> list[str]:
    """Return the Regierungsbezirke in the order of their codes in `Bodies.region`."""
    return [str(name) for name in dataset.bodies["government_region"].dropna().unique()]


def row_of(area: TaskArea) -> int:
    """Return the row of an area in `TaskArea`."""
    return area.row
