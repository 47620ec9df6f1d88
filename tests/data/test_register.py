from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data import DataError
from data import dataset as dataset_module
from data.bodies import build_bodies
from data.geometry import UTM32, read_boundaries
from data.land import LAND
from data.schemas import ADJACENCY, DISTRICTS, MUNICIPALITIES, read_csv

TABLES = dataset_module.TABLES


def test_all_430_bodies_in_order(dataset):
    kinds = dataset.bodies["kind"].tolist()
    assert kinds == ["municipality"] * 396 + ["district"] * 31 + ["association"] * 3
    assert dataset.bodies.index.is_unique
    assert dataset.bodies.index[:396].is_monotonic_increasing
    assert list(dataset.bodies.index[-3:]) == ["LVR", "LWL", "RVR"]


def test_segments_are_those_of_the_ordinance(dataset):
    counts = dataset.bodies["legal_status"].value_counts()
    assert counts.to_dict() == {
        "klein": 206, "mittlere": 132, "grosse": 35, "kreisfrei": 23, "kreis": 31, "verband": 3,
    }  # fmt: skip


def test_bad_sassendorf(dataset):
    body = dataset.bodies.loc["05974008"]
    assert body["ars"] == "059740008008"
    assert (body["population"], body["area_km2"]) == (12_194, 63.46)
    assert body["district_name"] == "Kreis Soest"
    assert body["leader_region"] == "Lippe-Möhnesee"


@pytest.mark.parametrize(("code", "count"), [("05974", 14), ("05334", 10), ("RVR", 53)])
def test_members(dataset, code, count):
    row = dataset.bodies.index.get_loc(code)
    assert dataset.members[[row]].sum() == count


def test_rvr_has_its_eleven_cities_and_four_districts(dataset):
    bodies = dataset.bodies
    names = set(bodies.loc[list(LAND.associations[-1].cities), "name"])
    assert names == {
        "Bochum", "Bottrop", "Dortmund", "Duisburg", "Essen", "Gelsenkirchen", "Hagen", "Hamm",
        "Herne", "Mülheim an der Ruhr", "Oberhausen",
    }  # fmt: skip
    assert set(bodies.loc[list(LAND.associations[-1].districts), "name"]) == {
        "Ennepe-Ruhr-Kreis", "Kreis Recklinghausen", "Kreis Unna", "Kreis Wesel",
    }  # fmt: skip


def test_landscape_associations_cover_the_land_once(dataset):
    lvr, lwl = (
        dataset.members[[dataset.bodies.index.get_loc(code)]].indices for code in ("LVR", "LWL")
    )
    assert sorted([*lvr, *lwl]) == list(range(396))


def test_unions_carry_the_sums_of_their_members(dataset):
    bodies = dataset.bodies
    for key in ("05974", "LWL", "RVR"):
        members = dataset.members[[bodies.index.get_loc(key)]].indices
        places = bodies.iloc[members]
        assert bodies.loc[key, "population"] == places["population"].sum()
        union = gpd.GeoSeries([bodies.loc[key, "geometry"]], crs=4326).to_crs(UTM32).area.iloc[0]
        parts = places.to_crs(UTM32).area.sum()
        assert union == pytest.approx(parts, rel=1e-6)


def test_boundaries_are_a_coverage_of_the_right_size():
    path = TABLES / "boundaries.geojson"
    frame = read_boundaries(path)
    assert path.stat().st_size <= 500_000
    assert len(frame) == 396
    assert shapely.coverage_is_valid(frame.geometry.values)
    areas = frame.to_crs(UTM32).area / 1e6
    register = pd.read_csv(TABLES / "municipalities.csv", dtype={"ags": str}).set_index("ags")
    off = (areas / register["area_km2"] - 1).abs()
    assert off.mean() < 0.01


def test_neighbours_still_touch_after_simplification(dataset):
    shapes = dataset.bodies.geometry.values[:396]
    adjacent = np.argwhere(np.triu(dataset.border_km[:396, :396] > 0))
    touching = shapely.intersects(shapes[adjacent[:, 0]], shapes[adjacent[:, 1]])
    assert len(adjacent) == 1081
    assert touching.all()


def test_adjacency_refuses_unknown_keys(tmp_path):
    for path in TABLES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "adjacency.csv").open("a") as stream:
        stream.write("05974008,09162000,1.5\n")
    with pytest.raises(DataError, match=r"adjacency.csv, Zeile 1083, Feld „ags_b“.*09162000"):
        dataset_module.load(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("12194", "viele", "Feld „population“: „viele“ hat den falschen Typ"),
        ("05974008,059740008008", "5974008,059740008008", "Feld „ags“: „5974008“ muss 8 Ziffern"),
        (",29.9,", ",129.9,", "Feld „share_67_plus“: „129.9“ muss zwischen 0 und 100 %"),
        ("8.164329", "", "Feld „longitude“: darf nicht leer sein"),
        (",klein,", ",winzig,", "Feld „legal_status“: „winzig“ ist unbekannt; zulässig: klein"),
    ],
)
def test_a_broken_row_names_file_line_and_field(tmp_path, old, new, expected):
    text = (TABLES / "municipalities.csv").read_text("utf-8")
    lines = text.splitlines()
    number = next(i for i, line in enumerate(lines) if line.startswith("05974008"))
    lines[number] = lines[number].replace(old, new, 1)
    path = tmp_path / "municipalities.csv"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(DataError) as caught:
        read_csv(path, MUNICIPALITIES)
    assert f"municipalities.csv, Zeile {number + 1}" in str(caught.value)
    assert expected in str(caught.value)


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "adjacency.csv"
    path.write_text("ags_a,ags_b\n05974008,05974040\n")
    with pytest.raises(DataError, match="Feld „shared_border_km“: die Spalte fehlt"):
        read_csv(path, ADJACENCY)


@pytest.mark.parametrize("content", ["", "a,b\n1,2,3\n", b"\xff\xfe\x00name"])
def test_a_broken_file_is_refused(tmp_path, content):
    path = tmp_path / "districts.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError, match=r"districts\.csv"):
        read_csv(path, DISTRICTS)


def test_district_sums_are_checked():
    municipalities = read_csv(TABLES / "municipalities.csv", MUNICIPALITIES)
    districts = read_csv(TABLES / "districts.csv", DISTRICTS)
    districts.loc[3, "population"] += 1
    with pytest.raises(DataError, match="Zeile 5, Feld „population“: ist nicht die Summe"):
        build_bodies(municipalities, districts, read_boundaries(TABLES / "boundaries.geojson"))
