from __future__ import annotations

import re
import time

import pytest


def test_the_empty_form(client):
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="de">' in page.text
    assert "Mit wem zusammenarbeiten?" in page.text
    assert re.findall(r"<script[^>]*>(?!</script>)", page.text) == []  # none with code of its own
    assert "style=" not in page.text
    assert "onclick" not in page.text


def test_a_search_can_be_linked(client):
    page = client.get(
        "/?body=Bad%20Sassendorf&legal_status=klein&districts=05974&max_distance_km=20"
    )
    assert 'value="Bad Sassendorf"' in page.text
    assert 'value="klein" checked' in page.text
    assert '<option value="05974" selected>' in page.text
    assert 'value="20"' in page.text
    # Closed, so that the answer is not pushed down; the heading says that filters are set.
    assert '<details class="filters" id="filter">' in page.text
    assert "(3 gesetzt)" in page.text


def test_a_search_shows_partners_reasons_group_and_map(client):
    page = client.post("/", data={"body": "Bad Sassendorf", "text": "Gemeinsamer Bauhof"})
    assert page.status_code == 200
    assert "10 Vorschläge für" in page.text
    assert page.text.count("<details>") == 10
    assert page.text.count('name="verdict"') == 30
    assert "Unser Vorschlag: " in page.text
    assert "Landesförderung" in page.text
    assert re.search(r"175\.000 EUR|210\.000 EUR", page.text)
    assert page.text.count('<circle class="partner" cx') >= 8
    assert "kein Urteil über eine Kommune" in page.text
    assert len(page.content) < 200_000


@pytest.mark.parametrize(
    ("body", "text", "sentence"),
    [
        ("", "Archiv", "Bitte die suchende Kommune angeben."),
        ("Bad Sasendorf", "Archiv", "Gemeint sein könnte:"),
        ("Atlantis", "Archiv", "Bitte die Schreibweise prüfen"),
        ("09162000", "Archiv", "liegt in Bayern"),
        ("Soest", "   ", "Bitte beschreiben, was gemeinsam erledigt werden soll."),
        ("Soest", "x" * 10_001, "Höchstens 10.000 Zeichen, angegeben sind 10.001."),
    ],
)
def test_wrong_input_is_named_and_nothing_typed_is_lost(client, body, text, sentence):
    page = client.post("/", data={"body": body, "text": text})
    assert page.status_code == 422
    assert page.text.count(sentence) == 2  # in the summary and at the field
    assert 'aria-invalid="true"' in page.text
    assert f'value="{body}"' in page.text
    assert text in page.text


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"max_distance_km": "weit"}, "max_distance_km", "Umkreis als Zahl in Kilometern"),
        ({"task_area": "magie"}, "task_area", "„magie“ ist unbekannt"),
        ({"districts": "99999"}, "districts", "99999"),
    ],
)
def test_a_wrong_filter_is_named_at_its_field(client, fields, field, sentence):
    page = client.post("/", data={"body": "Soest", "text": "Archiv", **fields})
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert sentence in page.text


def test_the_script_gets_the_result_alone_and_what_is_wrong_by_field(client):
    ask = {"body": "Soest", "text": "Archiv"}
    part = client.post("/", data=ask, headers={"X-Fragment": "ergebnis"})
    assert part.text.lstrip().startswith("<section")
    assert "<html" not in part.text
    wrong = client.post("/", data={"body": "", "text": "Archiv"}, headers={"X-Fragment": "1"})
    assert wrong.status_code == 422
    assert '<div data-field="body">' in wrong.text
    assert 'id="body-error"' in wrong.text
    assert "<html" not in wrong.text


def test_filters_and_partners_on_board_are_heeded(client):
    fields = {"body": "Soest", "text": "Archiv", "partners": ["05974008"], "kinds": "municipality"}
    page = client.post("/", data=fields)
    assert "Bad Sassendorf: an Bord" in page.text
    assert 'data-ags="05974008"' not in page.text
    assert not re.search(r'data-ags="\d{5}"', page.text)


def test_the_map_is_kept_until_the_data_change(client, matcher):
    answer = client.get("/map/gemeinden.json")
    areas = answer.json()["areas"]["features"]
    assert len(areas) == 396
    assert len(answer.json()["districts"]["coordinates"]) > 50
    tag = answer.headers["ETag"]
    assert client.get("/map/gemeinden.json", headers={"If-None-Match": tag}).status_code == 304


def test_scripts_in_texts_are_shown_never_run(client):
    typed = "<script>alert(1)</script>"
    page = client.post("/", data={"body": typed, "text": typed})
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
    found = client.post("/", data={"body": "Soest", "text": typed})
    assert "<script>" not in found.text


def test_pages_are_not_found_in_german(client):
    assert "Diese Adresse gibt es nicht." in client.get("/nichts").text


def test_a_body_is_left_out_and_named_as_a_chip(client):
    ask = {"body": "Bad Sassendorf", "text": "Archiv"}
    page = client.post("/", data=ask | {"exclude": "05974040"}).text
    assert 'data-ags="05974040"' not in page
    assert "ohne Soest: nicht berücksichtigen" in page
    back = client.post("/", data=ask | {"exclude": "05974040", "include": "05974040"}).text
    assert 'data-ags="05974040"' in back


def test_any_body_is_told_its_place_and_what_rules_it_out(client):
    ask = {"body": "Bad Sassendorf", "text": "Archiv, höchstens 20 km", "explain": "Köln"}
    page = client.post("/", data=ask).text
    section = page.split('id="warum-nicht"')[1].split("</section>")[0]
    assert re.search(r"Köln</a> steht auf Platz \d+ von allen, eher selten", section)
    assert "Ihr Text sagt: höchstens 20 km." in section
    assert "spricht" in section
    assert page.count('class="suggestion"') == 10
    unknown = client.post("/", data=ask | {"explain": "Atlantis"})
    assert unknown.status_code == 200  # the answer stands; the question alone is wrong
    assert "„Atlantis“ ist nicht als Kommune oder Verband bekannt." in unknown.text


def test_the_table_is_sorted(client):
    def keys(**more):
        page = client.post("/", data={"body": "Bad Sassendorf", "text": "Archiv"} | more).text
        return re.findall(r'data-ags="(\d+)" data-rank="(\d+)"', page)

    ranks = [int(rank) for _, rank in keys()]
    assert ranks == list(range(1, 11))
    by_name = keys(sort="name")
    assert sorted(by_name) == sorted(keys())
    assert by_name != keys()
    assert len(keys(limit="35")) == 35


def test_the_answer_needs_less_than_200_ms_of_one_core(client):
    spent = []
    for number in range(5):
        ask = {
            "body": "Bad Sassendorf",
            "text": f"Gemeinsame Vergabestelle, Ausschreibung {number}",
        }
        start = time.process_time()
        assert client.post("/", data=ask, headers={"X-Fragment": "1"}).status_code == 200
        spent.append(time.process_time() - start)
    # The least of some: what else the machine does is not measured.
    assert min(spent) < 0.2
