"""Known cooperations that speak for a candidate, and such as merely tie it to the searcher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from data import Status
from matcher.known.bodies import Bools
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
    chosen = np.flatnonzero(fitting & took_part).tolist()
    return _entries(pair, _ordered(pair, chosen)[:_MOST])


def ties(pair: Pair, shown: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return up to three cooperations that both share and that are not shown as evidence."""
    known = {entry.cooperation for entry in shown}
    shared = [i for i in pair.shared if pair.knowledge.cooperations[i].id not in known]
    return _entries(pair, _ordered(pair, shared)[:_MOST])


def _ordered(pair: Pair, indices: Iterable[int]) -> list[int]:
    shared, known, likeness = set(pair.shared), pair.knowledge.cooperations, pair.query.likeness
    return sorted(
        indices,
        key=lambda i: (i not in shared, known[i].status is Status.ENDED, -likeness[i]),
    )


def _entries(pair: Pair, indices: Sequence[int]) -> tuple[Evidence, ...]:
    with_text = pair.knowledge.reader is not None
    shared = set(pair.shared)
    entries = []
    for index in indices:
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
