from __future__ import annotations

import zipfile

import geopandas as gpd
import numpy as np
import pytest

from data import DataError, load
from data.dataset import TABLES
from data.geometry import UTM32
from data.sources import boundaries


@pytest.fixture
def frame(dataset) -> gpd.GeoDataFrame:
    """Return what VG250 holds: keys, names and the factor that tells land from water."""
    table = dataset.bodies.iloc[:396][["geometry"]].to_crs(UTM32).rename_axis("AGS").reset_index()
    return table.assign(GF=4, GEN="x")


def zipped(path, frame):
    """Pack a shapefile as the BKG does: in a folder of the ZIP, beside other levels."""
    parts = path.parent / "parts"
    parts.mkdir()
    frame.iloc[:3].to_file(parts / "VG250_KRS.shp")
    frame.to_file(parts / "VG250_GEM.shp")
    with zipfile.ZipFile(path, "w") as package:
        for part in sorted(parts.iterdir()):
            package.write(part, f"vg250_ebenen/{part.name}")
    return path


def test_a_zipped_shapefile_is_read_and_installed(tmp_path, folder, frame):
    path = zipped(tmp_path / "vg250.zip", frame)
    reading = boundaries.read(path, folder)
    assert reading.summary == "Grenzen von 396 Gemeinden gelesen."
    assert reading.content.crs == UTM32
    before = load(folder)
    assert boundaries.install(folder, reading, "2027-01-31") == reading.summary
    after = load(folder)
    assert after.version.startswith("2027-01-31")
    assert ((np.asarray(after.border_km) > 0) == (np.asarray(before.border_km) > 0)).mean() > 0.999


def test_a_shapefile_without_its_prj_is_refused(tmp_path, frame):
    path = zipped(tmp_path / "vg250.zip", frame)
    bare = tmp_path / "bare.zip"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(bare, "w") as package:
        for name in whole.namelist():
            if not name.endswith(".prj"):
                package.writestr(name, whole.read(name))
    sentence = r"bei einem Shapefile fehlt die PRJ-Datei.*passen zu EPSG:25832 \(UTM 32N\)"
    with pytest.raises(DataError, match=sentence):
        boundaries.read(bare, TABLES)


def test_keys_as_numbers(tmp_path, frame):
    frame["AGS"] = frame["AGS"].astype(int)
    frame.to_file(tmp_path / "vg.gpkg", layer="vg250_gem")
    assert len(boundaries.read(tmp_path / "vg.gpkg", TABLES).content) == 396


@pytest.mark.parametrize(
    ("true", "stated", "sentence"),
    [
        ("EPSG:4647", "EPSG:25832", "passen zu EPSG:4647"),
        ("EPSG:25832", "EPSG:4326", "passen zu EPSG:25832"),
        ("EPSG:25832", None, "das Koordinatensystem ist nicht angegeben"),
    ],
)
def test_a_wrong_system_is_refused_before_anything_is_measured(
    tmp_path, frame, true, stated, sentence
):
    frame = frame.to_crs(true)
    frame = (
        frame.set_crs(stated, allow_override=True)
        if stated
        else frame.set_crs(None, allow_override=True)
    )
    frame.to_file(tmp_path / "vg.gpkg", layer="vg250_gem")
    with pytest.raises(DataError) as refused:
        boundaries.read(tmp_path / "vg.gpkg", TABLES)
    assert sentence in str(refused.value)


def test_utm_in_a_geojson_that_means_degrees(tmp_path, frame):
    path = tmp_path / "vg.geojson"
    path.write_text(frame.set_crs(None, allow_override=True).to_json(), "utf-8")
    with pytest.raises(
        DataError, match="Angegeben ist EPSG:4326, die Koordinaten passen zu EPSG:25832"
    ):
        boundaries.read(path, TABLES)


def test_one_municipality_of_another_shape_is_refused(tmp_path, frame):
    row = frame.index[frame["AGS"] == "05974008"]
    frame.loc[row, "geometry"] = frame.geometry[row].buffer(-1_000)
    frame.to_file(tmp_path / "vg.gpkg", layer="vg250_gem")
    with pytest.raises(DataError) as refused:
        boundaries.read(tmp_path / "vg.gpkg", TABLES)
    (problem,) = refused.value.problems
    assert problem.message.startswith("05974008 (Bad Sassendorf) hat ")


def test_municipalities_that_are_missing_or_have_no_geometry(tmp_path, frame):
    frame.loc[frame["AGS"] == "05974040", "geometry"] = None
    frame[frame["AGS"] != "05974008"].to_file(tmp_path / "vg.gpkg", layer="vg250_gem")
    with pytest.raises(DataError) as refused:
        boundaries.read(tmp_path / "vg.gpkg", TABLES)
    assert [problem.message for problem in refused.value.problems] == [
        "05974008 steht nur in dem Register",
        "05974040 (Soest) hat keine Fläche",
    ]
