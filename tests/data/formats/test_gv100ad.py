from __future__ import annotations

import pandas as pd
import pytest

from data import DataError
from data.build import RAW_REGISTER, with_seats
from data.dataset import TABLES
from data.importers import gv100ad


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


def test_older_editions_are_latin_1(tmp_path, register):
    path = tmp_path / "GV100AD.txt"
    path.write_bytes(RAW_REGISTER.read_text("utf-8").encode("latin-1"))
    pd.testing.assert_frame_equal(gv100ad.read(path), register)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda line: line[:20], "Zeile 2, Feld „name“: der Name fehlt"),
        (lambda line: "99" + line[2:], "Zeile 2, Feld „record“: unbekannte Satzart „99“"),
        (lambda line: line[:128] + "x" * 11 + line[139:], "Zeile 2, Feld „area“.*keine Zahl"),
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
