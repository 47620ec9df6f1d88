"""What there is already: cooperations of the searcher in this matter, and such as it could join."""

from __future__ import annotations

import numpy as np

from matcher.known.bodies import Bools
from matcher.known.knowledge import Knowledge
from matcher.result import ExistingCooperation
from matcher.understanding.existing import Existing, find_existing
from matcher.understanding.interpreter import Learned, Reading

REACH_KM = 40.0  # between seats; by judgement: two thirds of all known pairs lie nearer


def existing_in(
    reading: Reading, learned: Learned | None, knowledge: Knowledge, searcher: int
) -> tuple[Existing, ...]:
    """Return known cooperations in the matter of a text; none without a text model.

    Within reach is a cooperation with a member in the searcher's Kreis, at its border or at most
    `REACH_KM` away.
    """
    if learned is None or reading.compared is None:
        return ()
    bodies = knowledge.bodies
    near = (bodies.seat_km[searcher] <= REACH_KM) | (bodies.border_km[searcher] > 0)
    near |= bodies.district == bodies.district[searcher]
    near &= ~bodies.is_association
    near[searcher] = False
    return find_existing(
        learned.same,
        reading.compared.pairs[0],
        knowledge.cooperations,
        knowledge.took_part(searcher),
        lambda chosen: np.asarray(
            (knowledge.participation[chosen] > 0)[:, near[bodies.home]].any(axis=1)
        ),
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
        )
        for one in found
    )
