"""Maps of opportunities, drawn on the server: each group as a star around its first body."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from service.maps.land_map import LandMap


class Star(Struct, frozen=True):
    """A group: its number at the first body, and SVG lines from there to the others."""

    label: str
    x: float
    y: float
    rays: str
    others: tuple[tuple[float, float], ...]


class GroupMap(Struct, frozen=True):
    """What the template draws; `radius` is that of a number, in units of the picture."""

    outline: str
    stars: tuple[Star, ...]
    view: tuple[float, float, float, float]
    radius: float


def draw_groups(land_map: LandMap, groups: Sequence[tuple[int, Sequence[str]]]) -> GroupMap | None:
    """Draw groups with their numbers.

    Parameters
    ----------
    land_map
        Projects keys into the picture.
    groups
        (number, keys) of each, the most important first.

    Returns
    -------
    GroupMap or None
        None where there is nothing to draw.
    """
    stars, marks = [], []
    for number, keys in groups:
        *others, first = land_map.marks(keys[0], [(key, "") for key in keys[1:]], set())
        marks += [*others, first]
        rays = "".join(f"M{first.x} {first.y}L{mark.x} {mark.y}" for mark in others)
        points = tuple((mark.x, mark.y) for mark in others)
        stars.append(Star(str(number), first.x, first.y, rays, points))
    if not stars:
        return None
    view = land_map.view(marks)
    # The first on top.
    return GroupMap(land_map.outline, tuple(reversed(stars)), view, round(view[2] / 45, 1))
