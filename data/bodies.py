"""The 430 bodies: municipalities, Kreise and associations in one table with real boundaries."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import DataError, Problem
from data.geometry import UTM32, WGS84
from data.land import LAND, LegalStatus
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


def membership(bodies: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Return which municipality belongs to which body.

    Returns
    -------
    ndarray
        (n_bodies, n_municipalities) bool; a municipality belongs to itself.
    """
    places = bodies[bodies["kind"] == Kind.MUNICIPALITY.value]
    rows = [np.eye(len(places), dtype=bool)]
    for key in bodies.index[len(places) :]:
        if key in _ASSOCIATIONS:
            rows.append(association_members(places, key)[None, :])
        else:
            rows.append((places["district_ags"] == key).to_numpy()[None, :])
    return np.vstack(rows)


def seat_distances(bodies: gpd.GeoDataFrame) -> npt.NDArray[np.float32]:
    """Return the distance between seats, (n, n) float32, km, straight line in UTM 32N."""
    points = gpd.GeoSeries(
        gpd.points_from_xy(bodies["longitude"], bodies["latitude"]), crs=WGS84
    ).to_crs(UTM32)
    xy = np.column_stack([points.x, points.y]) / 1000
    gaps = np.linalg.norm(xy[:, None, :] - xy[None, :, :], axis=2)
    return np.asarray(gaps, np.float32)


def border_lengths(
    adjacency: pd.DataFrame, members: npt.NDArray[np.bool_], keys: pd.Index
) -> npt.NDArray[np.float32]:
    """Extend the shared borders of municipalities to all bodies.

    The border of two Kreise is the sum over their members' borders; bodies of which one contains
    the other share none.

    Parameters
    ----------
    adjacency
        Table checked by `schemas.ADJACENCY`.
    members
        (n_bodies, n_municipalities), from `membership`.
    keys
        AGS of the municipalities, in row order.

    Returns
    -------
    ndarray
        (n_bodies, n_bodies) float32, km.
    """
    first = keys.get_indexer(adjacency["ags_a"])
    second = keys.get_indexer(adjacency["ags_b"])
    pair = np.zeros((len(keys), len(keys)))
    pair[first, second] = pair[second, first] = adjacency["shared_border_km"]
    weights = members.astype(float)
    total = weights @ pair @ weights.T
    total[overlap(members)] = 0.0
    return np.asarray(total, np.float32)


def nearest_distances(
    between_municipalities: npt.NDArray[np.float32], members: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """Extend the nearest-border distances of municipalities to all bodies.

    Returns
    -------
    ndarray
        (n_bodies, n_bodies) float32, km: the least distance between any two members.
    """
    to_bodies = np.stack([between_municipalities[row].min(axis=0) for row in members])
    return np.stack([to_bodies[:, row].min(axis=1) for row in members], axis=1)


def overlap(members: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which bodies share ground (one contains the other), (n, n) bool."""
    weights = members.astype(np.float32)
    return np.asarray(weights @ weights.T > 0)


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
