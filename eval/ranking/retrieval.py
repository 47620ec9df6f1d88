"""What needs no ranker: descriptions found by search, and a recommender, with tuned knobs."""

from __future__ import annotations

from functools import partial
from itertools import product

import bm25s
import numpy as np
import numpy.typing as npt
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix

from eval.ranking.validation import Asked
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

_SEED = 20_264


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


def _far(state: Knowledge, asked: Asked) -> Floats:
    return np.asarray(np.log1p(state.bodies.seat_km[asked.searchers]))


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
