"""Whether proposed groups are the ones that came about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eval.ranking.consortium_measures import exact_size_precision, group_recall
from eval.ranking.protocol import Fold
from eval.ranking.rules import nearest
from matcher.features import features, make_query
from matcher.group import consortium
from matcher.known.bodies import Ints
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from models import Ranker

GREEDY, TOP, NEAREST = "proposed group", "best ranked, one by one", "nearest first"


def consortium_figures(
    fold: Fold, knowledge: Knowledge, ranker: Ranker, scores: np.ndarray
) -> pd.DataFrame:
    """Measure groups of the foretold size, and of exactly the true size.

    Parameters
    ----------
    fold, knowledge
        The split, and all that is known.
    ranker
        Trained on the split.
    scores
        (queries, bodies) log-odds of the ranker.

    Returns
    -------
    DataFrame
        Index the cooperation; columns (system, `group recall` | `exact-size precision` |
        `size error`): the last is |log2(proposed size / true size)|.
    """
    rows = fold.test
    sizes = np.nansum(rows.labels, axis=1).astype(int) + 1
    groups: dict[str, list[Ints]] = {GREEDY: [], TOP: [], NEAREST: []}
    exact: dict[str, list[Ints]] = {GREEDY: [], TOP: [], NEAREST: []}
    errors = []
    matters = _read(fold, knowledge)
    for query, size in enumerate(sizes.tolist()):
        searcher, matter = int(rows.searcher[query]), matters[int(rows.cooperation[query])]
        foretold = consortium.group_size(make_query(fold.state, searcher, matter))
        errors.append(abs(np.log2(foretold / size)))
        largest = max(foretold, min(size, consortium.MAX_SIZE))
        proposed = _propose(fold.state, searcher, matter, ranker, scores[query], largest)
        for name, (group, order) in proposed.items():
            groups[name].append(group[: foretold - 1])
            exact[name].append(order[: size - 1])
    table = {}
    for name in groups:
        arguments = (rows.labels, rows.searcher, rows.cooperation)
        table[name, "group recall"] = group_recall(groups[name], *arguments)
        table[name, "exact-size precision"] = exact_size_precision(exact[name], *arguments)
    table[GREEDY, "size error"] = pd.Series(errors).groupby(rows.cooperation).mean()
    return pd.DataFrame(table)


def _read(fold: Fold, knowledge: Knowledge) -> dict[int, Matter]:
    """Read the requests that a fold asks, by cooperation."""
    assert fold.state.reader is not None
    assert knowledge.requests is not None
    return {
        int(i): fold.state.reader.read(knowledge.requests[i], knowledge.cooperations[i].request)
        for i in np.unique(fold.test.cooperation)
    }


def _propose(
    state: Knowledge,
    searcher: int,
    matter: Matter,
    ranker: Ranker,
    scores: np.ndarray,
    largest: int,
) -> dict[str, tuple[Ints, Ints]]:
    """Return the group that each system proposes, and all bodies in its order; best first."""

    def score_from(member: int, candidates: Ints) -> np.ndarray:
        return ranker.score(features(make_query(state, member, matter), state)[0, candidates])

    top, near = _order(scores, searcher), _order(nearest(state, searcher), searcher)
    eligible = np.ones(len(state.bodies), bool)
    eligible[searcher] = False
    asked = make_query(state, searcher, matter)
    group = consortium.propose(asked, np.array([searcher]), scores, eligible, score_from, largest)[
        1:
    ]
    whole = np.concatenate([group, top[~np.isin(top, group)]])
    return {GREEDY: (group, whole), TOP: (top, top), NEAREST: (near, near)}


def _order(scores: np.ndarray, searcher: int) -> Ints:
    order = np.argsort(-scores, kind="stable")
    return np.asarray(order[order != searcher])
