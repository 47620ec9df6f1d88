"""The 430 bodies: municipalities, Kreise and associations in one table with real boundaries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from data.errors import DataError, Problem
from data.geometry import UTM32, WGS84
from data.land import LAND, LegalStatus
from data.pairs import PairTable, SparseTable
from data.terms import Kind

_ASSOCIATIONS = {association.key: association for association in LAND.associations}
_WEIGHTED_BY_POPULATION = (
    "population_change_pct_2018_2021",
    "population_change_pct_2022_2024",
    "share_under_19",
    "share_67_plus",
)
_WEIGHTED_BY_AREA = ("share_settlement", "share_agriculture", "share_forest")


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
    rows = [places]
    for district in districts.sort_values("ags").itertuples():
        members = places[places["district_ags"] == district.ags]
        row = _union(members, places.loc[district.seat_ags])
        row |= {
            "key": district.ags,
            "ars": f"{district.ags}0000000",
            "name": district.name,
            "kind": Kind.DISTRICT.value,
            "legal_status": LegalStatus.DISTRICT.value,
            "designation": "Kreis",
            "government_region": district.government_region,
            "landscape_association": district.landscape_association,
        }
        rows.append(pd.DataFrame([row]).set_index("key"))
    for association in LAND.associations:
        inside = association_members(places, association.key)
        row = _union(places[inside], places.loc[association.seat])
        row |= {
            "key": association.key,
            "name": association.name,
            "kind": Kind.ASSOCIATION.value,
            "legal_status": LegalStatus.ASSOCIATION.value,
            "designation": "Verband",
        }
        rows.append(pd.DataFrame([row]).set_index("key"))
    table = pd.concat(rows)
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

    def row(body: int) -> npt.NDArray[np.float32]:
        east, north = (axis - axis[body] for axis in axes)
        return np.asarray(np.sqrt(east * east + north * north), np.float32)

    return PairTable(axes.shape[1], row)


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


def _union(members: pd.DataFrame, seat: pd.Series) -> dict[str, object]:
    row: dict[str, object] = {
        "population": int(members["population"].sum()),
        "area_km2": float(members["area_km2"].sum()),
        "longitude": seat["longitude"],
        "latitude": seat["latitude"],
        "regiostar7": int(members.groupby("regiostar7")["population"].sum().idxmax()),
        # Boundaries are read as a coverage: parts touch, none overlap.
        "geometry": gpd.GeoSeries(members["geometry"]).union_all(method="coverage"),
    }
    for column in _WEIGHTED_BY_POPULATION:
        row[column] = round(float(np.average(members[column], weights=members["population"])), 2)
    for column in _WEIGHTED_BY_AREA:
        row[column] = round(float(np.average(members[column], weights=members["area_km2"])), 1)
    return row


def _check_agreement(
    municipalities: pd.DataFrame, districts: pd.DataFrame, boundaries: gpd.GeoDataFrame
) -> None:
    problems = [
        Problem("boundaries.geojson", f"{ags} steht nur in einer der beiden Dateien")
        for ags in sorted(set(municipalities["ags"]) ^ set(boundaries.index))
    ]
    known = set(districts["ags"])
    grouped = municipalities.groupby("district_ags")
    problems += [
        Problem("districts.csv", f"Kreis {ags} fehlt", field="ags")
        for ags in sorted(set(municipalities["district_ags"].dropna()) - known)
    ]
    for line, district in enumerate(districts.itertuples(), start=2):
        if district.ags not in grouped.groups:
            problems.append(Problem("districts.csv", "hat keine Gemeinden", line, "ags"))
            continue
        members = grouped.get_group(district.ags)
        if district.seat_ags not in set(municipalities["ags"]):
            problems.append(
                Problem(
                    "districts.csv",
                    f"{district.seat_ags} steht nicht im Register",
                    line,
                    "seat_ags",
                )
            )
        if int(members["population"].sum()) != district.population:
            problems.append(
                Problem("districts.csv", "ist nicht die Summe der Gemeinden", line, "population")
            )
    if problems:
        raise DataError(problems)
