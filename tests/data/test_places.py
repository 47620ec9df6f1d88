from __future__ import annotations

import pytest

from data import DataError, load
from data.places import read_places_outside, read_regions


def test_regions_begin_keys_of_the_register():
    keys = [str(key) for key in load().bodies.index]
    for region in read_regions():
        for prefix in region.prefixes:
            assert any(key.startswith(prefix) for key in keys), (region.name, prefix)


def test_places_outside_are_no_bodies_of_the_land():
    names = set(load().bodies["name"])
    assert not names & {place.name for place in read_places_outside()}


def test_places_beyond_every_border_are_known():
    places = {place.name: place.where for place in read_places_outside()}
    assert places["Lemförde"] == "Niedersachsen"
    assert places["Winterswijk"] == "Niederlande"
    assert places["Eupen"] == "Belgien"


def test_a_broken_table_is_named_by_line_and_field(tmp_path):
    (tmp_path / "regions.csv").write_text("region,spellings,prefixes,source\nEifel,eifel,x,y\n")
    with pytest.raises(DataError, match=r"regions\.csv, Zeile 2, Feld „prefixes“"):
        read_regions(tmp_path)
