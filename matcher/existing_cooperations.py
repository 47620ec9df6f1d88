"""What there is already: cooperations of the searcher in this matter, and such as it could join."""

from __future__ import annotations

import numpy as np

from matcher.known.bodies import Bools, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.reach import joinable
from matcher.result import ExistingCooperation
from matcher.understanding.existing import Existing, find_existing
from matcher.understanding.interpreter import Learned, Reading


def existing_in(
    reading: Reading,
    learned: Learned | None,
    knowledge: Knowledge,
    searcher: int,
    allowed: Bools | None = None,
) -> tuple[Existing, ...]:
    """Return known cooperations in the matter of a text; none without a text model.

    Which of others' cooperations lie within reach is told by `matcher.known.reach`. `allowed` (n,)
    tells whom neither wishes nor filters rule out, by default everybody: who wants towns alone is
    not sent to a cooperation of Kreise.
    """
    if learned is None or reading.compared is None:
        return ()

    def within_reach(chosen: Ints) -> Bools:
        near = joinable(knowledge, searcher, chosen)
        if allowed is None or not near.any():
            return near
        wanted = np.flatnonzero(allowed[knowledge.bodies.home])
        return near & (knowledge.members_of(chosen, wanted) > 0).any(axis=1)

    return find_existing(
        learned.same,
        reading.compared.pairs[0],
        knowledge.cooperations,
        knowledge.took_part(searcher),
        within_reach,
    )


def together(found: tuple[Existing, ...], knowledge: Knowledge) -> Bools:
    """Return who shares the matter with the searcher already, (n,) bool; what ended counts not."""
    shared = np.zeros(len(knowledge.bodies), bool)
    for one in found:
        if one.relation == "member":
            shared[knowledge.bodies.home] |= knowledge.participation[one.index] > 0
    return shared


def entries(found: tuple[Existing, ...], knowledge: Knowledge) -> tuple[ExistingCooperation, ...]:
    """Return them as they are answered."""
    known = knowledge.cooperations
    return tuple(
        ExistingCooperation(
            cooperation=known[one.index].id,
            title=known[one.index].title,
            probability=one.probability,
            status=known[one.index].status.value,
            relation=one.relation,
            year=known[one.index].start_year,
            bodies=known[one.index].participants,
            source_url=known[one.index].source_url,
            legal_form=known[one.index].legal_form,
        )
        for one in found
    )
