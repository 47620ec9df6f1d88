"""Known cooperations that speak for a candidate, and such as merely tie it to the searcher."""

from __future__ import annotations

import numpy as np

from data import Status
from matcher.known.bodies import Bools, Ints
from matcher.reasons.pair import Pair
from matcher.result import Evidence

_MOST = 3


def evidence(pair: Pair, fitting: Bools | None) -> tuple[Evidence, ...]:
    """Return up to three cooperations of the same or a related matter in which the body took part.

    Those that the searcher shares come first, then those that run, then the most similar.

    Parameters
    ----------
    pair
        Searcher and candidate.
    fitting
        (c,) which known cooperations are of the same or a related matter; None without a text
        model: then those of the query's task areas stand in, and no likeness is shown.
    """
    if fitting is None:
        fitting = np.zeros(len(pair.knowledge.cooperations), bool)
        fitting[pair.query.similar.indices] = True
    took_part = pair.knowledge.participation[:, pair.candidate] > 0
    chosen = np.flatnonzero(fitting & took_part)
    return _entries(pair, _ordered(pair, chosen)[:_MOST])


def ties(pair: Pair, shown: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return up to three cooperations that both share and that are not shown as evidence."""
    known = {entry.cooperation for entry in shown}
    shared = [i for i in pair.shared if pair.knowledge.cooperations[i].id not in known]
    return _entries(pair, _ordered(pair, np.array(shared, np.int64))[:_MOST])


def _ordered(pair: Pair, indices: Ints) -> Ints:
    shared = np.isin(indices, pair.shared)
    running = np.array(
        [pair.knowledge.cooperations[i].status is not Status.ENDED for i in indices], bool
    )
    likeness = pair.query.likeness[indices]
    return np.asarray(indices[np.lexsort((-likeness, ~running, ~shared))], np.int64)


def _entries(pair: Pair, indices: Ints) -> tuple[Evidence, ...]:
    with_text = pair.knowledge.reader is not None
    shared = set(pair.shared)
    entries = []
    for index in indices.tolist():
        cooperation = pair.knowledge.cooperations[index]
        entries.append(
            Evidence(
                cooperation=cooperation.id,
                title=cooperation.title,
                similarity=float(pair.query.likeness[index]) if with_text else None,
                year=cooperation.start_year,
                source_url=cooperation.source_url,
                shared=index in shared,
                status=cooperation.status.value,
            )
        )
    return tuple(entries)
