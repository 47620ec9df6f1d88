"""Which bodies may appear in a result."""

from __future__ import annotations

import numpy as np

from data import Dataset
from matcher.known.bodies import Bools, Landscape
from matcher.request import Filters, RequestError


def eligible(filters: Filters, dataset: Dataset, land: Landscape, searcher: int) -> Bools:
    """Return which bodies pass all filters, (n,) bool.

    Raises
    ------
    RequestError
        A filter names a Kreis, Regierungsbezirk or body that does not exist, or a negative radius.
    """
    bodies = dataset.bodies
    passing = np.ones(len(land), bool)
    if filters.kinds:
        passing &= bodies["kind"].isin([kind.value for kind in filters.kinds]).to_numpy()
    if filters.legal_status:
        wanted = [status.value for status in filters.legal_status]
        passing &= bodies["legal_status"].isin(wanted).to_numpy()
    if filters.districts:
        known = set(bodies.index[bodies["kind"] == "district"])
        _refuse_unknown(filters.districts, known, "/filters/districts", "Kreis")
        inside = bodies["district_ags"].isin(filters.districts)
        passing &= (inside | bodies.index.isin(filters.districts)).to_numpy()
    if filters.government_regions:
        known = set(bodies["government_region"].dropna())
        _refuse_unknown(
            filters.government_regions, known, "/filters/government_regions", "Regierungsbezirk"
        )
        passing &= bodies["government_region"].isin(filters.government_regions).to_numpy()
    if filters.max_distance_km is not None:
        if not filters.max_distance_km >= 0:
            raise RequestError("/filters/max_distance_km", "Der Umkreis darf nicht negativ sein.")
        passing &= land.seat_km[searcher] <= filters.max_distance_km
    _refuse_unknown(filters.exclude, set(land.keys), "/filters/exclude", "Körperschaft")
    passing &= ~land.keys.isin(filters.exclude)
    return np.asarray(passing)


def _refuse_unknown(wanted: tuple[str, ...], known: set[str], field: str, word: str) -> None:
    for position, name in enumerate(wanted):
        if name not in known:
            raise RequestError(f"{field}/{position}", f"{word} „{name}“ ist nicht bekannt.")
