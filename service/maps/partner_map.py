"""The map of a content page: one body among its partners, drawn on the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct, structs

from service.maps.land_map import LandMap, Mark

_NUMBERED = 20  # more numbers than this cannot be told apart on the map
_BESIDE = 1.9  # radii by which a mark moves where another has the same seat
View = tuple[float, float, float, float]


class PartnerMap(Struct, frozen=True):
    """What the template draws.

    Attributes
    ----------
    outline
        SVG path of the Kreise.
    marks
        In drawing order; those at the same seat lie side by side.
    view
        x, y, width, height of the part shown.
    radius
        Of a mark, in units of the picture.
    """

    outline: str
    marks: tuple[Mark, ...]
    view: View
    radius: float


def draw(
    land_map: LandMap,
    centre: str | None,
    partners: Sequence[tuple[str, str]],
    strong: Collection[str] = (),
    first: int = 1,
) -> PartnerMap | None:
    """Draw partners around a body.

    Parameters
    ----------
    land_map
        Projects keys into the picture.
    centre
        Key of the body drawn as a square, None for no such body.
    partners
        (key, name), numbered in this order; the first 20 carry their number.
    strong
        Keys drawn as filled circles.
    first
        Number of the first partner.

    Returns
    -------
    PartnerMap or None
        None where there is nothing to draw.
    """
    if centre is None and not partners:
        return None
    anchor = partners[0][0] if centre is None else centre
    marks = land_map.marks(anchor, partners, set(strong), first)
    if centre is None:
        marks = marks[:-1]
    view = land_map.view(marks)
    radius = view[2] / (42 if len(partners) <= _NUMBERED else 60)
    shown = tuple(
        structs.replace(mark, label="")
        if mark.label and int(mark.label) >= first + _NUMBERED
        else mark
        for mark in side_by_side(marks, radius * _BESIDE)
    )
    return PartnerMap(land_map.outline, shown, _holding(shown, view, radius), round(radius, 1))


def _holding(marks: Sequence[Mark], view: View, radius: float) -> View:
    """Widen a view for marks that moved to the right, beyond its edge."""
    left, top, side, _ = view
    more = max(0.0, max(mark.x for mark in marks) + 2 * radius - left - side)
    side = round(side + more, 1)
    return left, round(top - more / 2, 1), side, side


def side_by_side(marks: Sequence[Mark], step: float) -> list[Mark]:
    """Move marks at the same point to the right: a Kreis has its seat in one of its towns.

    Parameters
    ----------
    marks
        In drawing order; the last one at a point stays where it is.
    step
        How far the next one moves, in units of the picture.
    """
    taken: Counter[tuple[float, float]] = Counter()
    placed = []
    # From the top of the drawing order, so that the body itself stays where it is.
    for mark in reversed(marks):
        before = taken[mark.x, mark.y]
        taken[mark.x, mark.y] += 1
        placed.append(structs.replace(mark, x=round(mark.x + step * before, 1)))
    return placed[::-1]
