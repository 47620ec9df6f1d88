"""Boundaries of the municipalities from VG250, checked against the register before they count."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd

from data import schemas
from data.boundary_check import check_boundaries, check_reference_system
from data.build import write_geometry
from data.errors import DataError
from data.formats import vg250
from data.geometry import UTM32, read_boundaries
from data.sources.source import Reading
from data.update import replace_tables

title = "Gemeindegrenzen: BKG VG250 (GeoPackage, Shapefile auch als ZIP, GeoJSON)"


def read(path: Path, folder: Path) -> Reading[gpd.GeoDataFrame]:
    """Read the boundaries and check them against the register.

    Returns
    -------
    Reading
        Index `ags`, geometry in UTM 32N.

    Raises
    ------
    DataError
        The file is unreadable, its coordinate system is missing or wrong, a municipality is
        missing or has no geometry, an area differs from the register, or a seat lies outside.
    """
    raw = vg250.read(path)
    municipalities = schemas.read_csv(folder / "municipalities.csv", schemas.MUNICIPALITIES)
    register = municipalities.set_index("ags").sort_index()
    check_reference_system(raw, register, path.name)
    full = raw.to_crs(UTM32)
    problems = check_boundaries(full, register, _present(folder), path.name)
    if problems:
        raise DataError(problems)
    return Reading(full, f"Grenzen von {len(full)} Gemeinden gelesen.")


def install(folder: Path, reading: Reading[gpd.GeoDataFrame], date: str) -> str:
    """Derive simplified boundaries, common borders and distances from the full geometry."""
    with tempfile.TemporaryDirectory() as made:
        write_geometry(Path(made), reading.content)
        contents = {path.name: path.read_bytes() for path in Path(made).iterdir()}
    replace_tables(folder, contents, date)
    return reading.summary


def _present(folder: Path) -> gpd.GeoDataFrame | None:
    try:
        return read_boundaries(folder / "boundaries.geojson").to_crs(UTM32)
    except DataError:  # what is there is broken: all the more reason to replace it
        return None
