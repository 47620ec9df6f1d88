"""Which bodies may appear in a result."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches

import numpy as np

from matcher.directory import Body, Directory
from matcher.known.bodies import Bools, Floats
from matcher.request import Filters, RequestError

_FEW = 10  # values that a sentence can list


def ruled_out(filters: Filters, directory: Directory, seat_km: Floats) -> dict[str, Bools]:
    """Return for each filter that is set whom it rules out, (n,) bool.

    Parameters
    ----------
    filters
        What is wanted.
    directory
        All bodies.
    seat_km
        (n,) distance of each from the searcher.

    Raises
    ------
    RequestError
        A filter names a Kreis, Regierungsbezirk or body that does not exist, or a negative radius.
    """
    found: dict[str, Bools] = {}

    def keep(name: str, fits: Callable[[Body], bool]) -> None:
        found[name] = ~np.array([fits(body) for body in directory], bool)

    if filters.kinds:
        keep("kinds", lambda body: body.kind in filters.kinds)
    if filters.legal_status:
        keep("legal_status", lambda body: body.legal_status in filters.legal_status)
    if filters.districts:
        known = {body.key for body in directory.districts}
        _refuse_unknown(filters.districts, known, "/filters/districts", "Kreis")
        keep("districts", lambda body: body.own_district in filters.districts)
    if filters.government_regions:
        _refuse_unknown(
            filters.government_regions,
            directory.government_regions,
            "/filters/government_regions",
            "Regierungsbezirk",
        )
        keep(
            "government_regions",
            lambda body: body.government_region in filters.government_regions,
        )
    if filters.max_distance_km is not None:
        if not filters.max_distance_km >= 0:
            raise RequestError("/filters/max_distance_km", "Der Umkreis darf nicht negativ sein.")
        found["max_distance_km"] = ~(seat_km <= filters.max_distance_km)
    if filters.exclude:
        _refuse_unknown(filters.exclude, set(directory.keys), "/filters/exclude", "Körperschaft")
        keep("exclude", lambda body: body.key not in filters.exclude)
    return found


def eligible(filters: Filters, directory: Directory, seat_km: Floats) -> Bools:
    """Return which bodies pass all filters, (n,) bool; parameters as for `ruled_out`."""
    passing = np.ones(len(directory), bool)
    for mask in ruled_out(filters, directory, seat_km).values():
        passing &= ~mask
    return passing


def _refuse_unknown(wanted: tuple[str, ...], known: Collection[str], field: str, word: str) -> None:
    for position, name in enumerate(wanted):
        if name not in known:
            sentence = f"{word} „{name}“ ist nicht bekannt.{_instead(name, known)}"
            raise RequestError(f"{field}/{position}", sentence)


def _instead(name: str, known: Collection[str]) -> str:
    """Return what may be given: all where they are few, else what is written alike."""
    if len(known) <= _FEW:
        return f" Möglich sind: {', '.join(sorted(known))}."
    near = get_close_matches(name, sorted(known))
    return f" Gemeint sein könnte: {', '.join(near)}." if near else ""
