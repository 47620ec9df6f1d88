"""Wishes as rules on top of the ranking: which bodies pass, and what the group has to keep to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from data import Kind, LegalStatus
from matcher.known.bodies import Bodies, Bools
from matcher.understanding.named import Named
from matcher.understanding.wish import Value, Wish

_KINDS = tuple(kind.value for kind in Kind)
_STATUSES = tuple(status.value for status in LegalStatus)
_DISTRICT = _KINDS.index(Kind.DISTRICT.value)
Check = Callable[[Bodies, int, Value], Bools]


class GroupRule(Struct, frozen=True):
    """What wishes ask of the group; None and empty where nothing is asked.

    Attributes
    ----------
    partners
        (least, most) partners, the searcher not counted.
    with_district
        Whether a Kreis has to be in the group (its own where it has one), or must not.
    """

    partners: tuple[int, int] | None = None
    with_district: bool | None = None


def ruled_out(
    wishes: Sequence[Wish], named: Sequence[Named], land: Bodies, searcher: int
) -> Mapping[str, Bools]:
    """Return for each wish which bodies it rules out, and "excluded" for those named so.

    Parameters
    ----------
    wishes
        Those to apply, the ones that the request overrules taken off.
    named
        Bodies that the text names: a wanted one or one on board is not ruled out by wishes
        about others, as naming it says more.
    land
        The n bodies.
    searcher
        Row of the searching body.

    Returns
    -------
    mapping
        Code -> (n,) bool, true where the wish rules the body out.
    """
    kept = [body.ags for body in named if body.role in ("wanted", "on_board")]
    # Most texts name nobody: to look for nobody among all keys takes longer than all wishes.
    open_to = ~land.keys.isin(kept) if kept else np.ones(len(land), bool)
    result = {
        wish.code: ~CHECKS[wish.code](land, searcher, wish.value) & open_to
        for wish in wishes
        if wish.code in CHECKS
    }
    excluded = [body.ags for body in named if body.role == "excluded"]
    if excluded:
        result["excluded"] = np.asarray(land.keys.isin(excluded))
    return result


def passing(wishes: Sequence[Wish], named: Sequence[Named], land: Bodies, searcher: int) -> Bools:
    """Return which bodies no wish rules out, (n,) bool; parameters as for `ruled_out`."""
    result = np.ones(len(land), bool)
    for mask in ruled_out(wishes, named, land, searcher).values():
        result &= ~mask
    return result


def group_rule(wishes: Sequence[Wish]) -> GroupRule:
    """Return what the wishes ask of the group."""
    partners: tuple[int, int] | None = None
    with_district: bool | None = None
    for wish in wishes:
        if wish.code == "group_size" and isinstance(wish.value, tuple):
            partners = (int(wish.value[0]), int(wish.value[1]))
        elif wish.code == "group_size":
            partners = (int(float(str(wish.value))), int(float(str(wish.value))))
        elif wish.code == "with_district":
            with_district = bool(wish.value)
    return GroupRule(partners, with_district)


def carrying_district(land: Bodies, searcher: int) -> Bools:
    """Return the Kreise that may carry the task, (n,) bool: the own one, or any for others."""
    districts = land.kind == _DISTRICT
    own = districts & (land.district == land.district[searcher])
    own[searcher] = False
    return np.asarray(own if own.any() else districts)


def _own_district(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.asarray((land.district == land.district[searcher]) == bool(value))


def _adjacent(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.asarray((land.border_km[searcher] > 0) == bool(value))


def _kinds(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.isin(land.kind, [_KINDS.index(str(kind)) for kind in _listed(value)])


def _legal_status(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.isin(land.status, [_STATUSES.index(str(status)) for status in _listed(value)])


def _max_distance(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.asarray(land.seat_km[searcher] <= float(str(value)))


def _min_population(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.asarray(np.exp(land.log_population) >= float(str(value)) * (1 - _ROUNDING))


def _max_population(land: Bodies, searcher: int, value: Value) -> Bools:
    return np.asarray(np.exp(land.log_population) <= float(str(value)) * (1 + _ROUNDING))


def _without_district(land: Bodies, searcher: int, value: Value) -> Bools:
    """Leave Kreise out where none is wanted; that one is wanted rules nobody out."""
    return np.asarray((land.kind != _DISTRICT) | bool(value))


def _region(land: Bodies, searcher: int, value: Value) -> Bools:
    prefixes = [str(prefix) for prefix in _listed(value)]
    inside = tuple(prefix for prefix in prefixes if not prefix.startswith("-"))
    outside = tuple(prefix[1:] for prefix in prefixes if prefix.startswith("-"))
    keys = [str(key) for key in land.keys]
    return np.array(
        [
            (not inside or key.startswith(inside)) and not (outside and key.startswith(outside))
            for key in keys
        ]
    )


def _listed(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


_ROUNDING = 1e-6  # populations are kept as logarithms in 32 bits

CHECKS: Mapping[str, Check] = {
    "own_district": _own_district,
    "adjacent": _adjacent,
    "kinds": _kinds,
    "legal_status": _legal_status,
    "max_distance_km": _max_distance,
    "min_population": _min_population,
    "max_population": _max_population,
    "with_district": _without_district,
    "region": _region,
}
"""How each wish that rules bodies out is checked; `group_size` concerns the group alone."""
