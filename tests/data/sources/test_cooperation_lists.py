from __future__ import annotations

import json
import unicodedata

import openpyxl
import pandas as pd
import pytest

from data import DataError, LegalForm, Status, TaskArea, load
from data.cooperations import to_record
from data.dataset import TABLES
from data.provenance import check_hashes
from data.sources import cooperations

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


def write(path, rows):
    frame = pd.DataFrame(rows)
    if path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_csv(path, index=False, sep=";")
    return path


def read(path, folder=TABLES):
    return cooperations.read(path, folder)


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_reads_csv_and_xlsx(tmp_path, name):
    reading = read(write(tmp_path / name, [ROW]))
    (cooperation,) = reading.content
    assert (reading.summary, reading.notes) == ("1 Kooperationen gelesen.", ())
    assert cooperation.id == "e0001"
    assert cooperation.participants == ("05974008", "05974016", "05974", "05974040")
    assert cooperation.lead == "05974040"
    assert cooperation.task_area is TaskArea.STANDESAMT
    assert cooperation.legal_form is LegalForm.AGREEMENT
    assert (cooperation.start_year, cooperation.status) == (2021, Status.UNKNOWN)
    assert cooperation.request == cooperation.description
    assert (cooperation.source_title, cooperation.evidence_grade) == ("www.soest.de", "C")


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"Aufgabenbereich": "Innere Verwaltung"}, "task_area", TaskArea.PERSONAL),
        ({"Aufgabenbereich": "Bauhof"}, "task_area", TaskArea.BAUHOF),
        ({"Rechtsform": "ÖRV"}, "legal_form", LegalForm.AGREEMENT),
        ({"Rechtsform": ""}, "legal_form", LegalForm.UNKNOWN),
        ({"Stand": "in Planung"}, "status", Status.PLANNED),
        ({"Beginn": "01.01.2024"}, "start_year", 2024),
        ({"Beginn": 2024.0}, "start_year", 2024),
        ({"Beginn": "seit 2012"}, "start_year", 2012),
        ({"Beginn": ""}, "start_year", None),
        ({"Beteiligte": "Städte Soest und Erwitte"}, "participants", ("05974040", "05974016")),
        ({"Beteiligte": "Soest, Unna"}, "participants", ("05974040", "05978036")),
    ],
)
@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_words_years_and_participants_as_the_portal_writes_them(
    tmp_path, name, change, field, value
):
    row = ROW | {"Federführung": ""} | change
    (cooperation,) = read(write(tmp_path / name, [row])).content
    assert getattr(cooperation, field) == value


def test_a_page_of_the_portal_as_a_table(tmp_path):
    path = tmp_path / "portal.csv"
    text = (
        "sep=;\nProjekte aus dem Portal;;;;;;;\n"
        "Projekt;Beteiligte Kommunen;Stichworte:;Hauptverantwortlich:;Umsetzung:;Rechtsform:;"
        "Zusammenarbeit seit:;Link\n"
        "Zusammenarbeit der Bauhöfe;Roetgen, Simmerath, Hürtgenwald;Bauhof;Roetgen;"
        "Drei Bauhöfe bleiben selbständig und stimmen sich ab.;;2024;https://interkommunales.nrw/x\n"
    )
    path.write_bytes(unicodedata.normalize("NFD", text).encode("utf-16"))
    (cooperation,) = read(path).content
    assert cooperation.title == "Zusammenarbeit der Bauhöfe"
    assert cooperation.participants == ("05334024", "05334028", "05358016")
    assert (cooperation.lead, cooperation.start_year) == ("05334024", 2024)
    assert (cooperation.task_area, cooperation.legal_form) == (TaskArea.BAUHOF, LegalForm.UNKNOWN)


def test_what_cannot_be_resolved_is_listed_and_nothing_taken_over(tmp_path):
    rows = [ROW | {"Beteiligte": "Bad Sasendorf; Stadt Erwitte"}, ROW | {"Titel": "Zweites"}]
    with pytest.raises(DataError) as refused:
        read(write(tmp_path / "liste.csv", rows))
    first, second = refused.value.problems
    assert "1 Beteiligte sind nicht zuzuordnen; nichts wurde übernommen." in first.message
    assert (second.line, second.field) == (2, "participants")
    assert second.message.startswith("„Bad Sasendorf“ ist nicht bekannt (gemeint: Bad Sassendorf (")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Aufgabenbereich": "Zauberei"}, "Zeile 3, Feld „task_area“: „Zauberei“ ist unbekannt"),
        ({"Quelle": "Akte 7"}, "Zeile 3, Feld „source_url“.*Webadresse"),
        ({"Beginn": "bald"}, "Zeile 3, Feld „start_year“: „bald“ nennt kein Jahr"),
        ({"Beteiligte": ""}, "Zeile 3, Feld „participants“"),
        ({"Beschreibung": "kurz"}, "Zeile 3, Feld „description“"),
        ({"Federführung": "Soest, Unna"}, "Zeile 3, Feld „lead“: nennt mehrere Kommunen"),
    ],
)
def test_a_broken_row_is_named(tmp_path, change, expected):
    other = {"Titel": "Anderes", "Quelle": "https://x.de"}
    path = write(tmp_path / "liste.csv", [ROW, ROW | other | change])
    with pytest.raises(DataError, match=rf"liste\.csv, {expected}"):
        read(path)


def test_missing_columns(tmp_path):
    path = write(tmp_path / "liste.csv", [{"Titel": "nur das"}])
    with pytest.raises(DataError, match="Feld „participants“: die Spalte fehlt"):
        read(path)


def test_rows_with_one_participant_each_are_one_cooperation(tmp_path):
    rows = [ROW | {"Beteiligte": name} for name in ("Soest", "Erwitte", "Kreis Soest")]
    (cooperation,) = read(write(tmp_path / "liste.csv", rows)).content
    assert cooperation.participants == ("05974040", "05974016", "05974")


def test_merged_cells_of_one_cooperation(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(list(ROW))
    for name in ("Soest", "Erwitte"):
        book.active.append(list((ROW | {"Beteiligte": name}).values()))
    for column in "ABCDEGH":
        book.active[f"{column}3"] = None
        book.active.merge_cells(f"{column}2:{column}3")
    book.save(tmp_path / "liste.xlsx")
    (cooperation,) = read(tmp_path / "liste.xlsx").content
    assert cooperation.participants == ("05974040", "05974016")


def test_doubles_are_named_and_counted_once(tmp_path):
    rows = [ROW, ROW, ROW | {"Titel": "Standesamt, gemeinsames"}, ROW | {"Titel": "Melderegister"}]
    reading = read(write(tmp_path / "liste.csv", rows))
    assert [c.title for c in reading.content] == ["Gemeinsames Standesamt", "Melderegister"]
    assert len(reading.notes) == 2
    assert reading.notes[0].startswith("Zeile 3: „Gemeinsames Standesamt“ ist als")


def test_what_is_known_already_is_named_and_not_counted_twice(tmp_path, dataset):
    known = [to_record(c) for c in dataset.cooperations[:3]]
    rows = [
        record | {"participants": ";".join(record["participants"]), "other_participants": ""}
        for record in known
    ]
    rows[1]["id"] = ""
    rows[2]["id"] = "x9999"
    reading = read(write(tmp_path / "liste.csv", rows))
    assert reading.content == []
    first = dataset.cooperations[0]
    assert reading.notes[0] == (
        f"Zeile 2: „{first.title}“ ist als {first.id} „{first.title}“ bekannt und wird nicht noch "
        "einmal gezählt."
    )
    assert len(reading.notes) == 3


def test_a_former_name_is_named(tmp_path):
    reading = read(write(tmp_path / "liste.csv", [ROW | {"Beteiligte": "Haltern, Soest"}]))
    assert reading.content[0].participants == ("05562016", "05974040")
    assert reading.notes == ("Zeile 2: „Haltern“ heißt seit 2001 Haltern am See (05562016).",)


def test_a_given_id_that_is_taken_is_refused(tmp_path):
    with pytest.raises(DataError, match="„c0001“ gibt es schon"):
        read(write(tmp_path / "liste.csv", [ROW | {"id": "c0001"}]))
    rows = [ROW | {"id": "x0001"}, ROW | {"id": "x0001", "Titel": "Anderes"}]
    with pytest.raises(DataError, match="Zeile 3, Feld „id“: „x0001“ kommt mehrfach vor"):
        read(write(tmp_path / "liste.csv", rows))


def test_installed_they_are_appended(folder, dataset, tmp_path):
    for number, title in enumerate(("Gemeinsames Standesamt", "Melderegister"), start=1):
        reading = read(write(tmp_path / "liste.csv", [ROW | {"Titel": title}]), folder)
        done = cooperations.install(folder, reading, "2027-01-31")
        assert done == "1 Kooperationen gelesen."
        assert reading.content[0].id == f"e{number:04d}"
    loaded = load(folder)
    assert [c.title for c in loaded.cooperations[-2:]] == [
        "Gemeinsames Standesamt",
        "Melderegister",
    ]
    assert len(loaded.cooperations) == len(dataset.cooperations) + 2
    assert check_hashes(folder) == []
    lines = (folder / "cooperations_own.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[1])["id"] == "e0002"
    again = read(write(tmp_path / "liste.csv", [ROW]), folder)
    assert again.content == []
