"""A wish about partners: what it asks, and where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass

from data.land import LAND

Value = bool | int | float | tuple[str, ...] | tuple[int, int]


STATEWIDE = (LAND.prefix,)
"""Value of a region that is the whole Land."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish; `text` stands at [start, end) of what was written.

    `code` is one of own_district, adjacent, kinds, legal_status, max_distance_km, min_population,
    max_population, with_district, group_size, region. The value of a region is a tuple of AGS
    prefixes, one of which a body's key begins with; "-05974" excludes.
    """

    code: str
    value: Value
    text: str
    start: int
    end: int


def denies(value: Value) -> bool:
    """Tell whether a value says what is not wanted: False, or a region that is left out."""
    return value is False or (isinstance(value, tuple) and str(value[0]).startswith("-"))
