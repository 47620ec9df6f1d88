from __future__ import annotations

import pytest

from data import DataError, load
from data.build import RAW_REGISTER
from data.dataset import TABLES
from data.formats import gv100ad
from data.sources import register
from tests.data.formats.test_gv_isys import write as write_extract


@pytest.fixture
def text() -> str:
    return RAW_REGISTER.read_text("utf-8")


def state(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_figures_and_sums_are_updated(folder):
    reading = register.read(RAW_REGISTER, folder)
    assert (reading.summary, reading.notes) == ("851 Sätze gelesen.", ())
    register.install(folder, reading, "2027-01-31")
    loaded = load(folder)
    assert loaded.bodies.loc["05974008", "population"] == 12_194
    members = loaded.bodies[loaded.bodies["district_ags"] == "05974"]
    assert loaded.bodies.loc["05974", "population"] == members["population"].sum()
    again = register.install(folder, register.read(RAW_REGISTER, folder), "2027-01-31")
    assert again == "0 Gemeinden geändert."


def test_a_renamed_municipality_is_named_and_takes_its_new_name(folder, tmp_path, text):
    path = tmp_path / "register.txt"
    old, new = "6020251130059740480048Welver", "6020251130059740480048Bad Welver, Stadt"
    assert old in text
    path.write_text(text.replace(old.ljust(72), new.ljust(72)), "utf-8")
    reading = register.read(path, folder)
    assert reading.notes == ("05974048 heißt jetzt „Bad Welver, Stadt“ (bisher „Welver“).",)
    register.install(folder, reading, "2027-01-31")
    body = load(folder).bodies.loc["05974048"]
    assert (body["name"], body["official_name"]) == ("Bad Welver", "Bad Welver, Stadt")
    assert load(folder).bodies.loc["05158020", "name"] == "Langenfeld (Rhld.)"


def test_a_new_key_of_a_known_name_is_named(folder, tmp_path, text):
    path = tmp_path / "register.txt"
    path.write_text(text.replace("059740080008", "059740990099", 1), "utf-8")
    before = state(folder)
    with pytest.raises(
        DataError, match=r"05974008 \(Bad Sassendorf\) hat einen neuen Schlüssel: 059740"
    ):
        register.read(path, folder)
    assert state(folder) == before


def test_a_municipality_of_one_register_only_is_refused(tmp_path, text):
    path = tmp_path / "register.txt"
    lines = text.splitlines()
    without = [line for line in lines if not line.startswith("6020251130059740080008")]
    assert len(without) == len(lines) - 1
    path.write_text("\n".join(without), "utf-8")
    with pytest.raises(DataError, match=r"05974008 \(Bad Sassendorf\) steht nur im alten Register"):
        register.read(path, TABLES)


def test_another_land_is_refused(tmp_path, text):
    path = tmp_path / "register.txt"
    path.write_text(text.replace("3005", "3008"), "utf-8")
    with pytest.raises(DataError, match="enthält keine Gemeinde mit AGS 05"):
        register.read(path, TABLES)


def test_the_xlsx_has_to_be_complete_as_well(tmp_path):
    with pytest.raises(DataError, match=r"steht nur im alten Register"):
        register.read(write_extract(tmp_path / "gv.xlsx"), TABLES)


def test_an_xlsx_of_all_municipalities_gives_the_same_figures(tmp_path, folder):
    table = gv100ad.read(RAW_REGISTER)
    rows = [
        [r.record, r.type, r.ags[:2], r.ags[2:3], r.ags[3:5], r.ars[5:9], r.ags[5:], r.name_,
         r.area_km2, r.population, None, r.postal_code]
        for r in table.rename(columns={"name": "name_"}).itertuples()
    ]  # fmt: skip
    path = write_extract(tmp_path / "gv.xlsx", rows=rows)
    wanted, found = register.read(RAW_REGISTER, folder), register.read(path, folder)
    columns = ["name", "area_km2", "population", "postal_code", "ars"]
    assert found.content[columns].astype(str).equals(wanted.content[columns].astype(str))
