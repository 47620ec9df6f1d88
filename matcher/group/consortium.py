"""A proposed group: as large as similar cooperations are, and fitting among itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import CarriedTask, LegalForm
from matcher.beyond import group_note
from matcher.conditions import Conditions
from matcher.directory import Directory
from matcher.features import Query
from matcher.german import listing, number
from matcher.group.grant_check import GroupFacts, funding
from matcher.group.law import to_check
from matcher.group.legal_forms import legal_form_shares
from matcher.known.bodies import Bodies, Bools, Ints
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge
from matcher.result import Consortium, LegalFormShare
from matcher.understanding import carrying_district

MIN_SIZE, MAX_SIZE = 2, 8
# Picked among five weights by the group recall of two folds of `make evaluate`.
COHESION = 0.25
_AHEAD = 1e6  # more than log-odds ever differ by
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
    wanted: Ints | None = None,
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
    wanted
        Rows of bodies that come before all others, where they are eligible.

    Returns
    -------
    ndarray
        Rows of the group, `on_board` first; no larger than there are eligible bodies.
    """
    size = size or max(group_size(query), min(len(on_board) + 1, MAX_SIZE))
    order = np.argsort(-scores, kind="stable")
    pool = order[eligible[order]]
    if wanted is not None:
        named = np.isin(pool, wanted)
        pool = np.concatenate([pool[named], pool[~named]])
    pool = pool[:_POOL]
    group = list(on_board)
    fit, views = scores[pool], np.zeros(len(pool))
    if wanted is not None:
        fit = fit + _AHEAD * np.isin(pool, wanted)
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


class Facts(Struct, frozen=True):
    """What is known about the matter of a group beside its members.

    Attributes
    ----------
    existing
        Whether all of the group share the matter already.
    form
        The legal form in which they do, None where that is not known.
    joining
        Whether a member is in a known cooperation that the searcher could join.
    practised
        Whether a member or the searcher shares the same or a related matter already.
    task, carried
        The task by law, and whether the searcher carries it; None where that is not certain.
    outside
        Whether the text names a partner beyond the Land.
    today
        Day of the answer.
    carrier
        Row of the Kreis that has the task by law, where the searcher has not.
    district
        Key of the searcher's Kreis, None where it is in the group or may not be.
    district_rank
        Its place among all who may be proposed.
    on_board
        Keys of the members that agreed already.
    """

    existing: bool
    joining: bool
    practised: bool
    task: CarriedTask | None
    carried: bool | None
    outside: bool
    today: date
    carrier: int | None = None
    district: str | None = None
    form: LegalForm | None = None
    on_board: tuple[str, ...] = ()
    district_rank: int | None = None


def propose_for(
    query: Query,
    scores: Scores,
    passing: Bools,
    score_from: Score,
    asked: Conditions,
    together: Bools,
    bodies: Bodies,
    carrier: int = -1,
) -> Ints:
    """Return the group for a search: what exists, else a proposal that keeps to the wishes.

    Where the Kreis has the task by law, the others have nothing to share: the proposal is to speak
    with it.

    Parameters
    ----------
    query, scores, passing, score_from
        As for `propose`.
    asked
        Conditions of the search.
    together
        (n,) who shares the matter with the searcher already.
    bodies
        Arrays over all bodies.
    carrier
        Row of the Kreis that has the task by law for the searcher, -1 for none.
    """
    on_board = asked.on_board
    sharing = together & asked.allowed
    if sharing.any() and asked.group.partners is None and not len(asked.wanted):
        sharing[on_board] = False
        return np.concatenate([on_board, np.flatnonzero(sharing)]).astype(np.int64)
    if carrier in on_board:
        return on_board
    if carrier >= 0 and passing[carrier]:
        return np.append(on_board, carrier)
    if asked.group.with_district:
        carrying = carrying_district(bodies, asked.searcher) & passing
        if carrying.any():
            best = int(np.where(carrying, scores, -np.inf).argmax())
            on_board = np.append(on_board, best)
            passing = passing & (np.arange(len(passing)) != best)
    size = max(group_size(query), min(len(on_board) + 1, MAX_SIZE))
    if len(asked.wanted):
        size = max(size, len(on_board) + len(asked.wanted))
    if asked.group.partners is not None:
        least, most = asked.group.partners
        size = int(np.clip(size, least + 1, most + 1))
    return propose(query, on_board, scores, passing, score_from, size, asked.wanted)


def describe(
    group: Ints, query: Query, knowledge: Knowledge, directory: Directory, facts: Facts
) -> Consortium:
    """Put a group into words, with legal forms, the grant and what has to be checked."""
    bodies = knowledge.bodies
    rows = np.asarray(group)
    alone = ~np.any(bodies.border_km[rows[:, None], rows] > 0, axis=1)
    # Whoever goes to the Kreis founds nothing: no form, no checks.
    to_carrier = facts.carrier is not None and facts.carrier in rows and not facts.existing
    if to_carrier:
        forms: tuple[LegalFormShare, ...] = ()
    elif facts.form is not None:  # what is extended keeps its form
        forms = (LegalFormShare(facts.form, 1.0),)
    else:
        forms = legal_form_shares(query, knowledge, rows)
    beyond = np.array([directory.bodies[row].beyond_border for row in rows])
    return Consortium(
        bodies=tuple(directory.keys[row] for row in rows),
        names=tuple(directory.names[row] for row in rows),
        reasons=_reasons(rows, int((~alone[1:]).sum()), query, knowledge, directory, facts),
        legal_forms=forms,
        funding=funding(
            GroupFacts(
                partners=int((~beyond).sum()),
                outside=facts.outside or bool(beyond.any()),
                existing=facts.existing,
                joining=facts.joining,
                practised=facts.practised,
                carried=facts.carried,
                government_region=directory.bodies[rows[0]].government_region,
                with_carrier=to_carrier,
            ),
            facts.today,
        ),
        checks=()
        if to_carrier
        else to_check(
            facts.task,
            [directory.names[row] for row in rows[alone] if row != rows[0]],
            _zweckverband_likely(forms),
            not bodies.is_municipality[rows].any(),
            facts.today,
        ),
        existing=facts.existing,
        carrier=directory.keys[facts.carrier] if to_carrier and facts.carrier is not None else None,
        district=facts.district,
        on_board=facts.on_board,
        district_rank=facts.district_rank,
    )


def _reasons(
    rows: Ints,
    bordering: int,
    query: Query,
    knowledge: Knowledge,
    directory: Directory,
    facts: Facts,
) -> tuple[str, ...]:
    bodies, others = knowledge.bodies, rows[1:]
    took_part = knowledge.ties.took_part(rows)
    tied = int(np.triu(took_part @ took_part.T > 0, 1).sum())
    pairs = len(rows) * (len(rows) - 1) // 2
    if facts.carrier is not None and facts.carrier in others and not facts.existing:
        name = directory.names[facts.carrier]
        return (f"Von Gesetzes wegen hat die Aufgabe der Kreis ({name}), nicht die Kommune.",)
    typical = np.exp(query.expectation.scalars[SCALARS.index("log_size")])
    first = (
        "Diese Gruppe arbeitet hier nach Kenntnis des Dienstes schon zusammen: ansprechen und "
        "erweitern statt neu gründen."
        if facts.existing
        else f"Vorhaben mit solchem Wortlaut haben im Mittel {number(float(typical), 1)} "
        f"Beteiligte; vorgeschlagen sind {len(rows)}."
    )
    reasons = [
        first,
        f"Mit Grenze zu einem anderen Mitglied der Gruppe: {bordering} von {len(others)}.",
        f"Paare mit einer bekannten gemeinsamen Kooperation: {tied} von {pairs}.",
    ]
    places = rows[bodies.is_municipality[rows]]
    if len(places) > 1:
        population = np.exp(bodies.log_population[places])
        reasons.append(
            f"Zwischen {number(population.min())} und {number(population.max())} Einwohner "
            f"({listing([directory.names[row] for row in places])})."
        )
    return (*reasons, *group_note(rows, directory))


def _zweckverband_likely(forms: tuple[LegalFormShare, ...]) -> bool:
    """Return whether a form other than an agreement is the likeliest that needs the GkG."""
    return bool(forms) and forms[0].form in (LegalForm.ZWECKVERBAND, LegalForm.JOINT_COMPANY)
