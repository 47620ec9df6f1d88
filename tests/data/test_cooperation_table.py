from __future__ import annotations

import pandas as pd
import pytest

from data import DataError, LegalForm, TaskArea
from data.importers import cooperation_table
from data.names import NameIndex

ROW = {
    "Titel": "Gemeinsames Standesamt",
    "Beschreibung": "Zwei Gemeinden führen ihr Standesamt an einem Ort zusammen.",
    "Aufgabenbereich": "Standesamt und Bürgerservice",
    "Rechtsform": "öffentlich-rechtliche Vereinbarung",
    "Beginn": "2021",
    "Beteiligte": "Gemeinde Bad Sassendorf; Stadt Erwitte; Kreis Soest; 5974040",
    "Federführung": "Stadt Soest",
    "Quelle": "https://www.soest.de/standesamt",
}


@pytest.fixture(scope="module")
def index(dataset) -> NameIndex:
    return NameIndex(dataset.bodies)


def write(path, rows):
    frame = pd.DataFrame(rows)
    if path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_csv(path, index=False, sep=";")
    return path


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_reads_csv_and_xlsx(tmp_path, index, name):
    read = cooperation_table.read(write(tmp_path / name, [ROW]), index, taken={"e0004"})
    assert read.unresolved == []
    (cooperation,) = read.cooperations
    assert cooperation.id == "e0005"
    assert cooperation.participants == ("05974008", "05974016", "05974", "05974040")
    assert cooperation.lead == "05974040"
    assert cooperation.task_area is TaskArea.STANDESAMT
    assert cooperation.legal_form is LegalForm.AGREEMENT
    assert cooperation.start_year == 2021
    assert cooperation.request == cooperation.description
    assert (cooperation.source_title, cooperation.evidence_grade) == ("www.soest.de", "C")


def test_what_cannot_be_resolved_is_listed_and_nothing_dropped_silently(tmp_path, index):
    rows = [ROW | {"Beteiligte": "Bad Sasendorf; Stadt Erwitte"}, ROW | {"Titel": "Zweites"}]
    read = cooperation_table.read(write(tmp_path / "liste.csv", rows), index)
    assert [c.title for c in read.cooperations] == ["Zweites"]
    (problem,) = read.unresolved
    assert (problem.line, problem.field, problem.text) == (2, "participants", "Bad Sasendorf")
    assert problem.suggestions[0].key == "05974008"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Aufgabenbereich": "Zauberei"}, "Zeile 3, Feld „task_area“: „Zauberei“ ist unbekannt"),
        ({"Quelle": "Akte 7"}, "Zeile 3, Feld „source_url“.*Webadresse"),
        ({"Beginn": "bald"}, "Zeile 3, Feld „start_year“"),
        ({"Beteiligte": ""}, "Zeile 3, Feld „participants“"),
        ({"Beschreibung": "kurz"}, "Zeile 3, Feld „description“"),
    ],
)
def test_a_broken_row_is_named(tmp_path, index, change, expected):
    path = write(tmp_path / "liste.csv", [ROW, ROW | change])
    with pytest.raises(DataError, match=rf"liste\.csv, {expected}"):
        cooperation_table.read(path, index)


def test_missing_columns_and_broken_files(tmp_path, index):
    path = write(tmp_path / "liste.csv", [{"Titel": "nur das"}])
    with pytest.raises(DataError, match="Feld „participants“: die Spalte fehlt"):
        cooperation_table.read(path, index)
    (tmp_path / "kaputt.xlsx").write_bytes(b"kein Excel")
    with pytest.raises(DataError, match="keine lesbare Tabelle"):
        cooperation_table.read(tmp_path / "kaputt.xlsx", index)
    with pytest.raises(DataError, match="Die Datei fehlt"):
        cooperation_table.read(tmp_path / "nichts.csv", index)


def test_a_given_id_that_is_taken_is_refused(tmp_path, index):
    path = write(tmp_path / "liste.csv", [ROW | {"id": "c0001"}])
    with pytest.raises(DataError, match="„c0001“ gibt es schon"):
        cooperation_table.read(path, index, taken={"c0001"})
