"""Known cooperations to cite beside a proposed group."""

from __future__ import annotations

import numpy as np

from data import Status
from matcher.german import number
from matcher.outreach.group_profile import GroupProfile
from matcher.outreach.opportunity import Example

MOST = 3
_CITED_LATER = {Status.PLANNED: 1, Status.ENDED: 2}  # after those that run, or may


def examples(view: GroupProfile, most: int = MOST) -> tuple[Example, ...]:
    """Return cooperations of the matter that fit: of like size and people, and same shape.

    Where the matter has fewer than `most`, there are fewer; of a group without a matter, those of
    its area are cited. Each says whether it has the same shape.
    """
    wanted = len(view.rows)
    known, size = view.knowledge.cooperations, view.knowledge.patterns.size

    people = view.bodies.log_population
    mine = float(people[view.municipalities].mean())

    def order(index: int) -> tuple[int, float, int, str]:
        cooperation = known[index]
        same = view.shapes.of_cooperation[index] == view.group.shape
        # Within two members more or less it is the year that tells: what runs now can be asked.
        gap = max(abs(float(size[index]) - wanted), 2.0)
        places = np.flatnonzero(view.knowledge.participation[index] * view.bodies.is_municipality)
        unlike = abs(float(people[places].mean()) - mine) if len(places) else 1.0
        total = gap + unlike + 0.5 * (not same)
        later = _CITED_LATER.get(cooperation.status, 0)
        return (later, total, -(cooperation.start_year or 0), cooperation.id)

    usable = [int(i) for i in view.in_matter if size[i] >= 2]
    return tuple(_entry(view, index) for index in sorted(usable, key=order)[:most])


def _entry(view: GroupProfile, index: int) -> Example:
    cooperation = view.knowledge.cooperations[index]
    lead = cooperation.lead
    places = sorted(
        view.body(int(row)).population
        for row in np.flatnonzero(view.knowledge.participation[index])
        if view.bodies.is_municipality[row]
    )
    return Example(
        cooperation=cooperation.id,
        title=cooperation.title,
        members=len(cooperation.participants),
        lead=None if lead is None else view.body(int(view.bodies.keys.get_loc(lead))).address,
        year=cooperation.start_year,
        legal_form=cooperation.legal_form,
        source_url=cooperation.source_url,
        same_shape=bool(view.shapes.of_cooperation[index] == view.group.shape),
        situation=_people(places),
    )


def _people(people: list[int]) -> str:
    """Say how large the municipalities of a cooperation are; "" where a Kreis acts alone."""
    if not people:
        return ""
    if people[0] == people[-1]:
        return f"{number(people[0])} Einwohner"
    return f"{number(people[0])} bis {number(people[-1])} Einwohner"
