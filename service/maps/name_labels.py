"""Names beside marks on a map, placed so that they do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.maps.land_map import Mark

_LETTER = 0.58  # mean width of a letter, of the font size
_LINE = 1.2  # height of a line, of the font size
_BESIDE = 1.4  # radii between the middle of a mark and its name
View = tuple[float, float, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class NameLabel:
    """A name at a point; `anchor` is start, middle or end as in SVG, `side` where it stands."""

    x: float
    y: float
    text: str
    anchor: str
    side: str


def name_labels(
    named: Sequence[Mark], others: Sequence[Mark], view: View, radius: float, size: float
) -> tuple[NameLabel, ...]:
    """Place a name at each mark; the first ones choose first.

    Parameters
    ----------
    named
        Marks that get their name; one that fits nowhere gets none.
    others
        Marks that a name covers only where it finds no other place.
    view
        x, y, width, height of the part shown.
    radius, size
        Of a mark, and of the letters, in units of the picture.
    """
    taken = [_around(mark, radius) for mark in named]
    soft = [_around(mark, radius) for mark in others]
    placed: list[NameLabel] = []
    boxes: list[Box] = []
    for mark in named:
        own = _around(mark, radius)
        hard = [*boxes, *(box for box in taken if box != own)]
        room = [
            (choice, box)
            for choice in _choices(mark, radius, size)
            if _inside(box := _box(choice, size), view)
        ]
        # Rather over a mark of a lesser body than no name, rather over any mark than over a name.
        for avoided in ([*hard, *soft], hard, boxes):
            free = [each for each in room if not _any(each[1], avoided)]
            if free:
                placed.append(free[0][0])
                boxes.append(free[0][1])
                break
    return tuple(placed)


def _choices(mark: Mark, radius: float, size: float) -> tuple[NameLabel, ...]:
    beside, line = _BESIDE * radius, radius + 0.7 * size
    at = (
        (mark.x + beside, mark.y, "start", "right"),
        (mark.x - beside, mark.y, "end", "left"),
        (mark.x, mark.y - line, "middle", "top"),
        (mark.x, mark.y + line, "middle", "bottom"),
    )
    return tuple(
        NameLabel(round(x, 1), round(y, 1), mark.name, anchor, side) for x, y, anchor, side in at
    )


def _around(mark: Mark, radius: float) -> Box:
    return mark.x - radius, mark.y - radius, mark.x + radius, mark.y + radius


def _box(label: NameLabel, size: float) -> Box:
    width = _LETTER * size * len(label.text)
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return left, label.y - _LINE * size / 2, left + width, label.y + _LINE * size / 2


def _inside(box: Box, view: View) -> bool:
    x, y, width, height = view
    return box[0] >= x and box[1] >= y and box[2] <= x + width and box[3] <= y + height


def _any(box: Box, taken: Sequence[Box]) -> bool:
    return any(_meet(box, other) for other in taken)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
