from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest

from data import DataError
from data.dataset import TABLES
from data.geometry import (
    UTM32,
    nearest_borders,
    read_boundaries,
    shared_borders,
)
from data.importers import vg250


@pytest.fixture(scope="module")
def real() -> gpd.GeoDataFrame:
    """Return the shipped boundaries of three neighbours."""
    keys = ["05974008", "05974040", "05974028"]
    return read_boundaries(TABLES / "boundaries.geojson").loc[keys]


@pytest.fixture
def frame(real) -> gpd.GeoDataFrame:
    table = real.reset_index().rename(columns={"ags": "AGS"})
    return table.assign(GEN="x", BEZ="Gemeinde", GF=4)


@pytest.mark.parametrize(("name", "driver"), [("vg.gpkg", "GPKG"), ("vg.geojson", "GeoJSON")])
def test_reads_both_formats(tmp_path, frame, real, name, driver):
    path = tmp_path / name
    crs = UTM32 if driver == "GPKG" else "EPSG:4326"
    frame.to_crs(crs).to_file(path, driver=driver, layer="vg250_gem")
    read = vg250.read(path)
    assert read.crs == UTM32
    assert read.index.tolist() == sorted(real.index)
    assert np.allclose(read.area, real.to_crs(UTM32).area.sort_index(), rtol=1e-5)


def test_water_and_other_lands_are_left_out(tmp_path, frame):
    frame.loc[0, "GF"] = 2
    frame.loc[1, "AGS"] = "09162000"
    frame.to_file(tmp_path / "vg.gpkg", layer="vg250_gem")
    assert vg250.read(tmp_path / "vg.gpkg").index.tolist() == ["05974028"]
    with pytest.raises(DataError, match="keine Gemeinde mit AGS 03"):
        vg250.read(tmp_path / "vg.gpkg", land="03")


def test_a_plain_list_of_features_is_read_too(tmp_path, frame):
    features = json.loads(frame.to_json())["features"]
    path = tmp_path / "gemeinden.geo.json"
    path.write_text(json.dumps([*features, {"type": "Feature", "properties": None}]))
    assert len(vg250.read(path)) == 3


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.geojson", "{", "kein gültiges JSON"),
        ("a.gpkg", "kein GeoPackage", "nicht lesbar"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "AGS|nicht lesbar"),
    ],
)
def test_broken_files(tmp_path, name, content, expected):
    (tmp_path / name).write_text(content)
    with pytest.raises(DataError, match=expected):
        vg250.read(tmp_path / name)
    with pytest.raises(DataError, match="Die Datei fehlt"):
        vg250.read(tmp_path / "nichts.gpkg")


def test_a_missing_column_is_named(tmp_path, frame):
    frame.drop(columns="AGS").to_file(tmp_path / "vg.gpkg", layer="vg250_gem")
    with pytest.raises(DataError, match="Feld „AGS“: die Spalte fehlt"):
        vg250.read(tmp_path / "vg.gpkg")


def test_borders_and_gaps_of_three_neighbours(real):
    full = real.sort_index().to_crs(UTM32)
    borders = shared_borders(full).set_index(["ags_a", "ags_b"])["shared_border_km"]
    # From the simplified lines; the full geometry has 17.7 km between Bad Sassendorf and Soest.
    assert borders["05974008", "05974040"] == pytest.approx(17.7, rel=0.15)
    gaps = nearest_borders(full)
    assert gaps.shape == (3, 3)
    assert gaps[0, 2] == 0
