"""Two other ways to use the ranker's own features: plain Python, and boosted trees taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from eval.performance.reference import candidate
from eval.performance.reference.facts import Facts, Known
from eval.performance.reference.search import PlainSearch
from matcher.features import NAMES, features, make_query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from models.additive import AdditiveRanker

SAME = 1e-6  # log-odds: what single precision leaves of a score of about 10
Doubles = npt.NDArray[np.float64]


def ours(
    knowledge: Knowledge, ranker: AdditiveRanker, body: int, vector: Floats, text: str
) -> Doubles:
    """Search as the matcher does once a text is encoded, with all contributions; (n,) scores."""
    assert knowledge.reader is not None
    matter = knowledge.reader.read(vector, text)
    matrix = features(make_query(knowledge, body, matter), knowledge)[0]
    base, parts = ranker.contributions(matrix)
    return np.asarray(base + parts.sum(axis=1))


def shapley(
    trees: Sequence[lgb.Booster], knowledge: Knowledge, body: int, vector: Floats, text: str
) -> Doubles:
    """Search likewise with trees, and take each score apart by Shapley values; (n,) scores."""
    assert knowledge.reader is not None
    matter = knowledge.reader.read(vector, text)
    matrix = features(make_query(knowledge, body, matter), knowledge)[0]
    parts = [np.asarray(tree.predict(matrix, pred_contrib=True)) for tree in trees]
    return np.asarray(np.sum(parts, axis=(0, 2)))


def plain(
    facts: Facts, known: Known, ranker: AdditiveRanker, body: int, matter: Matter
) -> tuple[Doubles, Floats]:
    """Search in plain Python; (n,) scores and (n, features)."""
    search = PlainSearch(facts, known, body, matter)
    rows = [candidate.features(search, other) for other in range(len(facts))]
    scores = np.array([candidate.score(ranker, row) for row in rows])
    return scores, np.array([[row[name] for name in NAMES] for row in rows], np.float32)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two computations of the same scores are apart.

    Attributes
    ----------
    scores
        How many were compared.
    same
        How many of them agree to `SAME`.
    largest
        Largest difference, log-odds.
    where
        The feature whose contribution differs most, for each search that disagrees somewhere.
    orders
        In how many searches the first ten come in the same order.
    searches
        How many there were.
    """

    scores: int
    same: int
    largest: float
    where: tuple[str, ...]
    orders: int
    searches: int


def agreement(
    facts: Facts,
    known: Known,
    knowledge: Knowledge,
    ranker: AdditiveRanker,
    asked: Sequence[tuple[int, Matter]],
) -> Agreement:
    """Compare plain Python with the arrays, for some searches by a body about a matter."""
    count = same = orders = 0
    largest, where = 0.0, set()
    for body, matter in asked:
        matrix = features(make_query(knowledge, body, matter), knowledge)[0]
        scores, values = plain(facts, known, ranker, body, matter)
        off = np.abs(ranker.score(matrix) - scores)
        off[body] = 0  # nobody is its own partner
        count, same = count + len(off) - 1, same + int((off <= SAME).sum()) - 1
        largest = max(largest, float(off.max()))
        if off.max() > SAME:
            worst = int(off.argmax())
            parts = [ranker.contributions(table[[worst]])[1][0] for table in (matrix, values)]
            where.add(NAMES[int(np.abs(parts[0] - parts[1]).argmax())])
        first = [
            np.delete(np.argsort(-s, kind="stable"), 0) for s in (scores, ranker.score(matrix))
        ]
        orders += bool((first[0][:10] == first[1][:10]).all())
    return Agreement(count, same, largest, tuple(sorted(where)), orders, len(asked))
