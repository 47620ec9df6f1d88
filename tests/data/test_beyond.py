from __future__ import annotations

import subprocess

import numpy as np
import pytest

import data
from data import build
from data.dataset import TABLES
from data.laender import STANDINGS, UNIONS, is_beyond, land_name
from data.region import Region


def test_bodies_beyond_stand_behind_those_of_the_land(dataset, wide):
    assert wide.home == len(dataset.bodies) == 430
    assert wide.bodies.index[:430].equals(dataset.bodies.index)
    assert all(map(is_beyond, wide.bodies.index[430:]))
    assert wide.version == dataset.version


def test_the_register_gives_what_is_known_of_them(wide):
    body = wide.bodies.loc["03257009"]
    assert (body["name"], body["district_name"]) == ("Bückeburg", "Landkreis Schaumburg")
    assert body["legal_status"] == "klein"
    assert np.isnan(body["fiscal_status_level"])
    assert land_name("03257009") == "Niedersachsen"


def test_a_union_is_a_body_of_its_own_with_the_sums_of_its_members(wide):
    union = wide.bodies.loc["032575401"]
    members = wide.bodies[wide.bodies["union"] == "032575401"]
    assert union["name"] == "Samtgemeinde Eilsen"
    assert union["population"] == members["population"].sum()
    assert sorted(members["name"]) == ["Ahnsen", "Bad Eilsen", "Buchholz", "Heeßen", "Luhden"]
    assert members["carried"].all()
    assert not union["carried"]


def test_borders_run_across_the_border_of_the_land(wide):
    keys = wide.bodies.index
    minden, town, kreis = (keys.get_loc(k) for k in ("05770024", "03257009", "03257"))
    assert wide.border_km[minden, town] == pytest.approx(wide.border_km[town, minden])
    assert wide.border_km[minden, town] > 5
    assert wide.border_km[minden, kreis] >= wide.border_km[minden, town]
    assert wide.gap_km[minden, town] == 0
    assert wide.border_km[town, kreis] == 0


def test_gaps_are_measured_near_and_estimated_far_away(dataset, wide):
    keys = wide.bodies.index
    aachen, town = keys.get_loc("05334002"), keys.get_loc("03257009")
    assert 15 < wide.gap_km[aachen, town] < wide.seat_km[aachen, town]
    home = wide.gap_km[aachen][:430]
    assert np.array_equal(home, dataset.gap_km[aachen])


def test_the_land_alone_is_what_it_was(dataset, wide):
    land = wide.of_land()
    for name in ("seat_km", "gap_km", "border_km"):
        ours, theirs = np.asarray(getattr(land, name)), np.asarray(getattr(dataset, name))
        assert np.array_equal(ours, theirs), name


def test_a_strip_beyond_the_border_brings_whole_kreise(across_folder):
    near = data.load(across_folder, Region.parse("NW+5"))
    far = {"03257009", "03257", "07132"}
    assert far <= set(near.bodies.index)


def test_a_folder_without_them_says_by_which_command_they_come(tmp_path):
    for path in TABLES.iterdir():
        if not path.name.startswith("beyond"):
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(data.DataError, match="ikz data build --region DE"):
        data.load(tmp_path, Region.parse("DE"))


def test_unions_and_standings_name_their_law():
    assert all(law for union in UNIONS.values() for law in union.laender.values())
    assert all(standing.law for standing in STANDINGS.values())


def test_where_npm_fails_a_sentence_says_what_to_do(monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "npm")

    monkeypatch.setattr(build.subprocess, "run", fail)
    with pytest.raises(data.DataError, match="--geometry"):
        build.fetch_geometry()


@pytest.mark.parametrize("content", [b"\xff", b"{", b'{"type": "FeatureCollection"}', b"[1]"])
def test_another_file_than_the_geometry_is_refused(tmp_path, content):
    file = tmp_path / "gemeinden.geo.json"
    file.write_bytes(content)
    with pytest.raises(data.DataError, match=r"ist nicht package/gemeinden.geo.json"):
        build.read_geometry(file)
    with pytest.raises(data.DataError, match="fehlt"):
        build.read_geometry(tmp_path / "none.json")
