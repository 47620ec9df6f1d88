from __future__ import annotations

import datetime
import io
import unicodedata
import zipfile

import openpyxl
import pytest

from data import DataError
from data.formats.table import read_table

SPELLINGS = {"body": ("AGS", "Schlüssel"), "status": ("Status", "Haushaltsstatus")}
REQUIRED = ("body", "status")
WANTED = [{"body": "05974008", "status": "fiktiv"}, {"body": "05974040", "status": "Höhe, neu"}]


def read(path):
    return read_table(path, SPELLINGS, REQUIRED)


def workbook(path, sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for block in merged:
        book.worksheets[0].merge_cells(block)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "text",
    [
        'Schlüssel;Status\n05974008;fiktiv\n05974040;"Höhe, neu"\n',
        'Schlüssel,Status\n05974008,fiktiv\n05974040,"Höhe, neu"\n',
        "Schlüssel\tStatus\n05974008\tfiktiv\n05974040\tHöhe, neu\n",
        "Schlüssel|Status\n05974008|fiktiv\n05974040|Höhe, neu\n",
        "sep=;\nSchlüssel;Status\n05974008;fiktiv\n05974040;Höhe, neu\n",
        '"sep=,"\nSchlüssel,Status\n05974008,fiktiv\n05974040,"Höhe, neu"\n',
        "SCHLUESSEL;haushalts-status\n05974008;fiktiv\n05974040;Höhe, neu\n",
        "Haushalt 2025;;\nStand: 31.12.2025, vorläufig;;\n;;\nNr.;Schlüssel;Status\n"
        "1;05974008;fiktiv\n2;05974040;Höhe, neu\n;;\nQuelle: Ministerium;;\n",
        "Schlüssel;Status\n05974008;fiktiv\nSchlüssel;Status\n05974040;Höhe, neu\n",
    ],
    ids=["semicolon", "comma", "tab", "bar", "sep", "quoted sep", "spelling", "titles and notes",
         "repeated header"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_csv_as_offices_write_it(tmp_path, text, encoding):
    path = tmp_path / "status.csv"
    path.write_bytes(text.encode(encoding))
    assert read(path).to_dict("records") == WANTED


def test_decomposed_umlauts_in_headers_and_cells(tmp_path):
    path = tmp_path / "status.csv"
    text = "Schlüssel;Status\n05974008;fiktiv\n05974040;Höhe, neu\n"
    path.write_text(unicodedata.normalize("NFD", text), "utf-8")
    assert read(path).to_dict("records") == WANTED


def test_the_index_is_the_line_in_the_file(tmp_path):
    path = tmp_path / "status.csv"
    path.write_text('sep=;\nTitel\n\nAGS;Status\n05974008;"zwei\nZeilen"\n\n05974040;x\n', "utf-8")
    assert read(path).index.tolist() == [5, 8]


def test_an_xlsx_with_titles_numbers_dates_and_the_data_on_the_second_sheet(tmp_path):
    path = workbook(
        tmp_path / "status.xlsx",
        {
            "Deckblatt": [["Haushaltsstatus"], ["Stand 2025"]],
            "Daten": [
                ["Übersicht der Kommunen"],
                [],
                ["AGS", "Status"],
                [5974008, datetime.date(2024, 1, 1)],
                [5974040.0, 2024.0],
            ],
        },
    )
    table = read(path)
    assert table.to_dict("records") == [
        {"body": "5974008", "status": "2024-01-01"},
        {"body": "5974040", "status": "2024"},
    ]
    assert table.index.tolist() == [4, 5]


def test_merged_cells_hold_their_text_in_each_row(tmp_path):
    rows = [
        ["Titel der Liste", None],
        ["AGS", "Status"],
        ["05974008", "fiktiv"],
        ["05974040", None],
    ]
    path = workbook(tmp_path / "status.xlsx", {"A": rows}, merged=["A1:B1", "B3:B4"])
    assert read(path)["status"].tolist() == ["fiktiv", "fiktiv"]


def test_two_sheets_that_could_be_meant_are_named(tmp_path):
    rows = [["AGS", "Status"], ["05974008", "1"]]
    path = workbook(tmp_path / "status.xlsx", {"2024": rows, "2025": rows})
    with pytest.raises(DataError, match=r"mehrere Blätter kommen in Frage .*Blatt „2025“"):
        read(path)


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def damaged() -> bytes:
    buffer = io.BytesIO()
    workbook(buffer, {"A": [["AGS", "Status"]]})
    return buffer.getvalue()[:900]


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "<x>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "a.xlsx: Die Datei ist leer."),
        ("a.xlsx", b"kein Excel", "keine lesbare Tabelle: Der Inhalt ist kein XLSX."),
        ("a.xlsx", encrypted(), "ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern."),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "ist im alten Excel-Format (XLS)."),
        ("a.xlsx", damaged(), "Die Datei ist beschädigt. Bitte neu speichern."),
        ("a.xlsx", zipped("xl/workbook.xml"), "Die Datei ist beschädigt. Bitte neu speichern."),
        ("a.ods", zipped("content.xml"), "ist eine OpenDocument-Tabelle (ODS)."),
        ("a.csv", b"<html><table>", "ist eine Webseite, keine Tabelle."),
        ("a.csv", b"%PDF-1.7", "ist ein PDF, keine Tabelle."),
        ("a.csv", b'AGS;Status\n1;"offen\n', "Zeile 2: Ein Anführungszeichen wird nicht geschlossen"),
        ("a.csv", b"AGS;Status\n", "Die Tabelle hat keine Zeilen."),
        ("a.csv", b"AGS;Note\n1;2\n", "Zeile 1, Feld „status“: die Spalte fehlt (erwartet: Status"),
        ("a.csv", b"AGS;Status\n1;2;3\n", "Zeile 2: hat mehr Felder als die Kopfzeile."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        read(path)
    assert sentence in str(refused.value)
    assert not any(word in str(refused.value) for word in ("Error", "zip", "codec", "File is"))
