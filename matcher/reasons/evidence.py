"""Known cooperations that speak for a candidate, and such as merely tie it to the searcher."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.known.bodies import Bools, Ints
from matcher.reasons.asked import Asked
from matcher.result import Evidence

_MOST = 3
Entries = tuple[Evidence, ...]


def evidence(asked: Asked, rows: Ints, fitting: Bools | None) -> list[Entries]:
    """Return for each body up to three cooperations of the same or a related matter that has it.

    Those that the searcher shares come first, then those that run, then the most similar.

    Parameters
    ----------
    asked
        The matter.
    rows
        Of the bodies.
    fitting
        (c,) which known cooperations are of the same or a related matter; None without a text
        model: then those of the query's task areas stand in, and no likeness is shown.
    """
    chosen = asked.query.similar.indices if fitting is None else np.flatnonzero(fitting)
    return _first(asked, asked.by_weight(np.sort(chosen)), rows, _MOST)


def ties(asked: Asked, rows: Ints, shown: Sequence[Entries]) -> list[Entries]:
    """Return for each body up to three cooperations that both share and that are not shown yet.

    The smallest group says most about how two know each other: it comes first.
    """
    mine = asked.by_weight(asked.knowledge.newest_of(asked.searcher))
    mine = mine[np.argsort(asked.knowledge.patterns.size[mine], kind="stable")]
    # So many that three are left where three are shown already.
    shared = _first(asked, mine, rows, 2 * _MOST)
    return [
        tuple(entry for entry in found if entry not in already)[:_MOST]
        for found, already in zip(shared, shown, strict=True)
    ]


def _first(asked: Asked, indices: Ints, rows: Ints, most: int) -> list[Entries]:
    """Return for each body the first of some cooperations in which it takes part."""
    took_part = asked.knowledge.members_of(indices, rows).T > 0
    body, place = np.nonzero(took_part & (took_part.cumsum(axis=1) <= most))
    made = {i: asked.entry(int(indices[i])) for i in set(place.tolist())}
    found: list[list[Evidence]] = [[] for _ in rows]
    for i, j in zip(body.tolist(), place.tolist(), strict=True):
        found[i].append(made[j])
    return [tuple(entries) for entries in found]
