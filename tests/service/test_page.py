from __future__ import annotations

import re

import pytest


def test_the_empty_form(client):
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="de">' in page.text
    assert "Mit wem zusammenarbeiten?" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_the_searcher_can_be_linked(client):
    assert 'value="Bad Sassendorf"' in client.get("/?body=Bad%20Sassendorf").text


def test_a_search_shows_partners_reasons_group_and_map(client):
    page = client.post("/", data={"body": "Bad Sassendorf", "text": "Sozialamt bündeln"})
    assert page.status_code == 200
    assert "Vorschläge für Bad Sassendorf" in page.text
    assert page.text.count("<details>") == 10
    assert "Vorschlag für eine Gruppe" in page.text
    assert "Mögliche Landesförderung" in page.text
    assert re.search(r"175\.000 EUR|210\.000 EUR", page.text)
    assert page.text.count("<circle") >= 10
    assert "kein Urteil über eine Kommune" in page.text
    assert len(page.content) < 150_000


@pytest.mark.parametrize(
    ("body", "text", "sentence"),
    [
        ("", "Archiv", "Bitte die suchende Kommune angeben."),
        ("Bad Sasendorf", "Archiv", "Gemeint sein könnte: Bad Sassendorf"),
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


def test_scripts_in_texts_are_shown_never_run(client):
    typed = "<script>alert(1)</script>"
    page = client.post("/", data={"body": typed, "text": typed})
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
    found = client.post("/", data={"body": "Soest", "text": typed})
    assert "<script>" not in found.text


def test_pages_are_not_found_in_german(client):
    assert "Diese Adresse gibt es nicht." in client.get("/nichts").text
