"""What the ranker has to beat: rules a person would use, search, a recommender, a linear model.

Each gives scores (queries, bodies), greater is better. Knobs are tuned on a part of what a fold
knows, never on what it hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import product

import bm25s
import numpy as np
import numpy.typing as npt
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.protocol import Fold
from eval.tuning import Asked, Validation, best, hold_out
from matcher import features
from matcher.features import FAMILIES
from matcher.known.bodies import Bools, Floats
from matcher.known.knowledge import Knowledge, Vectors
from matcher.training import Rows

# km: more than any distance, so that the first criterion always wins, and few enough that float32
# still tells metres apart behind it.
_FIRST = 1_000.0
_SEED = 20_264
_KEPT = 0.1  # of the others the linear model learns from; they weigh accordingly more


def nearest(state: Knowledge, searcher: int) -> Floats:
    """Put the nearest seat first; (n,), greater is better, as for all rules."""
    return np.asarray(-state.bodies.seat_km[searcher], np.float32)


def border_then_distance(state: Knowledge, searcher: int) -> Floats:
    """Put neighbours first, each part by distance."""
    touching = state.bodies.border_km[searcher] > 0
    return np.asarray(_FIRST * touching + nearest(state, searcher), np.float32)


def district_then_distance(state: Knowledge, searcher: int) -> Floats:
    """Put the same Kreis first (the Kreis itself included), each part by distance."""
    same = state.bodies.district == state.bodies.district[searcher]
    return np.asarray(_FIRST * same + nearest(state, searcher), np.float32)


def shared_then_distance(state: Knowledge, searcher: int) -> Floats:
    """Put most known common cooperations first, ties by distance."""
    return np.asarray(_FIRST * state.shared[searcher] + nearest(state, searcher), np.float32)


def most_active(state: Knowledge, searcher: int) -> Floats:
    """Put the bodies with most known cooperations first, ties by distance."""
    return np.asarray(_FIRST * state.activity + nearest(state, searcher), np.float32)


def indicator_distance(state: Knowledge, searcher: int) -> Floats:
    """Put the body first that is most alike in its figures.

    Euclidean distance of z-scores, as statistical nearest neighbours are computed (CIPFA; ONS,
    Clustering similar local authorities): structure, size and fiscal status; unknown is average.
    """
    figures = np.column_stack(
        [state.bodies.structure, _z(state.bodies.log_population), _z(state.bodies.fiscal)]
    )
    return np.asarray(-np.linalg.norm(figures - figures[searcher], axis=1), np.float32)


RULES: dict[str, Callable[[Knowledge, int], Floats]] = {
    "nearest first": nearest,
    "border, then distance": border_then_distance,
    "same Kreis, then distance": district_then_distance,
    "shared cooperations, then distance": shared_then_distance,
    "most active": most_active,
    "indicator distance": indicator_distance,
}


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
    return scores


def bm25_votes(state: Knowledge, asked: Asked, *, count: int, weight: float) -> Floats:
    """Let the `count` best descriptions by BM25 vote for their participants; see `_vote`.

    Robertson and Zaragoza (2009), The probabilistic relevance framework, as `bm25s` computes it
    with its own settings.
    """
    words = partial(bm25s.tokenize, stopwords="de", return_ids=False, show_progress=False)
    index = bm25s.BM25()
    index.index(words([c.description for c in state.cooperations]), show_progress=False)
    place = {text: number for number, text in enumerate(dict.fromkeys(asked.texts))}
    alike = np.zeros((len(place), len(state.cooperations)), np.float32)
    for row, known in enumerate(words(list(place))):
        if known:
            alike[row] = index.get_scores(known)
    return _vote(state, alike[[place[text] for text in asked.texts]], asked, count, weight)


def e5_votes(state: Knowledge, asked: Asked, *, count: int, weight: float) -> Floats:
    """Let the `count` descriptions of highest cosine vote for their participants; see `_vote`."""
    assert state.passages is not None
    return _vote(state, asked.vectors @ state.passages.T, asked, count, weight)


def als(
    state: Knowledge, asked: Asked, *, factors: int, regularization: float, weight: float
) -> Floats:
    """Fold each query in as a user whose only item is the searcher.

    Known cooperations are the users, bodies the items: Hu, Koren and Volinsky (2008),
    Collaborative filtering for implicit feedback datasets, as `implicit` computes it. `weight`
    times log(1 + km) is taken off: the factors do not know where a body lies.
    """
    model = AlternatingLeastSquares(
        factors=factors, regularization=regularization, random_state=_SEED, num_threads=1
    )
    model.fit(csr_matrix(state.participation), show_progress=False)
    queries = np.arange(len(asked.searchers))
    alone = csr_matrix(
        (np.ones(len(queries), np.float32), (queries, asked.searchers)),
        shape=(len(queries), len(state.bodies)),
    )
    users = model.recalculate_user(queries, alone)
    return np.asarray(users @ model.item_factors.T - weight * _far(state, asked), np.float32)


_VOTES = ((10, 30, 60, 120), (1.0, 2.0, 4.0, 8.0))
_FACTORS = ((16, 48, 96), (0.05, 0.5), (0.05, 0.1, 0.2))
TUNED: dict[str, list[partial[Floats]]] = {
    "BM25 votes": [partial(bm25_votes, count=k, weight=w) for k, w in product(*_VOTES)],
    "e5 votes": [partial(e5_votes, count=k, weight=w) for k, w in product(*_VOTES)],
    "implicit ALS": [
        partial(als, factors=f, regularization=r, weight=w) for f, r, w in product(*_FACTORS)
    ],
}
"""The choices that are tried for each baseline with knobs."""
_OF_BODIES = ("geography", "segment", "ties")  # families that do not look at the words
LINEAR: dict[str, list[int]] = {
    "logistic regression, bodies only": [
        features.NAMES.index(name) for family in _OF_BODIES for name in FAMILIES[family].names
    ],
    "logistic regression": list(range(len(features.NAMES))),
}
"""Columns of the ranker's features that a linear model sees: what is known of two bodies; all."""
PENALTIES = (0.01, 0.1, 1.0, 10.0)
"""Inverse strengths C of the ridge penalty that are tried."""


def tune(choices: Sequence[partial[Floats]], validation: Validation) -> partial[Floats]:
    """Return the choice that ranks the held-out queries best, given the rest."""
    state, asked = validation.state, validation.asked
    return best(choices, lambda choice: choice(state, asked), validation.rows)


def logistic(fold: Fold, validation: Validation, columns: list[int]) -> Floats:
    """Score by a linear model of some of the ranker's own features, (queries, bodies) log-odds.

    Ridge-penalised logistic regression (Hastie, Tibshirani and Friedman 2009, sec. 4.4.4);
    missing values are the median. The penalty is tuned on the held-out queries.
    """
    seen, held, asked = (
        replace(rows, features=rows.features[:, :, columns])
        for rows in (fold.training, validation.rows, fold.test)
    )
    penalty = best(
        PENALTIES,
        lambda c: _log_odds(_learn(seen, ~validation.held_out, c), held),
        validation.rows,
    )
    return _log_odds(_learn(seen, np.ones(len(seen.labels), bool), penalty), asked)


def _learn(rows: Rows, queries: Bools, penalty: float) -> Pipeline:
    """Fit on all partners of the given queries and a tenth of the others, weighing ten times."""
    partner, candidate = rows.labels == 1, ~np.isnan(rows.labels)
    drawn = np.random.default_rng(_SEED).random(partner.shape) < _KEPT
    chosen = candidate & (partner | drawn) & queries[:, None]
    weights = np.where(partner, 1, 1 / _KEPT) * rows.weights[:, None]
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        LogisticRegression(C=penalty, max_iter=200),
    )
    return model.fit(
        rows.features[chosen],
        rows.labels[chosen],
        logisticregression__sample_weight=weights[chosen],
    )


def _log_odds(model: Pipeline, rows: Rows) -> Floats:
    flat = rows.features.reshape(-1, rows.features.shape[2])
    return np.asarray(model.decision_function(flat).reshape(rows.labels.shape), np.float32)


def _far(state: Knowledge, asked: Asked) -> Floats:
    return np.log1p(state.bodies.seat_km[asked.searchers])


def _vote(
    state: Knowledge, alike: npt.NDArray[np.float32], asked: Asked, count: int, weight: float
) -> Floats:
    """Sum the likeness of the best cooperations over their participants, less the distance.

    Likeness runs from 0 (the best left out) to 1 (the best); `weight` times log(1 + km) is taken
    off, without which votes from all over the Land would count the same.
    """
    best_known = np.argsort(-alike, axis=1, kind="stable")[:, : count + 1]
    value = np.take_along_axis(alike, best_known, axis=1)
    spread = np.maximum(value[:, :1] - value[:, -1:], 1e-9)
    ballots = np.zeros(alike.shape, np.float32)
    np.put_along_axis(ballots, best_known, (value - value[:, -1:]) / spread, axis=1)
    return np.asarray(ballots @ state.participation - weight * _far(state, asked), np.float32)


def _z(figures: Floats) -> Floats:
    """Return z-scores, (n,); 0 where unknown."""
    scaled = (figures - np.nanmean(figures)) / np.nanstd(figures)
    return np.asarray(np.nan_to_num(scaled), np.float32)
