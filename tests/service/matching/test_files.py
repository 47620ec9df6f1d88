from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from matcher.result import Factor, Reason
from service.matching.arguments import is_argument
from service.matching.files import NO_VERDICT, Question, to_csv, to_geojson, to_xlsx
from service.matching.likelihood import Likelihood
from service.matching.schemas import MatchesAnswer
from service.matching.wording import year_and_state
from service.web.spreadsheets import guarded
from tests.service.conftest import BODY, TEXT

HEADERS = [
    "Rang", "AGS", "Name", "Art/Status", "Kreis", "Einwohner", "Entfernung km",
    "gemeinsame Grenze", "schon gemeinsam", "Aussicht", "Wahrscheinlichkeit", "In einem Satz",
    "Grund 1", "Grund 2", "Grund 3",
    "Beleg 1", "Quelle 1", "Beleg 2", "Quelle 2", "Beleg 3", "Quelle 3", "andere Zusammenarbeit",
]  # fmt: skip
DAY = date(2026, 3, 9)
LINK = HEADERS.index("Quelle 1") + 1
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "\x00=1")


@pytest.fixture(scope="module")
def answer(client) -> MatchesAnswer:
    response = client.post("/v1/matches", json={"body": BODY, "description": TEXT, "limit": 25})
    return MatchesAnswer.model_validate(response.json())


@pytest.fixture
def question(matcher) -> Question:
    return Question(matcher.directory[BODY], TEXT, ("höchstens 20 km",), DAY)


@pytest.fixture
def evil(answer: MatchesAnswer) -> MatchesAnswer:
    """Return the answer as it would be if data held formulas."""
    changed = answer.model_copy(deep=True)
    first = next(match.evidence[0] for match in changed.matches if match.evidence)
    for match in changed.matches:
        match.evidence = (first,)
    for match, text in zip(changed.matches, EVIL, strict=False):
        match.body.name = match.body.district = text
        match.sentence = text
        match.reasons = (Reason("size", Factor.EQUALITY, text, 9.0), *match.reasons[1:])
        match.evidence = (replace(first, title=text, source_url=text),)
    return changed


def post(client, file_format, **more):
    return client.post(
        f"/v1/matches?format={file_format}", json={"body": BODY, "description": TEXT, **more}
    )


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_opens_in_a_german_excel(client, answer):
    response = post(client, "csv", limit=25)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith(f'attachment; filename="partnersuche-{BODY}-')
    assert disposition.endswith('.csv"')
    assert response.content.startswith(b"\xef\xbb\xbf")
    head, *rows = read_csv(response.content)
    assert head == HEADERS
    assert len(rows) == 25
    for row, match in zip(rows, answer.matches, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert cells["Rang"] == str(match.rank)
        assert cells["AGS"] == match.body.ags
        assert cells["Name"] == match.body.name
        assert cells["Einwohner"] == str(match.body.population)
        assert float(cells["Entfernung km"].replace(",", ".")) == pytest.approx(
            match.distance_km, abs=0.051
        )
        assert "." not in cells["Wahrscheinlichkeit"]
        assert cells["Aussicht"] == match.likelihood.label
        assert cells["In einem Satz"] == match.sentence
        assert float(cells["Wahrscheinlichkeit"].replace(",", ".")) == pytest.approx(
            match.probability, abs=1e-4
        )
        assert cells["gemeinsame Grenze"] == ("ja" if match.adjacent else "nein")
        assert cells["schon gemeinsam"] == ("ja" if match.together else "nein")
        told = [reason.text for reason in match.reasons if is_argument(reason)]
        assert cells["Grund 1"].startswith(told[0])
        for n, entry in enumerate(match.evidence, start=1):
            told = year_and_state(entry.title, entry.status, entry.year)
            assert cells[f"Beleg {n}"] == (f"{entry.title} ({told})" if told else entry.title)
            assert cells[f"Quelle {n}"] == entry.source_url
    assert {row[3] for row in rows} <= {
        "kleine kreisangehörige Kommune", "mittlere kreisangehörige Stadt",
        "große kreisangehörige Stadt", "kreisfreie Stadt", "Kreis", "Verband",
    }  # fmt: skip


def test_what_speaks_against_is_marked(answer):
    changed = answer.model_copy(deep=True)
    first = changed.matches[0]
    against = Reason("size", Factor.EQUALITY, "3 Einwohner", -1.0)
    first.reasons = (against, *first.reasons[1:])
    row = read_csv(to_csv(changed.matches))[1]
    assert row[HEADERS.index("Grund 1")].endswith(" (spricht dagegen)")


def test_no_column_needs_statistics_to_be_read(answer):
    head = read_csv(to_csv(answer.matches))[0]
    assert not [title for title in head if "Log-Odds" in title or "Score" in title]


def test_xlsx_is_ready_to_work_with(client, answer):
    response = post(client, "xlsx", limit=25)
    assert response.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Partner", "Hinweise"]
    sheet = book["Partner"]
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:V26"
    assert sheet.column_dimensions["C"].width == 30
    assert sheet.max_row == 26
    for row, match in zip(sheet.iter_rows(min_row=2), answer.matches, strict=True):
        assert row[0].value == match.rank
        assert row[1].value == match.body.ags
        assert row[1].number_format == "@"
        assert row[5].value == match.body.population
        assert row[5].number_format == "#,##0"
        assert row[9].value == match.likelihood.label
        assert row[10].value == pytest.approx(match.probability, abs=1e-4)
        assert row[10].number_format == "0.0%"
        links = [row[LINK - 1 + 2 * n].hyperlink for n in range(3)]
        assert [link.target for link in links if link] == [e.source_url for e in match.evidence]
    assert any(match.evidence for match in answer.matches)


def test_the_second_sheet_says_what_the_list_is(answer, question):
    book = load_workbook(io.BytesIO(to_xlsx(answer, question)))
    told = {label.value: value.value for label, value in book["Hinweise"].iter_rows()}
    assert told["Hinweis"] == NO_VERDICT
    assert "Vorschläge, keine Urteile" in NO_VERDICT
    assert told["Suchende Kommune"] == "Bad Sassendorf"
    assert told["Datum der Abfrage"] == datetime(2026, 3, 9)
    assert told["Modellversion"] == answer.model.version
    assert told["Datenstand"] == answer.data_version
    assert told["Vorhaben"] == TEXT
    assert told["Aufgabenbereich"] == "Soziales"
    assert told["Berücksichtigt"] == "höchstens 20 km"
    assert told["Aussicht: naheliegend"] == Likelihood.CLOSE.meaning


def test_the_second_sheet_says_what_exists_and_what_the_grant_depends_on(answer, question):
    book = load_workbook(io.BytesIO(to_xlsx(answer, question)))
    told = {label.value: value.value for label, value in book["Hinweise"].iter_rows()}
    [known] = answer.existing
    assert told["Das gibt es schon"] == (
        f"Erweitern: {known.title} (Sie sind dabei), {known.source_url}"
    )
    assert told["Warum diese"].startswith("Diese Gruppe macht das schon zusammen")
    assert told["Bestehende Gruppe"] == ", ".join(answer.consortium.names)
    assert told["Mögliche Landesförderung"].startswith("Vorab zu klären. Die Zusammenarbeit")
    assert "Bezirksregierung Arnsberg" in told["Mögliche Landesförderung"]


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "geojson"])
def test_without_a_matter_there_is_a_file_without_partners(client, file_format):
    response = post(client, file_format, description="asdf jkl qwertz uiop")
    assert response.status_code == 200
    if file_format == "csv":
        assert read_csv(response.content) == [HEADERS]
    elif file_format == "geojson":
        assert response.json()["features"] == []
        assert response.json()["consortium"] is None
        assert response.json()["hint"].endswith("?")
    else:
        notes = load_workbook(io.BytesIO(response.content))["Hinweise"]
        told = {label.value: value.value for label, value in notes.iter_rows()}
        assert told["Kein Vorschlag"].endswith("?")


def test_geojson_is_valid(client, answer):
    response = post(client, "geojson", limit=25)
    assert response.headers["Content-Type"] == "application/geo+json"
    collection = response.json()
    assert collection["type"] == "FeatureCollection"
    assert collection["note"] == NO_VERDICT
    assert collection["consortium"]["funding"]["eligible"] == "check"
    assert len(collection["features"]) == 25
    for feature, match in zip(collection["features"], answer.matches, strict=True):
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 5.8 < longitude < 9.5
        assert 50.3 < latitude < 52.6
        properties = feature["properties"]
        assert properties["ags"] == feature["id"] == match.body.ags
        assert properties["rank"] == match.rank
        assert properties["together"] == match.together
        assert 1 <= len(properties["reasons"]) <= 3
        assert [e["title"] for e in properties["evidence"]] == [e.title for e in match.evidence]


def test_geojson_knows_no_nan(answer):
    changed = answer.model_copy(deep=True)
    changed.matches[0].body.longitude = float("nan")
    with pytest.raises(ValueError, match="JSON"):
        to_geojson(changed, "Bad Sassendorf", DAY)
    assert json.loads(to_geojson(answer, "Ä", DAY))["searcher"] == "Ä"


@pytest.mark.parametrize("text", EVIL)
def test_a_formula_becomes_text(text):
    assert guarded(text).startswith("'")
    assert "\x00" not in guarded(text)


@pytest.mark.parametrize("text", ["Soest", "2 gemeinsame Kooperationen", "a=b", "", "'alt'"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


def test_no_cell_of_a_csv_is_a_formula(evil):
    rows = read_csv(to_csv(evil.matches))
    numbers = {HEADERS.index(name) for name in ("Rang",)}
    cells = [c for row in rows[1:] for i, c in enumerate(row) if i not in numbers]
    assert "'=1+1" in cells
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_no_cell_of_an_xlsx_is_a_formula_or_links_to_a_script(evil, question):
    for number, address in ((9, "javascript:alert(1)"), (10, "https://[broken")):
        match = evil.matches[number]
        match.evidence = (replace(match.evidence[0], source_url=address),)
    sheet = load_workbook(io.BytesIO(to_xlsx(evil, question)))["Partner"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert sheet["C2"].value == "'=1+1"
    assert sheet.cell(row=11, column=LINK).value == "javascript:alert(1)"
    for row in range(2, 13):
        assert sheet.cell(row=row, column=LINK).hyperlink is None
    assert sheet.cell(row=13, column=LINK).hyperlink.target.startswith("http")


def test_json_stays_the_default(client):
    body = {"body": BODY, "description": TEXT, "limit": 1}
    plain = client.post("/v1/matches", json=body)
    named = client.post("/v1/matches?format=json", json=body)
    assert plain.json()["matches"] == named.json()["matches"]
    assert "Content-Disposition" not in plain.headers


def test_an_unknown_format_is_a_german_problem(client):
    response = post(client, "pdf")
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"pointer": "/format", "detail": "Zulässig sind: json, xlsx, csv, geojson."}
    ]


def test_no_match_leaves_a_table_with_its_header(client):
    response = post(client, "xlsx", filters={"max_distance_km": 0})
    sheet = load_workbook(io.BytesIO(response.content))["Partner"]
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert sheet.max_row == 1
    assert read_csv(post(client, "csv", filters={"max_distance_km": 0}).content) == [HEADERS]


def test_the_form_button_gets_the_same_file(client):
    fields = {
        "body": "Bad Sassendorf", "text": TEXT, "kinds": ["municipality"],
        "legal_status": ["klein", "mittlere"], "districts": ["05974", ""],
        "government_regions": ["Arnsberg"], "max_distance_km": "30,5", "partners": ["05974040"],
        "limit": "7", "format": "csv",
    }  # fmt: skip
    response = client.post("/export", data=fields)
    assert response.status_code == 200
    filters = {
        "kinds": ["municipality"], "legal_status": ["klein", "mittlere"], "districts": ["05974"],
        "government_regions": ["Arnsberg"], "max_distance_km": 30.5,
    }  # fmt: skip
    same = post(client, "csv", filters=filters, partners=["05974040"], limit=7)
    # Below the table, as people read it: what was asked, and what was found beside the partners.
    assert response.content.startswith(same.content)
    lines = read_csv(response.content)
    rows = lines[1:8]
    assert lines[8] == []
    told = dict(lines[9:])
    assert told["Vorhaben"] == TEXT
    assert "Soest: an Bord" in told["Berücksichtigt"]
    assert "höchstens 30,5 km" in told["Berücksichtigt"]
    assert "nur Kreis Soest" in told["Berücksichtigt"]
    assert {"Das gibt es schon", "Gruppenvorschlag", "Mögliche Landesförderung"} <= set(told)
    assert {row[4] for row in rows} == {"Kreis Soest"}
    assert "05974040" not in {row[1] for row in rows}


def test_the_form_gives_ten_in_a_workbook_by_default(client):
    response = client.post("/export", data={"body": BODY, "text": TEXT})
    sheet = load_workbook(io.BytesIO(response.content))["Partner"]
    assert sheet.max_row == 11


@pytest.mark.parametrize(
    ("changed", "pointer", "part"),
    [
        ({"body": ""}, "/body", "suchende Kommune"),
        ({"body": "Bad Sasendorf"}, "/body", "Bad Sassendorf (05974008)"),
        ({"text": "  "}, "/text", "beschreiben"),
        ({"format": "pdf"}, "/format", "Zulässig sind: xlsx, csv, geojson."),
        ({"limit": "0"}, "/limit", "zwischen 1 und 500"),
        ({"limit": "²"}, "/limit", "zwischen 1 und 500"),
        ({"limit": "9" * 5_000}, "/limit", "zwischen 1 und 500"),
        ({"max_distance_km": "weit"}, "/max_distance_km", "Kilometern"),
        ({"kinds": "burg"}, "/kinds", "„burg“ ist unbekannt"),
        ({"partners": "Atlantis"}, "/partners", "Atlantis"),
    ],
)
def test_a_wrong_field_of_the_form_is_named(client, changed, pointer, part):
    response = client.post("/export", data={"body": BODY, "text": TEXT} | changed)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    [error] = response.json()["errors"]
    assert error["pointer"] == pointer
    assert part in error["detail"]
