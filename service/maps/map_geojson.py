"""The municipalities as a small GeoJSON, for the map that can be moved."""

from __future__ import annotations

import gzip
import json

import geopandas as gpd
import numpy as np
import shapely

from data.geometry import UTM32

_TOLERANCE_M = 600  # half a pixel where the whole Land is 600 pixels wide
_DIGITS = 3  # of a degree: about 100 m


def map_json(bodies: gpd.GeoDataFrame) -> bytes:
    """Return areas and borders of Kreise, compressed by gzip; neighbours keep touching.

    Parameters
    ----------
    bodies
        `Dataset.bodies`.

    Returns
    -------
    bytes
        `{"areas": FeatureCollection with ags and name, "districts": MultiLineString}`.
    """
    places = bodies[bodies["kind"] == "municipality"]
    # The smaller an area, the later it is drawn: what lies inside another is on top.
    places = places.sort_values("area_km2", ascending=False)
    projected = places.to_crs(UTM32)
    simple = gpd.GeoSeries(
        shapely.coverage_simplify(projected.geometry.values, _TOLERANCE_M),
        index=places.index,
        crs=UTM32,
    )
    district = places["district_ags"].where(places["district_ags"].notna(), places.index)
    kreise = shapely.union_all(
        simple.to_frame("geometry").set_geometry("geometry").dissolve(np.asarray(district)).boundary
    )
    lines = gpd.GeoSeries([kreise], crs=UTM32).to_crs(4326).iloc[0]
    areas = [
        {
            "type": "Feature",
            "properties": {"ags": str(key), "name": str(name)},
            "geometry": {"type": "MultiPolygon", "coordinates": _rings(shape)},
        }
        for key, name, shape in zip(places.index, places["name"], simple.to_crs(4326), strict=True)
    ]
    content = {
        "areas": {"type": "FeatureCollection", "features": areas},
        "districts": {
            "type": "MultiLineString",
            "coordinates": [_points(part) for part in shapely.get_parts(shapely.line_merge(lines))],
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _rings(shape: shapely.Geometry) -> list[list[list[list[float]]]]:
    # Holes are left out: what lies in them is an area of its own, drawn above.
    return [[_points(part.exterior)] for part in shapely.get_parts(shape)]


def _points(line: shapely.Geometry) -> list[list[float]]:
    points: list[list[float]] = np.round(shapely.get_coordinates(line), _DIGITS).tolist()
    return points
