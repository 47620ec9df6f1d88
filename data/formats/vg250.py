"""Municipality polygons of the BKG's VG250: GeoPackage, Shapefile (zipped too) or GeoJSON."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path, PurePosixPath

import geopandas as gpd
import pyogrio

from data.errors import DataError, Problem
from data.formats.keys import mend_key
from data.formats.text import first_bytes, read_text
from data.geometry import WGS84
from data.land import LAND

LAYER = "vg250_gem"
# "Geofaktor" of VG250: 4 is land with structure; 2 would be the sea.
_LAND = 4
_SOURCES = (".shp", ".gpkg", ".geojson", ".json")


def read(path: Path, land: str = LAND.prefix) -> gpd.GeoDataFrame:
    """Read the municipalities of one Land.

    Parameters
    ----------
    path
        GeoPackage, Shapefile or GeoJSON of VG250, one of these in a ZIP, or a JSON list of
        features (taken as WGS 84).
    land
        First two digits of the AGS.

    Returns
    -------
    GeoDataFrame
        Index `ags`, sorted; parts of one municipality merged; coordinates and coordinate system
        as the file states them, the latter None where it states none.

    Raises
    ------
    DataError
        The file is missing, protected, unreadable, lacks a column, or has no municipality of this
        Land.
    """
    first_bytes(path)
    frame = _frame(path)
    names = {str(column).upper(): column for column in frame.columns}
    if "AGS" not in names or not isinstance(frame, gpd.GeoDataFrame):
        missing = "AGS" if "AGS" not in names else "geometry"
        raise DataError([Problem(path.name, "die Spalte fehlt", field=missing)])
    frame = frame.assign(ags=frame[names["AGS"]].astype(str).map(mend_key))
    frame = frame[frame["ags"].str.startswith(land)]
    if "GF" in names:
        frame = frame[frame[names["GF"]].astype(float) == _LAND]
    if frame.empty:
        message = f"enthält keine Gemeinde mit AGS {land}…"
        raise DataError([Problem(path.name, message, field="AGS")])
    shapes = frame.geometry.rename("geometry")
    frame = gpd.GeoDataFrame(frame[["ags"]], geometry=shapes, crs=frame.crs)
    # Lines that cross themselves would stop the union of the parts.
    frame["geometry"] = frame.geometry.make_valid()
    return frame.dissolve("ags").sort_index()


def _frame(path: Path) -> gpd.GeoDataFrame:
    is_json = path.suffix.lower() in {".json", ".geojson"}
    features = _features(path) if is_json else None
    source = _inside(path) if zipfile.is_zipfile(path) else str(path)
    try:
        if features is not None:
            return gpd.GeoDataFrame.from_features(features, crs=WGS84)
        layers = [str(name) for name, _ in pyogrio.list_layers(source)]
        layer = next((name for name in layers if name.lower() == LAYER), layers[0])
        return gpd.read_file(source, layer=layer)
    except Exception:  # pyogrio, GDAL, GEOS and the text codec of the DBF: many hierarchies
        message = (
            "ist nicht lesbar: weder GeoPackage noch Shapefile noch GeoJSON, oder beschädigt. Ein "
            "Shapefile braucht SHP, SHX, DBF und PRJ nebeneinander, am besten in einem ZIP."
        )
        raise DataError([Problem(path.name, message)]) from None


def _inside(path: Path) -> str:
    """Return GDAL's address of the layer of municipalities inside a ZIP, at any depth."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except zipfile.BadZipFile:
        raise DataError(
            [Problem(path.name, "ist ein beschädigtes ZIP. Bitte neu laden.")]
        ) from None
    if any(entry.flag_bits & 1 for entry in entries):
        message = "ist mit einem Kennwort geschützt. Bitte ohne Kennwort packen."
        raise DataError([Problem(path.name, message)])
    found = [e.filename for e in entries if e.filename.lower().endswith(_SOURCES)]
    if not found:
        message = "enthält weder Shapefile noch GeoPackage noch GeoJSON."
        raise DataError([Problem(path.name, message)])
    # VG250 comes with a file for each level; that of the municipalities is called …GEM.
    chosen = min(found, key=lambda name: (not re.search("(?i)gem", PurePosixPath(name).stem), name))
    return f"/vsizip/{path.resolve()}/{chosen}"


def _features(path: Path) -> list[dict[str, object]] | None:
    """Return a plain list of features, None for a proper GeoJSON object."""
    try:
        document = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        message = "ist kein gültiges JSON. Ist die Datei vollständig?"
        raise DataError([Problem(path.name, message, error.lineno)]) from None
    if not isinstance(document, list):
        return None
    return [
        feature
        for feature in document
        if isinstance(feature, dict) and feature.get("properties") and "geometry" in feature
    ]
