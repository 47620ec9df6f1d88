"""Which bodies may appear in a result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matcher.directory import Body, Directory
from matcher.known.bodies import Bools, Floats
from matcher.request import Filters, RequestError


def eligible(filters: Filters, directory: Directory, seat_km: Floats) -> Bools:
    """Return which bodies pass all filters, (n,) bool.

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
    passing = np.ones(len(directory), bool)

    def keep(fits: Callable[[Body], bool]) -> None:
        passing[:] &= [fits(body) for body in directory]

    if filters.kinds:
        keep(lambda body: body.kind in filters.kinds)
    if filters.legal_status:
        keep(lambda body: body.legal_status in filters.legal_status)
    if filters.districts:
        known = {body.key for body in directory.districts}
        _refuse_unknown(filters.districts, known, "/filters/districts", "Kreis")
        keep(lambda body: body.own_district in filters.districts)
    if filters.government_regions:
        known = set(directory.government_regions)
        _refuse_unknown(
            filters.government_regions, known, "/filters/government_regions", "Regierungsbezirk"
        )
        keep(lambda body: body.government_region in filters.government_regions)
    if filters.max_distance_km is not None:
        if not filters.max_distance_km >= 0:
            raise RequestError("/filters/max_distance_km", "Der Umkreis darf nicht negativ sein.")
        passing &= seat_km <= filters.max_distance_km
    if filters.exclude:
        _refuse_unknown(filters.exclude, set(directory.keys), "/filters/exclude", "Körperschaft")
        keep(lambda body: body.key not in filters.exclude)
    return passing


def _refuse_unknown(wanted: tuple[str, ...], known: set[str], field: str, word: str) -> None:
    for position, name in enumerate(wanted):
        if name not in known:
            raise RequestError(f"{field}/{position}", f"{word} „{name}“ ist nicht bekannt.")
