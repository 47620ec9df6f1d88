"""Boundaries from the BKG's VG250, as GeoPackage, GeoJSON or a plain list of features."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pyogrio

from data.errors import DataError, Problem
from data.geometry import UTM32, read_full_geometry
from data.land import LAND

LAYER = "vg250_gem"
# "Geofaktor" of VG250: 4 is land with structure; 2 would be the sea.
_LAND = 4


def read(path: Path, land: str = LAND.prefix) -> gpd.GeoDataFrame:
    """Read the municipalities of one Land.

    Parameters
    ----------
    path
        GeoPackage or GeoJSON of VG250, or a JSON list of features.
    land
        First two digits of the AGS.

    Returns
    -------
    GeoDataFrame
        Index `ags`, sorted; geometry in UTM 32N, parts of one municipality merged.

    Raises
    ------
    DataError
        The file is missing, unreadable, lacks a column, or has no municipality of this Land.
    """
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    frame = _read_any(path, land)
    if frame.empty:
        raise DataError(
            [Problem(path.name, f"enthält keine Gemeinde mit AGS {land}…", field="AGS")]
        )
    return frame


def _read_any(path: Path, land: str) -> gpd.GeoDataFrame:
    if path.suffix.lower() in {".json", ".geojson"}:
        features = _plain_features(path)
        if features is not None:
            return read_full_geometry(features, land)
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        layer = next((name for name in layers if name.lower() == LAYER), layers[0])
        frame = gpd.read_file(path, layer=layer)
    except (pyogrio.errors.DataSourceError, IndexError) as error:
        raise DataError([Problem(path.name, f"ist nicht lesbar: {error}")]) from None
    names = {str(column).upper(): column for column in frame.columns}
    if "AGS" not in names:
        raise DataError([Problem(path.name, "die Spalte fehlt", field="AGS")])
    if frame.crs is None:
        raise DataError([Problem(path.name, "das Koordinatensystem ist nicht angegeben")])
    frame = frame[frame[names["AGS"]].astype(str).str.startswith(land)]
    if "GF" in names:
        frame = frame[frame[names["GF"]].astype(int) == _LAND]
    frame = frame.rename(columns={names["AGS"]: "ags"})[["ags", "geometry"]]
    return frame.dissolve("ags").sort_index().to_crs(UTM32)


def _plain_features(path: Path) -> list[dict[str, object]] | None:
    try:
        document = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError([Problem(path.name, f"ist kein gültiges JSON: {error}")]) from None
    return document if isinstance(document, list) else None
