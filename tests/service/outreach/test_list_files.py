from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from msgspec import structs
from openpyxl import load_workbook

from data import TaskArea
from matcher.outreach import Opportunity, Outreach, OutreachFilters, score_all
from service.outreach.list_columns import COLUMNS, DEFAULT_COLUMNS, ColumnError
from service.outreach.list_files import PROPOSALS, UNKNOWN, as_file

DAY = date(2026, 3, 9)
AREAS = (TaskArea.ARCHIV, TaskArea.STANDESAMT)
HEADERS = [COLUMNS[code].title for code in DEFAULT_COLUMNS]
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "\x00=1")


@pytest.fixture(scope="module")
def everything(matcher) -> tuple[Opportunity, ...]:
    fits = score_all(matcher.knowledge, matcher.ranker, AREAS)
    outreach = Outreach(matcher.dataset, matcher.knowledge, fits)
    return outreach.opportunities(OutreachFilters(limit=200, max_per_area=100))


@pytest.fixture(scope="module")
def lines(everything) -> tuple[Opportunity, ...]:
    return everything[:20]


@pytest.fixture
def statuses(lines) -> dict[str, str]:
    return {lines[1].id: "angesprochen"}


@pytest.fixture
def evil(lines) -> list[Opportunity]:
    """Return lines as they would be if data held formulas."""
    return [
        structs.replace(
            line,
            names=(text, *line.names[1:]),
            reasons=tuple(replace(reason, text=text) for reason in line.reasons),
            examples=tuple(structs.replace(e, title=text, source_url=text) for e in line.examples),
            letter=replace(line.letter, subject=text, text=text),
        )
        for line, text in zip(lines, EVIL, strict=False)
    ]


def read_csv(content: bytes) -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def read_xlsx(content: bytes):
    return load_workbook(io.BytesIO(content))


def test_csv_opens_in_a_german_excel(matcher, lines, statuses):
    content, media_type, name = as_file(lines, "csv", matcher, statuses, day=DAY)
    assert (media_type, name) == ("text/csv; charset=utf-8", "ikz-anregungen-2026-03-09.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    rows = read_csv(content)
    assert list(rows[0]) == HEADERS
    assert len(rows) == len(lines) > 10
    for row, line in zip(rows, lines, strict=True):
        assert row["Rang"] == str(line.rank)
        assert row["Aufgabenbereich"] == line.task_area.label
        assert row["Beteiligte"] == ", ".join(line.names)
        assert row["AGS"] == ", ".join(line.bodies)
        assert row["Kennung"] == line.id
        assert row["Status"] == statuses.get(line.id, "")
        assert row["Richtlinie vom"] == "31.08.2021"
        assert row["Förderung bis EUR"] == str(round(line.grant.max_eur))
        assert float(row["Wert (Log-Odds)"].replace(",", ".")) == pytest.approx(
            line.score, abs=1e-3
        )


def test_the_parts_add_up_to_the_score(matcher, lines):
    for row in read_csv(as_file(lines, "csv", matcher)[0]):
        total, fit, need, evidence = (
            float(row[name].replace(",", "."))
            for name in ("Wert (Log-Odds)", "davon Passung", "davon Bedarf", "davon Erfahrung")
        )
        assert fit + need + evidence == pytest.approx(total, abs=0.002)


def test_every_reason_has_a_column(matcher, lines):
    for row, line in zip(read_csv(as_file(lines, "csv", matcher)[0]), lines, strict=True):
        for reason in line.reasons:
            assert reason.text in row.values()
    assert {r.code for line in lines for r in line.reasons} <= COLUMNS.keys()


def test_bodies_are_described_by_their_municipalities(matcher, everything):
    line = next(line for line in everything if line.with_district)
    [row] = read_csv(as_file([line], "csv", matcher)[0])
    places = [matcher.directory[key] for key in line.bodies if len(key) == 8]
    assert row["Kommunen"] == str(len(places)) == str(len(line.bodies) - 1)
    assert row["Einwohner zusammen"] == str(sum(body.population for body in places))
    assert row["Kreis"] == places[0].district_name
    assert row["mit Kreis"] == "ja"


def test_xlsx_is_ready_to_work_with(matcher, lines, statuses):
    content, media_type, name = as_file(lines, "xlsx", matcher, statuses, day=DAY)
    assert media_type.endswith("spreadsheetml.sheet")
    assert name == "ikz-anregungen-2026-03-09.xlsx"
    book = read_xlsx(content)
    assert book.sheetnames == ["Anregungen", "Hinweise"]
    sheet = book["Anregungen"]
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.column_dimensions["B"].width == COLUMNS["area"].width
    at = {title: number for number, title in enumerate(HEADERS)}
    for row, line in zip(sheet.iter_rows(min_row=2), lines, strict=True):
        assert row[at["Rang"]].value == line.rank
        assert row[at["Wert (Log-Odds)"]].value == pytest.approx(line.score, abs=1e-3)
        assert row[at["Wert (Log-Odds)"]].number_format == "0.00"
        assert row[at["Einwohner zusammen"]].number_format == "#,##0"
        assert row[at["AGS"]].number_format == "@"
        assert row[at["Richtlinie vom"]].value == datetime(2021, 8, 31)
        assert row[at["Richtlinie vom"]].number_format == "dd.mm.yyyy"
        assert row[at["Status"]].value == statuses.get(line.id)
        links = [row[at[f"Quelle {n}"]].hyperlink for n in (1, 2, 3)]
        assert [link.target for link in links if link] == [e.source_url for e in line.examples]


def test_wrapped_texts_fit_into_their_rows(matcher, lines):
    sheet = read_xlsx(as_file(lines, "xlsx", matcher)[0])["Anregungen"]
    at = DEFAULT_COLUMNS.index("elsewhere")
    for number, line in enumerate(lines, start=2):
        cell = sheet.cell(row=number, column=at + 1)
        assert cell.alignment.wrap_text
        assert len(cell.value) > 100
        # Half a line's room is left for words that wrap.
        needed = len(cell.value) / COLUMNS["elsewhere"].width
        assert sheet.row_dimensions[number].height >= 15 * needed, line.id


def test_the_second_sheet_says_what_the_list_is(matcher, lines):
    book = read_xlsx(as_file(lines, "xlsx", matcher, day=DAY)[0])
    told = {label.value: value.value for label, value in book["Hinweise"].iter_rows()}
    assert told["Hinweis"] == PROPOSALS
    assert "keine Urteile" in PROPOSALS
    assert told["Was nicht bekannt ist"] == UNKNOWN
    assert "heißt nicht, dass es keine gibt" in UNKNOWN
    assert told["Datum der Liste"] == datetime(2026, 3, 9)
    assert told["Modellversion"] == matcher.version
    assert told["Datenstand"] == matcher.dataset.version


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_columns_are_chosen_and_ordered(matcher, lines, fmt):
    content, _, _ = as_file(lines, fmt, matcher, columns=("names", "rank", "letter", "names"))
    if fmt == "csv":
        heads, first = list(read_csv(content)[0]), list(read_csv(content)[0].values())
    else:
        sheet = read_xlsx(content)["Anregungen"]
        heads, first = ([cell.value for cell in sheet[n]] for n in (1, 2))
        assert sheet.freeze_panes == "A2"
    assert heads == ["Beteiligte", "Rang", "Entwurf des Anschreibens"]
    assert first[2] == lines[0].letter.text


@pytest.mark.parametrize(
    ("codes", "part"),
    [(("rank", "farbe"), "Spalte „farbe“ ist unbekannt. Zulässig sind: rank"), ((), "keine")],
)
def test_an_unknown_column_is_named(matcher, lines, codes, part):
    with pytest.raises(ColumnError, match=part):
        as_file(lines, "csv", matcher, columns=codes)


def test_geojson_has_one_feature_for_each_body_of_each_line(matcher, lines, statuses):
    content, media_type, name = as_file(lines, "geojson", matcher, statuses, day=DAY)
    assert (media_type, name) == ("application/geo+json", "ikz-anregungen-2026-03-09.geojson")
    collection = json.loads(content)
    assert collection["type"] == "FeatureCollection"
    assert PROPOSALS in collection["note"]
    assert collection["date"] == "2026-03-09"
    features = iter(collection["features"])
    for line in lines:
        for key, body in zip(line.bodies, line.names, strict=True):
            feature = next(features)
            assert feature["type"] == "Feature"
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 5.8 < longitude < 9.5
            assert 50.3 < latitude < 52.6
            told = feature["properties"]
            assert told["area"] == line.task_area.value
            assert told["rank"] == line.rank
            assert told["score"] == pytest.approx(line.score, abs=1e-3)
            assert (told["ags"], told["name"]) == (key, body)
            assert told["status"] == statuses.get(line.id)
    assert next(features, None) is None
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "geojson"])
def test_an_empty_list_is_a_file_too(matcher, fmt):
    content, _, _ = as_file([], fmt, matcher)
    if fmt == "csv":
        assert content.decode("utf-8-sig").strip() == ";".join(HEADERS)
    elif fmt == "xlsx":
        assert read_xlsx(content)["Anregungen"].max_row == 1
    else:
        assert json.loads(content)["features"] == []


def test_no_cell_of_a_csv_is_a_formula(matcher, evil):
    rows = read_csv(as_file(evil, "csv", matcher, columns=tuple(COLUMNS))[0])
    numbers = {COLUMNS[code].title for code in ("score", "fit", "need", "evidence")}
    cells = [cell for row in rows for name, cell in row.items() if name not in numbers]
    assert "'=1+1" in cells
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]


def test_no_cell_of_an_xlsx_is_a_formula_or_links_to_a_script(matcher, evil):
    first = evil[0]
    scripted = structs.replace(first.examples[0], source_url="javascript:alert(1)")
    evil[0] = structs.replace(first, examples=(scripted,))
    sheet = read_xlsx(as_file(evil, "xlsx", matcher, columns=tuple(COLUMNS))[0])["Anregungen"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink and "javascript" in cell.hyperlink.target]
    assert "'=1+1" in [cell.value for cell in cells]
