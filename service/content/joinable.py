"""Cooperations near a body that it does not take part in: it might join."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from data import Cooperation, Status
from matcher import Matcher
from matcher.known.bodies import Ints
from matcher.known.knowledge import SMALL_GROUP
from matcher.known.reach import beside, joinable

_MOST = 5
_LEAST_MEMBERS = 2
_OVER = (Status.ENDED, Status.PLANNED)


class Joinable(Struct, frozen=True):
    """A cooperation that a body might join.

    Attributes
    ----------
    cooperation
        It runs, in a task area that the body shares with nobody.
    through, is_neighbour
        Key of the member that the body knows best, and whether it borders on it; else it lies in
        the same Kreis.
    shared
        What both share already, the smallest group; None where nothing is known.
    """

    cooperation: Cooperation
    through: str
    is_neighbour: bool
    shared: Cooperation | None


def joinable_by(matcher: Matcher, key: str) -> list[Joinable]:
    """Return running cooperations within reach in task areas that the body shares with nobody.

    Within reach is what `matcher.known.reach` says, and a member of the body's own kind beside it.
    Those come first whose members it knows best: that it works with already in small groups, then
    that lie beside it; of each task area one at most.
    """
    known, row = matcher.knowledge, matcher.directory[key].row
    near = beside(known.bodies, row) & (known.bodies.kind == known.bodies.kind[row])
    near = near[known.bodies.home]  # of others nothing is known
    mine = {c.task_area for c in matcher.cooperations_of(key) if c.status is not Status.ENDED}
    members = known.participation > 0
    size = members.sum(axis=1)
    fits = ~known.took_part(row) & (size >= _LEAST_MEMBERS) & members[:, near].any(axis=1)
    fits &= [c.status not in _OVER and c.task_area not in mine for c in known.cooperations]
    if matcher.directory[key].leader_region is not None:  # one belongs to one of them
        fits &= ["LEADER" not in c.title for c in known.cooperations]
    places = np.flatnonzero(fits)
    places = places[joinable(known, row, places)]
    closest = _closest(matcher, row)
    tied = np.array([int(each) in closest for each in range(len(near))])
    order = np.lexsort(
        (
            size[places],
            -(members[places] & near).sum(axis=1),
            -(members[places] & near & tied).sum(axis=1),
        )
    )
    found: dict[str, Joinable] = {}
    for place in places[order].tolist():
        cooperation = known.cooperations[place]
        if cooperation.task_area not in found:
            rows = np.flatnonzero(members[place] & near)
            found[cooperation.task_area] = _told(matcher, row, cooperation, rows, closest)
    return list(found.values())[:_MOST]


def _told(
    matcher: Matcher, row: int, cooperation: Cooperation, beside: Ints, closest: dict[int, int]
) -> Joinable:
    """Say through whom a body might join: the partner of its smallest group, then the nearest."""
    bodies, known = matcher.knowledge.bodies, matcher.knowledge.cooperations
    km = bodies.seat_km[row]

    def nearness(other: int) -> tuple[float, float]:
        shared = closest.get(other)
        return (len(known[shared].participants) if shared is not None else np.inf, float(km[other]))

    through = min(beside.tolist(), key=nearness)
    shared = closest.get(through)
    return Joinable(
        cooperation,
        str(bodies.keys[through]),
        bool(bodies.border_km[row][through] > 0),
        None if shared is None else known[shared],
    )


def _closest(matcher: Matcher, row: int) -> dict[int, int]:
    """Return the index of the smallest running cooperation that a body shares with each other."""
    known = matcher.knowledge
    found: dict[int, int] = {}
    shared = np.flatnonzero(known.took_part(row))
    sizes = np.count_nonzero(known.participation[shared], axis=1)
    for index in shared[np.argsort(sizes, kind="stable")].tolist():
        members = np.flatnonzero(known.participation[index])
        if known.cooperations[index].status not in _OVER and len(members) <= SMALL_GROUP:
            for other in members.tolist():
                found.setdefault(other, index)
    return found
