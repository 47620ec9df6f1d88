from __future__ import annotations

import openpyxl
import pytest

from data import DataError
from data.formats import gv_isys

HEADER = [
    ["Gemeinden in Deutschland nach Fläche, Bevölkerung und Postleitzahl"],
    ["Gebietsstand: 31.12.2025 (Jahr)"],
    ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", None, None, None, None,
     "Gemeindename", "Fläche km2 1)", "Bevölkerung 2)", None, "Post-leit-zahl 3)"],
    [None, None, "Land", "RB", "Kreis", "VB", "Gem", None, None, "insgesamt", "männlich", None],
]  # fmt: skip
ROWS = [
    ["10", None, "05", None, None, None, None, "Nordrhein-Westfalen"],
    ["40", "43", "05", "9", "74", None, None, "Soest"],
    ["60", "64", "05", "9", "74", "0008", "008", "Bad Sassendorf", "63,46", "12 194", 6000, 59505],
    ["60", 63, 5, 9, 74, 40, 40, "Soest, Stadt", 85.81, 47776, 23000, "59494"],
    ["1) Hinweis: Flächen zum Vorjahr"],
]


def write(path, header=HEADER, rows=ROWS):
    book = openpyxl.Workbook()
    book.active.append(["Inhalt"])
    sheet = book.create_sheet("Onlineprodukt_Gemeinden311225")
    for row in [*header, *rows]:
        sheet.append(row)
    sheet.merge_cells("C3:G3")
    sheet.merge_cells("J3:K3")
    book.save(path)
    return path


def test_the_quarterly_extract(tmp_path):
    table = gv_isys.read(write(tmp_path / "gv.xlsx")).set_index("ags")
    body = table.loc["05974008"]
    assert (body["name"], body["ars"]) == ("Bad Sassendorf", "059740008008")
    assert (body["area_km2"], body["population"], body["postal_code"]) == (63.46, 12_194, "59505")
    assert body["date"] == "2025-12-31"
    # Numbers without their zeros give the same keys.
    assert (table.loc["05974040", "ars"], table.loc["05974040", "population"]) == (
        "059740040040", 47_776,
    )  # fmt: skip
    assert table.loc["05974", "record"] == "40"


def test_a_figure_that_is_none(tmp_path):
    rows = [[*ROWS[2][:9], "viele", *ROWS[2][10:]]]
    with pytest.raises(DataError, match=r"Zeile 5, Feld „population“: „viele“ ist keine Zahl"):
        gv_isys.read(write(tmp_path / "gv.xlsx", rows=rows))


def test_another_workbook_is_refused(tmp_path):
    with pytest.raises(DataError, match="enthält kein Blatt mit den Spalten des Gemeindeverz"):
        gv_isys.read(write(tmp_path / "gv.xlsx", header=[["Titel"]]))
    undated = [["Gemeinden"], ["ohne Stand"], *HEADER[2:]]
    with pytest.raises(DataError, match="nennt keinen Gebietsstand"):
        gv_isys.read(write(tmp_path / "gv.xlsx", header=undated))
