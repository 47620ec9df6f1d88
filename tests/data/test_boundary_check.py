from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from data import DataError
from data.boundary_check import check_boundaries, check_reference_system
from data.geometry import UTM32


@pytest.fixture(scope="module")
def register(dataset):
    return dataset.bodies.iloc[:396].drop(columns="geometry")


@pytest.fixture
def full(dataset) -> gpd.GeoDataFrame:
    return dataset.bodies.iloc[:396][["geometry"]].to_crs(UTM32).rename_axis("ags")


def labelled(frame: gpd.GeoDataFrame, true: str, stated: str | None) -> gpd.GeoDataFrame:
    frame = frame.to_crs(true)
    return (
        frame.set_crs(stated, allow_override=True)
        if stated
        else frame.set_crs(None, allow_override=True)
    )


def swapped(frame: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    frame = frame.to_crs(crs)
    turned = shapely.transform(frame.geometry.values, lambda xy: xy[:, ::-1])
    return frame.set_geometry(gpd.GeoSeries(turned, index=frame.index, crs=crs))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4258", "EPSG:25832", "EPSG:4647", "EPSG:3857"])
def test_coordinates_in_the_system_they_state_pass(full, register, crs):
    check_reference_system(full.to_crs(crs), register, "vg.gpkg")


@pytest.mark.parametrize(
    ("true", "stated", "sentence"),
    [
        (
            "EPSG:4647",
            "EPSG:25832",
            "Angegeben ist EPSG:25832, die Koordinaten passen zu EPSG:4647",
        ),
        (
            "EPSG:25832",
            "EPSG:4326",
            "Angegeben ist EPSG:4326, die Koordinaten passen zu EPSG:25832",
        ),
        (
            "EPSG:4326",
            "EPSG:25832",
            "Angegeben ist EPSG:25832, die Koordinaten passen zu EPSG:4326",
        ),
        ("EPSG:25833", "EPSG:25832", "die Koordinaten passen zu EPSG:25833 (UTM 33N)"),
        ("EPSG:31467", "EPSG:31466", "die Koordinaten passen zu EPSG:31467"),
        ("EPSG:25832", None, "das Koordinatensystem ist nicht angegeben"),
        ("EPSG:25832", None, "Die Koordinaten passen zu EPSG:25832 (UTM 32N); bitte so angeben."),
    ],
)
def test_a_missing_or_wrong_system_is_named(full, register, true, stated, sentence):
    with pytest.raises(DataError) as refused:
        check_reference_system(labelled(full, true, stated), register, "vg.gpkg")
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("vg.gpkg, Feld „geometry“: das Koordinatensystem")


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:25832"])
def test_swapped_axes_are_named(full, register, crs):
    with pytest.raises(DataError, match="die Achsen sind vertauscht: Erst kommt die Breite"):
        check_reference_system(swapped(full, crs), register, "vg.gpkg")


def test_somewhere_else_is_refused(full, register):
    moved = full.set_geometry(full.translate(300_000, 0))
    with pytest.raises(DataError, match="die Grenzen liegen nicht dort, wo die Gemeinden"):
        check_reference_system(moved, register, "vg.gpkg")


def messages(full, register, present=None):
    return [str(p) for p in check_boundaries(full, register, present, "vg.gpkg")]


def test_the_present_boundaries_pass_beside_themselves(full, register):
    assert messages(full, register, full) == []


def test_areas_that_generalisation_has_moved_are_named_without_them(full, register):
    strict = messages(full, register)
    assert len(strict) == 8
    assert any("05334024" in message for message in strict)


@pytest.mark.parametrize(("factor", "refused"), [(1.0, 0), (1.005, 0), (0.98, 1), (1.03, 1)])
def test_an_area_further_off_than_two_percent_is_refused(full, register, factor, refused):
    ags = "05974008"
    shape = full.geometry[ags]
    # Lengths change by the root of what the area changes by.
    full.loc[ags, "geometry"] = shapely.affinity.scale(shape, factor**0.5, factor**0.5)
    found = messages(full, register, full.iloc[:0])
    found = [message for message in found if ags in message]
    assert len(found) == refused
    if refused:
        assert "05974008 (Bad Sassendorf) hat " in found[0]
        assert "im Register stehen 63,46 km² (erlaubt sind 2 % Abweichung)" in found[0]


def test_a_seat_outside_an_empty_and_a_missing_municipality_are_named(full, register):
    first, second = "05974008", "05974040"
    full.loc[[first, second], "geometry"] = full.geometry[[second, first]].to_numpy()
    full.loc["05974028", "geometry"] = shapely.Polygon()
    full = full.drop(index="05974048")
    found = messages(full, register, full.iloc[:0])
    assert "vg.gpkg, Feld „ags“: 05974048 steht nur in dem Register" in found
    assert "vg.gpkg, Feld „geometry“: 05974028 (Lippstadt) hat keine Fläche" in found
    for ags in (first, second):
        assert any(
            ags in m and "der Verwaltungssitz liegt außerhalb der Grenze" in m for m in found
        )
