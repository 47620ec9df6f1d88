"""A line that the list no longer holds, told by what is known today.

The list holds only groups of which no two are known to work together in the area. What the office
remembers may have come about meanwhile; then the sentences of the list would be false.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from msgspec import structs

from data import TaskArea
from matcher.german import listing
from matcher.outreach import Opportunity
from matcher.outreach.grounds import ties
from matcher.outreach.group_profile import GroupProfile
from matcher.outreach.letter import draft

_NAMED = 3  # cooperations


def overtaken(found: Opportunity, view: GroupProfile) -> Opportunity:
    """Return an opportunity that says so where its group is known to cooperate in the area.

    Parameters
    ----------
    found
        What `Outreach.describe` says about the group.
    view
        The same group.
    """
    sentence = together_by_now(view)
    if not sentence:
        return found
    # Ties are those in other areas, which is only so where the area itself is left aside.
    texts = {"unknown": sentence, "ties": ties(view, view.in_area)}
    told = tuple(replace(r, text=texts.get(r.code, r.text)) for r in found.reasons)
    letter = draft(view, told, found.examples, found.legal_forms, found.grant, together=True)
    return structs.replace(found, reasons=told, letter=letter)


def together_by_now(view: GroupProfile) -> str:
    """Say which bodies of a group are known to work together in its area; "" where none are."""
    known = sorted(_together(view), key=lambda entry: -len(entry[1]))
    if not known:
        return ""
    named = "; ".join(f"{what} ({listing(names)})" for what, names in known[:_NAMED])
    if len(known) > _NAMED:
        named += f" und {len(known) - _NAMED} weitere"
    whole = len(known[0][1]) == len(view.rows)
    who = "arbeitet diese Gruppe" if whole else "arbeiten Teile dieser Gruppe"
    return f"Im Bereich {view.area.label} {who} inzwischen bekanntermaßen zusammen: {named}."


def _together(view: GroupProfile) -> Iterator[tuple[str, list[str]]]:
    """Yield what binds bodies of the group in the area, with their names; see `known_together`."""
    taking_part = view.knowledge.participation[view.in_area][:, view.rows] > 0
    for index, part in zip(view.in_area, taking_part, strict=True):
        if part.sum() >= 2:
            title = view.knowledge.cooperations[int(index)].title
            yield f"„{title}“", [view.name(int(row)) for row in view.rows[part]]
    if view.area is not TaskArea.REGIONALENTWICKLUNG:
        return
    region = view.bodies.leader[view.rows]
    for code in np.unique(region[region >= 0]):
        rows = view.rows[region == code]
        if len(rows) >= 2:
            name = view.body(int(rows[0])).leader_region
            yield f"LEADER-Region {name}", [view.name(int(row)) for row in rows]
