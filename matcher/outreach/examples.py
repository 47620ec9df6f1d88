"""Known cooperations to cite beside a proposed group."""

from __future__ import annotations

from matcher.outreach.group_profile import GroupProfile
from matcher.outreach.opportunity import Example

MOST = 3


def examples(view: GroupProfile, most: int = MOST) -> tuple[Example, ...]:
    """Return cooperations of the same area: same shape first, then of like size, then the newest.

    Where the same shape gives fewer than `most`, the nearest others of the area fill up; each says
    which it is.
    """
    wanted = len(view.rows)
    known, size = view.knowledge.cooperations, view.knowledge.patterns.size

    def order(index: int) -> tuple[bool, float, int, str]:
        cooperation = known[index]
        same = view.shapes.of_cooperation[index] == view.group.shape
        # Within two members more or less it is the year that tells: what runs now can be asked.
        gap = max(abs(float(size[index]) - wanted), 2.0)
        return (not same, gap, -(cooperation.start_year or 0), cooperation.id)

    usable = [int(i) for i in view.in_area if size[i] >= 2]
    return tuple(_entry(view, index) for index in sorted(usable, key=order)[:most])


def _entry(view: GroupProfile, index: int) -> Example:
    cooperation = view.knowledge.cooperations[index]
    lead = cooperation.lead
    return Example(
        cooperation=cooperation.id,
        title=cooperation.title,
        members=len(cooperation.participants),
        lead=None if lead is None else view.body(int(view.bodies.keys.get_loc(lead))).address,
        year=cooperation.start_year,
        legal_form=cooperation.legal_form,
        source_url=cooperation.source_url,
        same_shape=bool(view.shapes.of_cooperation[index] == view.group.shape),
    )
