"""How a ranker is learned for an evaluation: any callable from examples to a ranker."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from eval.ranking.protocol import Fold
from matcher.features import NAMES
from matcher.known.bodies import Ints
from matcher.training import Rows, fit_ranker
from models import Examples, Provenance, Ranker
from models.additive_descent import SETTINGS

RANKER, WITHOUT_TEXT, FROM_HALF = "ranker", "ranker, text model off", "ranker, learned from half"
RANKERS = (RANKER, WITHOUT_TEXT, FROM_HALF)
"""The systems that are not baselines."""

Fit = Callable[[Examples, tuple[str, ...]], Ranker]
"""(examples, names of their features) -> a ranker that learned from them alone."""

# Rankers of folds are never saved: who made them is told by the results they end in.
_PASSING = Provenance("", "", "", 0, 0, 0, "")


def as_shipped(rounds: int = SETTINGS.epochs) -> Fit:
    """Return what learns as the shipped ranker was; fewer rounds give a quick look."""

    def fit(examples: Examples, names: tuple[str, ...]) -> Ranker:
        return fit_ranker(examples, names, _PASSING, structs.replace(SETTINGS, epochs=rounds))

    return fit


def examples_of(rows: Rows, groups: Ints) -> Examples:
    """Return rows as examples; `groups` (c,) are the near-duplicates of their cooperations."""
    return Examples(rows.features, rows.labels, rows.weights, groups[rows.cooperation])


def learn(fold: Fold, fit: Fit) -> Ranker:
    """Learn from what a fold knows."""
    return fit(examples_of(fold.training, fold.groups), NAMES)
