"""Cooperations near a body that it does not take part in: it might join."""

from __future__ import annotations

import numpy as np

from data import Cooperation, Status
from matcher import Matcher

_MOST = 5
_LEAST_MEMBERS = 2
_OVER = (Status.ENDED, Status.PLANNED)


def joinable(matcher: Matcher, key: str) -> list[Cooperation]:
    """Return running cooperations of neighbours in task areas that the body shares with nobody.

    Those with most bodies next door come first; of each task area one at most.
    """
    bodies = matcher.knowledge.bodies
    row = matcher.directory[key].row
    near = (bodies.border_km[row] > 0) & (bodies.kind == bodies.kind[row])
    mine = {c.task_area for c in matcher.cooperations_of(key) if c.status is not Status.ENDED}
    counted: list[tuple[int, int, int, Cooperation]] = []
    for place, known in enumerate(matcher.dataset.cooperations):
        rows = [matcher.directory[p].row for p in known.participants]
        beside = int(np.count_nonzero(near[rows]))
        if (
            beside
            and row not in rows
            and len(rows) >= _LEAST_MEMBERS
            and known.status not in _OVER
            and known.task_area not in mine
        ):
            counted.append((-beside, len(rows), place, known))
    found: list[Cooperation] = []
    for *_, known in sorted(counted, key=lambda each: each[:3]):
        if known.task_area not in {each.task_area for each in found}:
            found.append(known)
    return found[:_MOST]
