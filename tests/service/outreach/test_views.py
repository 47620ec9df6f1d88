"""The views over the whole Land: service centres page by page, and both views as files."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime

import pytest
from openpyxl import load_workbook

from service.outreach import centres_page
from service.outreach.list_files import PROPOSALS, UNKNOWN

CENTRES, GAPS = "/impulse/dienstleister", "/impulse/luecken"
ARCHIVES = f"{CENTRES}?task_area=archiv"


@pytest.fixture
def client(office):
    return office.log_in()


@pytest.fixture
def centres(three_areas):
    return three_areas.lines().centres


def book(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    return load_workbook(io.BytesIO(answer.content))


def csv_rows(client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def numbers(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'<h3 class="kern-heading-small">(\d+)\. ', page)]


def test_service_centres_are_paged(client, centres):
    count = len(centres)
    assert 20 < count <= 40, "the test needs two pages"
    first, second = client.get(CENTRES).text, client.get(f"{CENTRES}?seite=2").text
    assert numbers(first) == list(range(1, 21))
    assert numbers(second) == list(range(21, count + 1))
    assert f"{count} Stellen</h2>" in first
    assert 'rel="next" href="/impulse/dienstleister?seite=2"' in first
    assert 'rel="prev" href="/impulse/dienstleister?seite=1"' in second
    assert "Seite 2 von 2" in second
    assert "<title>Dienstleister, Seite 2" in second
    for wrong in ("seite=99", "seite=999999", "seite=2&task_area=magie"):
        assert numbers(client.get(f"{CENTRES}?{wrong}").text) == numbers(second)
    for wrong in ("seite=0", "seite=-1", "seite=²", "seite=zwei"):
        assert numbers(client.get(f"{CENTRES}?{wrong}").text) == numbers(first)


def test_an_area_without_service_centres_is_told(client):
    page = client.get(f"{CENTRES}?task_area=sport-baeder").text
    assert "Hier ist keine Stelle bekannt" in page
    assert "Nicht bekannt heißt nicht, dass es keine gibt." in page
    assert '<option value="sport-baeder" selected>' in page
    assert "format=" not in page
    assert len(csv_rows(client, f"{CENTRES}?task_area=sport-baeder&format=csv")) == 1


def test_providers_of_one_area_are_on_a_map_numbered_as_in_the_list(client, monkeypatch):
    page = client.get(ARCHIVES).text
    marks = re.findall(r'<text class="content-on-group"[^>]*>(\d+)</text>', page)
    assert sorted(map(int, marks)) == numbers(page)
    assert 'role="img" aria-labelledby="karte-titel"' in page
    assert "nummeriert wie in der Liste" in page
    assert "<svg class=" not in client.get(CENTRES).text
    left, _, width, _ = map(float, re.findall(r'viewBox="([^"]*)" role="img"', page)[0].split())
    for x, radius in re.findall(
        r'class="content-group" cx="([\d.]+)" cy="[\d.]+" r="([\d.]+)"', page
    )[:-1]:
        assert left <= float(x) - float(radius)
        assert float(x) + float(radius) <= left + width
    monkeypatch.setattr(centres_page, "_A_PAGE", 3)
    later = client.get(f"{ARCHIVES}&seite=2").text
    marks = re.findall(r'<text class="content-on-group"[^>]*>(\d+)</text>', later)
    assert sorted(map(int, marks)) == numbers(later) == [4, 5, 6]
    assert 'rel="next" href="/impulse/dienstleister?task_area=archiv&amp;seite=3"' in later


def test_service_centres_are_a_workbook(office, client, centres, matcher):
    sheet, notes = book(client, f"{CENTRES}?format=xlsx").worksheets
    heads = [cell.value for cell in sheet[1]]
    assert heads == [
        "Aufgabenbereich", "Dienstleister", "AGS des Dienstleisters",
        "arbeitet bekanntermaßen für", "Kooperationen", "Quelle 1", "Quelle 2", "Quelle 3",
        "Kandidat", "AGS des Kandidaten", "Einwohner", "Kilometer", "selber Kreis",
    ]  # fmt: skip
    pairs = [(centre, candidate) for centre in centres for candidate in centre.candidates]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(pairs) > 100
    names = matcher.dataset.bodies["name"]
    population = matcher.dataset.bodies["population"]
    known = {c.id: c for c in matcher.dataset.cooperations}
    at = {head: number for number, head in enumerate(heads)}
    for row, (centre, candidate) in zip(rows, pairs, strict=True):
        value = {head: row[n].value for head, n in at.items()}
        assert value["Aufgabenbereich"] == centre.task_area.label
        assert value["Dienstleister"] == centre.name
        assert value["AGS des Dienstleisters"] == centre.provider
        assert (value["arbeitet bekanntermaßen für"] or "") == ", ".join(
            names[k] for k in centre.served
        )
        assert value["Kooperationen"] == "; ".join(known[k].title for k in centre.cooperations)
        assert value["Kandidat"] == candidate.name
        assert value["AGS des Kandidaten"] == candidate.body
        assert value["Einwohner"] == population[candidate.body]
        assert value["Kilometer"] == round(candidate.distance_km, 1)
        assert value["selber Kreis"] == ("ja" if candidate.same_district else "nein")
        links = [row[at[f"Quelle {n}"]].hyperlink for n in (1, 2, 3)]
        urls = [known[k].source_url for k in centre.cooperations[:3]]
        assert [link.target for link in links if link] == urls
    told = {label.value: value.value for label, value in notes.iter_rows()}
    assert told["Hinweis"] == PROPOSALS
    assert told["Was nicht bekannt ist"] == UNKNOWN
    assert told["Datum der Liste"] == datetime(2027, 3, 1)
    assert told["Modellversion"] == matcher.version
    assert told["Datenstand"] == matcher.dataset.version
    assert told["Aufgabenbereich"] == "alle mit bekannten Dienstleistern"


def test_a_file_of_service_centres_keeps_the_filter_and_leaves_no_page_out(client, centres):
    page = client.get(f"{ARCHIVES}&seite=1").text
    for name in ("csv", "xlsx"):
        assert f'href="/impulse/dienstleister?task_area=archiv&amp;format={name}"' in page
    wanted = [c for c in centres if c.task_area == "archiv"]
    sheet, notes = book(client, f"{ARCHIVES}&format=XLSX").worksheets
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"Archiv"}
    assert sheet.max_row - 1 == sum(len(c.candidates) for c in wanted)
    assert ("Aufgabenbereich", "Archiv") in [(a.value, b.value) for a, b in notes.iter_rows()]
    answer = client.get(f"{ARCHIVES}&format=csv")
    assert "ikz-dienstleister-2027-03-01.csv" in answer.headers["Content-Disposition"]
    rows = csv_rows(client, f"{CENTRES}?format=csv")
    assert len(rows) - 1 == sum(len(c.candidates) for c in centres)


@pytest.mark.parametrize("address", [CENTRES, GAPS])
def test_a_file_of_an_unknown_kind_is_refused(client, address):
    for wanted in ("docx", "geojson", " "):
        answer = client.get(address, params={"format": wanted})
        assert answer.status_code == 422
        detail = "Dieses Format gibt es nicht. Zulässig sind: csv, xlsx."
        assert answer.json()["errors"] == [{"pointer": "/format", "detail": detail}]


@pytest.mark.parametrize("address", [CENTRES, GAPS])
def test_files_are_for_staff_only(office, address):
    answer = office.stranger().get(f"{address}?format=csv")
    assert answer.url.path == "/anmelden"


def test_white_spots_are_a_workbook(client, three_areas, matcher):
    page = client.get(GAPS).text
    assert 'href="/impulse/luecken?format=csv"' in page
    assert 'XLSX<span class="unseen">, Tabelle herunterladen</span>' in page
    sheet, notes = book(client, f"{GAPS}?format=xlsx").worksheets
    table = three_areas.lines().coverage
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == "Aufgabenbereich"
    assert heads[1] == f"kleine kreisangehörige Kommune ({table.bodies_by_segment[0]})"
    assert heads[6:9] == ["gpaNRW", "Plan", "Lesart"]
    assert "Kreis Olpe (8)" in heads
    assert len(heads) == 1 + 5 + 3 + 31
    assert sheet.freeze_panes == "B2"
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == [area.label for area in table.areas]
    for number, row in enumerate(rows):
        shares = [cell.value for cell in (*row[1:6], *row[9:])]
        wanted = [*table.by_segment[number].tolist(), *table.by_district[number].tolist()]
        assert shares == pytest.approx(wanted, abs=1e-4)
        assert {cell.number_format for cell in (*row[1:6], *row[9:])} == {"0.0%"}
    by_area = {row[0].value: [cell.value for cell in row[6:9]] for row in rows}
    assert by_area["Archiv"] == [None, 47, "keine Vergleichszahl"]
    assert by_area["Kultur und Wissenschaft"] == ["rund 70 %", None, "größtenteils erfasst"]
    assert by_area["Beschaffung und Vergabe"][2] == "vor allem Angaben fehlen"
    assert by_area["Soziales"][2] == "nur Obergrenze genannt"
    told = {label.value: value.value for label, value in notes.iter_rows()}
    assert (told["Hinweis"], told["Was nicht bekannt ist"]) == (PROPOSALS, UNKNOWN)
    assert told["Datum der Liste"] == datetime(2027, 3, 1)
    assert told["Modellversion"] == matcher.version
    assert told["Datenstand"] == matcher.dataset.version


def test_white_spots_are_a_csv_with_german_numbers(client):
    rows = csv_rows(client, f"{GAPS}?format=csv")
    assert len(rows) == 1 + 31
    assert {len(row) for row in rows} == {40}
    cells = [cell for row in rows[1:] for cell in (*row[1:6], *row[9:])]
    assert all(re.fullmatch(r"[01],\d{1,4}", cell) for cell in cells)
