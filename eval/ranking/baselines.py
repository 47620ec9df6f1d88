"""What the ranker has to beat: rules a person would use, search, a recommender, other learners.

Each gives scores (queries, bodies), greater is better. Knobs are tuned on a part of what a fold
knows, never on what it hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from eval.ranking.linear import LINEAR, logistic
from eval.ranking.protocol import Fold
from eval.ranking.retrieval import TUNED
from eval.ranking.rules import RULES
from eval.ranking.trees import NAME as TREES
from eval.ranking.trees import boosted_trees
from eval.ranking.validation import Asked, Validation, best, hold_out
from matcher.known.bodies import Floats
from matcher.known.knowledge import Vectors

NAMES = (*RULES, *TUNED, *LINEAR, TREES)


def baseline_scores(fold: Fold, requests: Vectors, texts: Sequence[str]) -> dict[str, Floats]:
    """Score the queries of a fold by every baseline.

    Parameters
    ----------
    fold
        What is known and what is asked.
    requests, texts
        (c, d) vectors and the texts of all requests; `fold.test.cooperation` points into them.

    Returns
    -------
    dict
        (queries, bodies) float32 by name, greater is better.
    """
    rows = fold.test
    asked = Asked(requests[rows.cooperation], [texts[i] for i in rows.cooperation], rows.searcher)
    scores = {
        name: np.stack([rule(fold.state, int(row)) for row in rows.searcher])
        for name, rule in RULES.items()
    }
    validation = hold_out(fold)
    for name, choices in TUNED.items():
        scores[name] = tune(choices, validation)(fold.state, asked)
    for name, columns in LINEAR.items():
        scores[name] = logistic(fold, validation, columns)
    scores[TREES] = boosted_trees(fold)
    return scores


def tune(choices: Sequence[partial[Floats]], validation: Validation) -> partial[Floats]:
    """Return the choice that ranks the held-out queries best, given the rest."""
    state, asked = validation.state, validation.asked
    return best(choices, lambda choice: choice(state, asked), validation.rows)
