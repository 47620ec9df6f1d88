from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from data import DataError
from data.build import RAW_REGISTER, with_seats
from data.dataset import TABLES
from data.formats import gv100ad


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    return gv100ad.read(RAW_REGISTER)


def test_bad_sassendorf(register):
    body = register.set_index("ags").loc["05974008"]
    assert (body["name"], body["ars"]) == ("Bad Sassendorf", "059740008008")
    assert (body["area_km2"], body["population"]) == (63.46, 12_194)
    assert (body["postal_code"], body["date"]) == ("59505", "2025-11-30")


def test_the_whole_land_is_there(register):
    counts = register["record"].value_counts()
    assert counts[gv100ad.MUNICIPALITY] == 396
    # 31 Kreise and the 22 kreisfreie Städte that are no part of a Kreis.
    districts = register[register["record"] == gv100ad.DISTRICT]
    assert districts["type"].value_counts().to_dict() == {"43": 31, "41": 22}


def test_areas_agree_with_the_register(register, dataset):
    places = register[register["record"] == gv100ad.MUNICIPALITY].set_index("ags")
    ours = dataset.bodies.loc[places.index, "area_km2"]
    assert ((places["area_km2"].astype(float) - ours).abs() < 0.5).all()


def germany() -> str:
    """Return records of another Land, with the region that only its like has, before ours."""
    width = 220
    others = (
        "102025113008          Baden-Württemberg".ljust(width),
        "2020251130081         Reg.-Bez. Stuttgart".ljust(width),
        "30202511300811        Region Stuttgart                                  Stuttgart",
        "402025113008111       Stuttgart, Stadtkreis".ljust(122) + "42",
        "6020251130081110000000Stuttgart, Landeshauptstadt".ljust(122)
        + f"61    {20733:011d}{610_000:011d}{300_000:011d}    70173",
    )
    return "\n".join(others) + "\n" + RAW_REGISTER.read_text("utf-8")


@pytest.mark.parametrize(
    "raw",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("latin-1"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode("latin-1") + b"\x1a",
        lambda text: "\n".join(map(str.rstrip, text.splitlines())).encode("utf-8"),
        lambda text: unicodedata.normalize("NFD", text).encode("utf-8"),
    ],
    ids=["utf-8", "byte order mark", "latin-1", "utf-16", "Ctrl-Z", "trimmed", "decomposed"],
)
def test_all_of_germany_in_every_form_it_comes_in(tmp_path, register, raw):
    path = tmp_path / "GV100AD.txt"
    path.write_bytes(raw(germany()))
    table = gv100ad.read(path)
    assert table["record"].value_counts()[gv100ad.REGION] == 1
    stuttgart = table.set_index("ags").loc["08111000"]
    assert (stuttgart["population"], stuttgart["area_km2"]) == (610_000, 207.33)
    ours = table[table["ags"].str.startswith("05")].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, register)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda line: line[:20], "Zeile 2, Feld „name“: der Name fehlt"),
        (lambda line: "99" + line[2:], "Zeile 2, Feld „record“: unbekannte Satzart „99“"),
        (lambda line: line[:128] + "x" * 11 + line[139:], "Zeile 2, Feld „area“.*keine Zahl"),
        (lambda line: line[:2] + "30.11.25" + line[10:], "Zeile 2, Feld „date“: „30.11.25“"),
    ],
)
def test_a_broken_line_is_named(tmp_path, change, expected):
    lines = RAW_REGISTER.read_text("utf-8").splitlines()
    good = next(line for line in lines if line.startswith("60"))
    path = tmp_path / "kaputt.txt"
    path.write_text(f"{good}\n{change(good)}\n", "utf-8")
    with pytest.raises(DataError, match=rf"kaputt\.txt, {expected}"):
        gv100ad.read(path)


def test_missing_and_empty_files(tmp_path):
    with pytest.raises(DataError, match="Die Datei fehlt"):
        gv100ad.read(tmp_path / "nichts.txt")
    (tmp_path / "leer.txt").write_text("")
    with pytest.raises(DataError, match="Die Datei ist leer"):
        gv100ad.read(tmp_path / "leer.txt")


def test_seats_are_derived_from_it():
    districts = pd.read_csv(TABLES / "districts.csv", dtype=str)
    derived = with_seats(districts.drop(columns="seat_ags"))
    assert derived["seat_ags"].tolist() == districts["seat_ags"].tolist()
    seats = districts.set_index("name")["seat_ags"]
    assert seats["Hochsauerlandkreis"] == "05958032"  # Meschede
