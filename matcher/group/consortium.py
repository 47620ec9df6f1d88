"""A proposed group: as large as similar cooperations are, and fitting among itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matcher.directory import Directory
from matcher.features import Query
from matcher.german import listing, number
from matcher.group.funding import grant
from matcher.group.legal_forms import legal_form_shares
from matcher.known.bodies import Bools, Ints
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge
from matcher.result import Consortium

MIN_SIZE, MAX_SIZE = 2, 8
# Picked among five weights by the group recall of two folds of `make evaluate`.
COHESION = 0.25
_POOL = 25  # the best bodies by score, from which a group is put together

Scores = npt.NDArray[np.float64]
Score = Callable[[int, Ints], Scores]
"""(row of a member, rows of candidates) -> log-odds of each candidate from the member's view."""


def group_size(query: Query) -> int:
    """Return the size that the words of the matter foretell (geometric mean), within 2 … 8."""
    foretold = float(np.exp(query.expectation.scalars[SCALARS.index("log_size")]))
    return int(np.clip(round(foretold), MIN_SIZE, MAX_SIZE))


def propose(
    query: Query,
    on_board: Ints,
    scores: Scores,
    eligible: Bools,
    score_from: Score,
    size: int | None = None,
) -> Ints:
    """Put a group together, one body at a time.

    Each step takes the candidate with the best log-odds from the view of those on board, and, at
    the weight `COHESION`, of those chosen so far: it has to fit the group, not the searcher alone.

    Parameters
    ----------
    query
        The matter.
    on_board
        Rows of the searcher and of those who are already on board, the searcher first.
    scores
        (n,) log-odds of all bodies for those on board.
    eligible
        (n,) which bodies may be proposed.
    score_from
        How a member sees candidates.
    size
        Members wanted, those on board included; default as foretold, 2 … 8.

    Returns
    -------
    ndarray
        Rows of the group, `on_board` first; no larger than there are eligible bodies.
    """
    size = size or max(group_size(query), min(len(on_board) + 1, MAX_SIZE))
    order = np.argsort(-scores, kind="stable")
    pool = order[eligible[order]][:_POOL]
    group = list(on_board)
    fit, views = scores[pool], np.zeros(len(pool))
    while len(group) < size and len(pool):
        chosen_so_far = max(len(group) - len(on_board), 1)
        best = int((fit + COHESION * views / chosen_so_far).argmax())
        chosen = int(pool[best])
        group.append(chosen)
        left = np.arange(len(pool)) != best
        pool, fit, views = pool[left], fit[left], views[left]
        if len(group) < size and len(pool):
            views = views + score_from(chosen, pool)
    return np.array(group, np.int64)


def describe(group: Ints, query: Query, knowledge: Knowledge, directory: Directory) -> Consortium:
    """Put a group into words, with the legal forms and the grant that may fit."""
    bodies = knowledge.bodies
    rows = np.asarray(group)
    others = rows[1:]
    bordering = sum(bool((bodies.border_km[row, rows] > 0).any()) for row in others)
    tied = int((knowledge.shared[np.ix_(rows, rows)] > 0).sum() // 2)
    pairs = len(rows) * (len(rows) - 1) // 2
    typical = np.exp(query.expectation.scalars[SCALARS.index("log_size")])
    places = rows[bodies.is_municipality[rows]]
    reasons = [
        f"Vorhaben mit solchem Wortlaut haben im Mittel {number(float(typical), 1)} Beteiligte; "
        f"vorgeschlagen sind {len(rows)}.",
        f"Mit Grenze zu einem anderen Mitglied der Gruppe: {bordering} von {len(others)}.",
        f"Paare mit einer bekannten gemeinsamen Kooperation: {tied} von {pairs}.",
    ]
    if len(places) > 1:
        population = np.exp(bodies.log_population[places])
        reasons.append(
            f"Zwischen {number(population.min())} und {number(population.max())} Einwohner "
            f"({listing([directory.names[row] for row in places])})."
        )
    return Consortium(
        bodies=tuple(directory.keys[row] for row in rows),
        names=tuple(directory.names[row] for row in rows),
        reasons=tuple(reasons),
        legal_forms=legal_form_shares(query, knowledge, rows),
        grant=grant(len(rows)),
    )
