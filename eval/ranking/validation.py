"""How a baseline's knobs are chosen: on a fifth of what a fold knows, asked of the other four."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from eval.ranking.measures import METRICS, ranking_figures
from eval.ranking.protocol import Fold
from matcher.known.bodies import Bools, Ints
from matcher.known.knowledge import Knowledge, Vectors
from matcher.training import Rows

_PARTS = 5  # one of them tunes
_SEED = 20_264
Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Asked:
    """Queries in words.

    Attributes
    ----------
    vectors
        (queries, d) float32 unit vectors of the requests.
    texts
        The request of each query.
    searchers
        (queries,) row of the body that asks.
    """

    vectors: Vectors
    texts: Sequence[str]
    searchers: Ints


@dataclass(frozen=True, slots=True)
class Validation:
    """A part of what a fold knows, held out to tune on.

    Attributes
    ----------
    state
        Knowledge of the fold without the held-out cooperations.
    asked
        Their queries.
    rows
        The same queries with features and labels.
    held_out
        (queries of `Fold.training`,) bool, the queries in `rows`.
    """

    state: Knowledge
    asked: Asked
    rows: Rows
    held_out: Bools


def hold_out(fold: Fold) -> Validation:
    """Hold out a fifth of the cooperations that a fold knows, near-duplicates on one side.

    What the fold hides is not looked at.
    """
    state = fold.state
    assert state.requests is not None
    part = np.random.default_rng([_SEED, fold.number]).permutation(int(fold.groups.max()) + 1)
    hidden = part[fold.groups] % _PARTS == 0
    chosen = hidden[fold.training.cooperation]
    rows = Rows(*(getattr(fold.training, field.name)[chosen] for field in fields(Rows)))
    texts = [state.cooperations[i].request for i in rows.cooperation]
    asked = Asked(state.requests[rows.cooperation], texts, rows.searcher)
    return Validation(state.without(np.flatnonzero(hidden)), asked, rows, chosen)


def best(
    choices: Iterable[Choice], score: Callable[[Choice], npt.NDArray[Any]], rows: Rows
) -> Choice:
    """Return the choice whose scores have the highest nDCG@10, each cooperation counting the same.

    Parameters
    ----------
    choices
        What to choose from; the first wins a tie.
    score
        Returns (queries, bodies) for one choice, greater is better.
    rows
        The queries.
    """

    def quality(choice: Choice) -> float:
        return float(ranking_figures(rows, score(choice), METRICS[:1])[METRICS[0]].mean())

    return max(choices, key=quality)
