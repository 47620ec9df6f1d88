"""Whether proposed groups are the ones that came about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eval.baselines import nearest
from eval.group_measures import exact_size_precision, group_recall
from eval.protocol import Fold
from matcher.features import features, make_query
from matcher.group import consortium
from matcher.known.bodies import Ints
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from models import Ranker

GREEDY, TOP, NEAREST = "proposed group", "best ranked, one by one", "nearest first"


def group_figures(
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
    rows, state = fold.test, fold.state
    assert state.reader is not None
    assert knowledge.requests is not None
    matters: dict[int, Matter] = {
        int(i): state.reader.read(knowledge.requests[i], knowledge.cooperations[i].request)
        for i in np.unique(rows.cooperation)
    }
    sizes = np.nansum(rows.labels, axis=1).astype(int) + 1
    groups: dict[str, list[Ints]] = {GREEDY: [], TOP: [], NEAREST: []}
    exact: dict[str, list[Ints]] = {GREEDY: [], TOP: [], NEAREST: []}
    errors = []
    for query in range(len(sizes)):
        searcher, matter = int(rows.searcher[query]), matters[int(rows.cooperation[query])]
        asked = make_query(state, searcher, matter)
        foretold = consortium.group_size(asked)
        errors.append(abs(np.log2(foretold / sizes[query])))
        orders = {
            TOP: _order(scores[query], searcher),
            NEAREST: _order(nearest(state, searcher), searcher),
        }
        for name, order in orders.items():
            groups[name].append(order[: foretold - 1])
            exact[name].append(order[: sizes[query] - 1])

        def score_from(member: int, candidates: Ints, matter: Matter = matter) -> np.ndarray:
            view = make_query(state, member, matter)
            return ranker.score(features(view, state)[0, candidates])

        eligible = np.ones(len(state.bodies), bool)
        eligible[searcher] = False
        largest = max(foretold, min(int(sizes[query]), consortium.MAX_SIZE))
        group = consortium.propose(
            asked, np.array([searcher]), scores[query], eligible, score_from, largest
        )[1:]
        groups[GREEDY].append(group[: foretold - 1])
        rest = orders[TOP][~np.isin(orders[TOP], group)]
        exact[GREEDY].append(np.concatenate([group, rest])[: sizes[query] - 1])
    table = {}
    for name in groups:
        arguments = (rows.labels, rows.searcher, rows.cooperation)
        table[name, "group recall"] = group_recall(groups[name], *arguments)
        table[name, "exact-size precision"] = exact_size_precision(exact[name], *arguments)
    table[GREEDY, "size error"] = pd.Series(errors).groupby(rows.cooperation).mean()
    return pd.DataFrame(table)


def _order(scores: np.ndarray, searcher: int) -> Ints:
    order = np.argsort(-scores, kind="stable")
    return np.asarray(order[order != searcher])
