"""A wish about partners: what it asks, and where it stands in the text."""

from __future__ import annotations

from msgspec import Struct, structs

from data.land import LAND

Value = bool | int | float | tuple[str, ...] | tuple[int, int]


STATEWIDE = (LAND.prefix,)
"""Value of a region that is the whole Land."""


class Wish(Struct, frozen=True):
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


def prefixes(value: Value) -> tuple[str, ...]:
    """Return the AGS prefixes of a region."""
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def denies(value: Value) -> bool:
    """Tell whether a value says what is not wanted: False, or a region that is left out."""
    return value is False or (isinstance(value, tuple) and str(value[0]).startswith("-"))


def opposite(wish: Wish) -> Wish | None:
    """Return what is asked where a wish is denied, None where that is no wish that can be kept.

    "Keine Gemeinden unter 8.000 Einwohnern" asks for at least 8,000.
    """
    if isinstance(wish.value, bool):
        return structs.replace(wish, value=not wish.value)
    if wish.code in _OTHER_BOUND:
        return structs.replace(wish, code=_OTHER_BOUND[wish.code])
    if wish.code == "region" and wish.value != STATEWIDE and isinstance(wish.value, tuple):
        left_out = tuple(f"-{prefix}" for prefix in wish.value)
        return None if denies(wish.value) else structs.replace(wish, value=left_out)
    return None


_OTHER_BOUND = {"max_population": "min_population", "min_population": "max_population"}
