"""Where nobody is left, the answer says which wishes and filters do that."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def hint(client):
    def ask(body="05974008", description="Archiv gemeinsam führen", **more):
        asked = {"body": body, "description": description, **more}
        answer = client.post("/v1/matches", json=asked).json()
        return len(answer["matches"]), answer["understood"]["hint"]

    return ask


def test_a_city_without_a_kreis_is_told_so(hint):
    assert hint("05315000", "Archiv gemeinsam, nur im eigenen Kreis") == (
        0,
        "Köln ist kreisfrei und gehört zu keinem Kreis: Die Angabe „nur im eigenen Kreis“ lässt "
        "keine Stelle übrig. Bitte herausnehmen.",
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"description": "Archiv gemeinsam, höchstens 1 km von uns"}, "im Text „höchstens 1 km“."),
        (
            {"description": "Archiv, keine Kreise", "filters": {"kinds": ["district"]}},
            "im Text „nur Städte und Gemeinden“ und im Filter „nur Kreise“.",
        ),
        ({"filters": {"max_distance_km": 0.5}}, "im Filter „höchstens 0,5 km“."),
        (
            {"filters": {"districts": ["Soest"], "government_regions": ["Köln"]}},
            "im Filter „nur Kreis Soest“ und im Filter „nur Regierungsbezirk Köln“.",
        ),
        (
            {"filters": {"kinds": ["district"], "legal_status": ["klein"]}},
            "im Filter „nur Kreise“ und im Filter „nur kleine kreisangehörige Kommunen“.",
        ),
    ],
)
def test_what_leaves_nobody_is_named(hint, asked, told):
    found, sentence = hint(**asked)
    assert found == 0
    assert sentence.startswith(f"Keine Stelle erfüllt alle Angaben: {told} Bitte ")


def test_who_is_found_needs_no_hint(hint):
    found, sentence = hint(filters={"max_distance_km": 20, "kinds": ["municipality"]})
    assert found > 1
    assert sentence is None


def test_the_page_says_it_once(client):
    data = {"body": "Köln", "text": "Archiv gemeinsam, nur im eigenen Kreis"}
    page = client.post("/", data=data).text
    assert len(re.findall("Köln ist kreisfrei und gehört zu keinem Kreis", page)) == 1
    assert "Keine Stelle erfüllt alle Angaben" not in page


def test_on_the_page_what_contradicts_a_new_searcher_is_left_out(client):
    data = {"body": "Soest", "text": "Archiv", "partners": "05974040", "exclude": "05974040"}
    answer = client.post("/", data=data | {"ignore_wishes": "nichts", "explain": "Soest"})
    assert answer.status_code == 200
    assert "Das ist Ihre eigene Stelle." in answer.text
