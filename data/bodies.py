"""The 430 bodies: municipalities, Kreise and associations in one table with real boundaries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import csr_array

from data.errors import DataError, Problem
from data.geometry import UTM32, WGS84
from data.land import LAND, LegalStatus
from data.pairs import PairTable, SparseTable, of_rows
from data.terms import Kind

_ASSOCIATIONS = {association.key: association for association in LAND.associations}
_WEIGHTED_BY_POPULATION = (
    "population_change_pct_2018_2021",
    "population_change_pct_2022_2024",
    "share_under_19",
    "share_67_plus",
)
_WEIGHTED_BY_AREA = ("share_settlement", "share_agriculture", "share_forest")
_SUMMED_UP = (
    *_WEIGHTED_BY_POPULATION, *_WEIGHTED_BY_AREA,
    "population", "area_km2", "longitude", "latitude", "regiostar7", "geometry",
)  # fmt: skip


def build_bodies(
    municipalities: pd.DataFrame, districts: pd.DataFrame, boundaries: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Put municipalities, Kreise and associations into one GeoDataFrame.

    Kreise and associations are unions of their members: geometry by union, population and area by
    sum, shares by weighted mean. What cannot be summed (fiscal status) stays empty for them.

    Parameters
    ----------
    municipalities, districts
        Tables checked by `schemas.MUNICIPALITIES` and `schemas.DISTRICTS`.
    boundaries
        WGS 84, index AGS, from `geometry.read_boundaries`.

    Returns
    -------
    GeoDataFrame
        Index `key` (AGS; of associations a short name), municipalities first, then Kreise, then
        associations, each in the order of the key. The order is that of every array about bodies.

    Raises
    ------
    DataError
        The tables contradict each other.
    """
    _check_agreement(municipalities, districts, boundaries)
    places = municipalities.set_index("ags").sort_index()
    names = districts.set_index("ags")["name"]
    places["kind"] = Kind.MUNICIPALITY.value
    places["district_name"] = places["district_ags"].map(names)
    places["geometry"] = boundaries.geometry.reindex(places.index)
    figures = {name: places[name].to_numpy() for name in _SUMMED_UP}
    of_district, seat_of = places["district_ags"].to_numpy(), places.index.get_loc
    wider: list[dict[str, object]] = [
        {
            "key": district.ags,
            "ars": f"{district.ags}0000000",
            "name": district.name,
            "kind": Kind.DISTRICT.value,
            "legal_status": LegalStatus.DISTRICT.value,
            "designation": "Kreis",
            "government_region": district.government_region,
            "landscape_association": district.landscape_association,
            **_union(figures, of_district == district.ags, seat_of(district.seat_ags)),
        }
        for district in districts.sort_values("ags").itertuples()
    ]
    wider += [
        {
            "key": association.key,
            "name": association.name,
            "kind": Kind.ASSOCIATION.value,
            "legal_status": LegalStatus.ASSOCIATION.value,
            "designation": "Verband",
            **_union(
                figures, association_members(places, association.key), seat_of(association.seat)
            ),
        }
        for association in LAND.associations
    ]
    table = pd.concat([places, pd.DataFrame(wider).set_index("key")])
    table["official_name"] = table["official_name"].fillna(table["name"])
    table.index.name = "key"
    return gpd.GeoDataFrame(table, geometry="geometry", crs=WGS84)


def association_members(places: pd.DataFrame, code: str) -> npt.NDArray[np.bool_]:
    """Return which municipalities (rows of `places`) lie in an association; shape (n,)."""
    known = _ASSOCIATIONS[code]
    if known.cities or known.districts:
        inside = places.index.isin(known.cities) | places["district_ags"].isin(known.districts)
        return np.asarray(inside, dtype=bool)
    return np.asarray(places["landscape_association"] == code, dtype=bool)


def membership(bodies: gpd.GeoDataFrame) -> csr_array:
    """Return which municipality belongs to which body.

    Returns
    -------
    csr_array
        (n_bodies, n_municipalities) 1 where it does; a municipality belongs to itself.
    """
    places = bodies[bodies["kind"] == Kind.MUNICIPALITY.value]
    rows = [np.eye(len(places), dtype=bool)]
    for key in bodies.index[len(places) :]:
        if key in _ASSOCIATIONS:
            rows.append(association_members(places, key)[None, :])
        else:
            rows.append((places["district_ags"] == key).to_numpy()[None, :])
    return csr_array(np.vstack(rows).astype(np.float64))


def seat_distances(bodies: gpd.GeoDataFrame) -> PairTable:
    """Return the distance between seats, (n, n) float32, km, straight line in UTM 32N."""
    axes = np.ascontiguousarray(seats(bodies).T)

    def km(rows: Any) -> npt.NDArray[np.float32]:
        east, north = (axis - of_rows(axis, rows) for axis in axes)
        return np.asarray(np.sqrt(east * east + north * north), np.float32)

    return PairTable(axes.shape[1], km, several=True)


def seats(bodies: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Return where the seats are, (n, 2) km in UTM 32N."""
    points = gpd.GeoSeries(
        gpd.points_from_xy(bodies["longitude"], bodies["latitude"]), crs=WGS84
    ).to_crs(UTM32)
    return np.column_stack([points.x, points.y]) / 1000


def border_lengths(pairs: csr_array, members: csr_array) -> SparseTable:
    """Extend the shared borders of municipalities to all bodies.

    The border of two Kreise is the sum over their members' borders; bodies of which one contains
    the other share none.

    Parameters
    ----------
    pairs
        (n_municipalities, n_municipalities) km, symmetric.
    members
        (n_bodies, n_municipalities), from `membership`.

    Returns
    -------
    SparseTable
        (n_bodies, n_bodies) float32, km.
    """
    total = csr_array(members @ pairs @ members.T)
    inside = csr_array(members @ members.T)
    inside.data[:] = 1
    apart = csr_array(total - total.multiply(inside)).astype(np.float32)
    apart.eliminate_zeros()
    return SparseTable(apart)


def border_pairs(adjacency: pd.DataFrame, keys: pd.Index) -> csr_array:
    """Return the table of borders, checked by `schemas.ADJACENCY`, as (n, n) km, symmetric.

    `keys` are the AGS of the municipalities, in row order.
    """
    first, second = keys.get_indexer(adjacency["ags_a"]), keys.get_indexer(adjacency["ags_b"])
    km = adjacency["shared_border_km"].to_numpy(np.float64)
    half = csr_array((km, (first, second)), shape=(len(keys), len(keys)))
    return csr_array(half + half.T)


def nearest_distances(
    between_municipalities: Callable[[int, npt.NDArray[np.int64]], npt.NDArray[np.float32]],
    members: csr_array,
) -> PairTable:
    """Extend the nearest-border distances of municipalities to all bodies.

    Parameters
    ----------
    between_municipalities
        Returns the row of a municipality at some municipalities, ascending, km.
    members
        (n_bodies, n_municipalities), from `membership`.

    Returns
    -------
    PairTable
        (n_bodies, n_bodies) float32, km: the least distance between any two members.
    """
    inside, starts = members.indices, members.indptr

    everywhere = np.arange(members.shape[1])

    def least(
        body: int, places: npt.NDArray[np.int64], where: npt.NDArray[Any], ends: npt.NDArray[Any]
    ) -> npt.NDArray[np.float32]:
        own = inside[starts[body] : starts[body + 1]]
        gaps = [between_municipalities(int(place), places) for place in own]
        to_places = gaps[0] if len(gaps) == 1 else np.minimum.reduce(gaps)
        return np.asarray(np.minimum.reduceat(to_places[where], ends), np.float32)

    def row(body: int) -> npt.NDArray[np.float32]:
        return least(body, everywhere, inside, starts[:-1])

    def some(body: int, columns: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        sizes = starts[columns + 1] - starts[columns]
        ends = np.cumsum(sizes) - sizes
        theirs = inside[np.arange(sizes.sum()) + np.repeat(starts[columns] - ends, sizes)]
        places, where = np.unique(theirs, return_inverse=True)
        return least(body, places, where, ends)

    return PairTable(members.shape[0], row, some)


def _union(
    figures: dict[str, npt.NDArray[Any]], inside: npt.NDArray[np.bool_], seat: int
) -> dict[str, object]:
    """Return the figures of a body that consists of some municipalities, with its seat in one."""
    of = {name: values[inside] for name, values in figures.items()}
    population, area = of["population"], of["area_km2"]
    types, which = np.unique(of["regiostar7"], return_inverse=True)
    row: dict[str, object] = {
        "population": int(population.sum()),
        "area_km2": float(area.sum()),
        "longitude": figures["longitude"][seat],
        "latitude": figures["latitude"][seat],
        "regiostar7": int(types[np.bincount(which, population).argmax()]),
        # Boundaries are read as a coverage: parts touch, none overlap.
        "geometry": shapely.coverage_union_all(of["geometry"]),
    }
    for column in _WEIGHTED_BY_POPULATION:
        row[column] = round(float(np.average(of[column], weights=population)), 2)
    for column in _WEIGHTED_BY_AREA:
        row[column] = round(float(np.average(of[column], weights=area)), 1)
    return row


def _check_agreement(
    municipalities: pd.DataFrame, districts: pd.DataFrame, boundaries: gpd.GeoDataFrame
) -> None:
    problems = [
        Problem("boundaries.geojson", f"{ags} steht nur in einer der beiden Dateien")
        for ags in sorted(set(municipalities["ags"]) ^ set(boundaries.index))
    ]
    known, places = set(districts["ags"]), set(municipalities["ags"])
    inhabitants = municipalities.groupby("district_ags")["population"].sum().to_dict()
    problems += [
        Problem("districts.csv", f"Kreis {ags} fehlt", field="ags")
        for ags in sorted(set(municipalities["district_ags"].dropna()) - known)
    ]
    for line, district in enumerate(districts.itertuples(), start=2):
        if district.ags not in inhabitants:
            problems.append(Problem("districts.csv", "hat keine Gemeinden", line, "ags"))
            continue
        if district.seat_ags not in places:
            problems.append(
                Problem(
                    "districts.csv",
                    f"{district.seat_ags} steht nicht im Register",
                    line,
                    "seat_ags",
                )
            )
        if inhabitants[district.ags] != district.population:
            problems.append(
                Problem("districts.csv", "ist nicht die Summe der Gemeinden", line, "population")
            )
    if problems:
        raise DataError(problems)
