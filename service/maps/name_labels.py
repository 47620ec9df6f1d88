"""Names beside marks on a map, placed so that they cover neither marks nor each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from service.maps.land_map import Mark

_LETTER = 0.58  # mean width of a letter, of the font size
_LINE = 1.2  # height of a line, of the font size
_BESIDE = 1.4  # radii between the middle of a mark and its name
View = tuple[float, float, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


class NameLabel(Struct, frozen=True):
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
        Marks that get their name; one that fits nowhere gets none: it stands in the list beside.
    others
        Further marks that no name may cover.
    view
        x, y, width, height of the part shown.
    radius, size
        Of a mark, and of the letters, in units of the picture.
    """
    taken = [_around(mark, radius) for mark in (*named, *others)]
    placed: list[NameLabel] = []
    for mark in named:
        for choice in _choices(mark, radius, size):
            box = _box(choice, size)
            if _inside(box, view) and not _any(box, taken):
                placed.append(choice)
                taken.append(box)
                break
    return tuple(placed)


def _choices(mark: Mark, radius: float, size: float) -> Iterator[NameLabel]:
    beside, line = _BESIDE * radius, radius + 0.7 * size
    for x, y, anchor, side in (
        (beside, 0.0, "start", "right"),
        (-beside, 0.0, "end", "left"),
        (0.0, -line, "middle", "top"),
        (0.0, line, "middle", "bottom"),
        (0.5 * radius, -line, "start", "top"),
        (-0.5 * radius, -line, "end", "top"),
        (0.5 * radius, line, "start", "bottom"),
        (-0.5 * radius, line, "end", "bottom"),
    ):
        yield NameLabel(round(mark.x + x, 1), round(mark.y + y, 1), mark.name, anchor, side)


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
