from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from data.land import GUIDELINES
from matcher.german import number, percent
from matcher.result import Factor
from service.app import create_app
from service.content.method_page import _curves, _sentences
from service.settings import Settings
from tests.service.reading import headings, page


def test_the_method_page_shows_measured_figures_and_real_sources(client, matcher, dataset):
    text = page(client, "/methode")
    for resource in dataset.resources:
        assert resource.title in text
        assert resource.source in text
    assert f"{number(GUIDELINES[-1].two_partners)} Euro" in text
    assert "31.08.2021" in text
    if matcher.quality:
        assert f"In {percent(float(str(matcher.quality['hit_rate_at_5'])))} der Suchen" in text
    else:
        assert "Wie oft die Vorschläge zutreffen" not in text


def test_a_figure_that_was_not_measured_is_not_shown():
    assert _sentences({}) == []
    assert _sentences({"hit_rate_at_10": 0.5}) == [
        "Unter den ersten zehn war es in 50 % der Suchen mindestens einer."
    ]
    partial = {"ndcg_at_10": 0.7, "best_rule": "unheard of", "best_rule_ndcg_at_10": 0.6}
    assert _sentences(partial) == []


@pytest.mark.parametrize("name", ["impressum", "datenschutz", "barrierefreiheit"])
def test_legal_pages_are_marked_as_templates(client, name):
    text = page(client, f"/{name}")
    assert "Diese Seite ist eine Vorlage" in text
    assert "content-fill-in" in text


def test_an_operator_fills_in_blocks_or_writes_a_page_anew(matcher, tmp_path):
    class Operated(Settings):
        legal_dir: object = None

    (tmp_path / "impressum.html").write_text(
        '{% extends "legal/impressum.html" %}{% block anbieter %}Stadt Muster{% endblock %}'
        "{% block vorlage %}{% endblock %}",
        "utf-8",
    )
    (tmp_path / "barrierefreiheit.html").write_text(
        '{% extends "content/page.html" %}{% block content %}<h1>Eigene</h1>{% endblock %}', "utf-8"
    )
    client = TestClient(create_app(Operated(legal_dir=tmp_path), matcher))
    text = page(client, "/impressum")
    assert "Stadt Muster" in text
    assert "ist eine Vorlage" not in text
    assert "[Name der Behörde" not in text
    assert headings(page(client, "/barrierefreiheit")) == ["Eigene"]
    assert headings(page(client, "/datenschutz")) == ["Datenschutz"]


def test_the_privacy_page_speaks_of_what_runs(client):
    text = page(client, "/datenschutz")
    addresses = json.loads(client.get("/openapi.json").text)["paths"]
    assert ("Offene Gesuche und Nachrichten" in text) == ("/v1/searches" in addresses)
    assert ("Rückmeldungen" in headings(text, 2)) == ("/v1/feedback" in addresses)
    assert "set-cookie" not in client.get("/datenschutz").headers


def test_what_counts_how_much_is_drawn_and_stands_in_tables(client, matcher):
    text = page(client, "/methode")
    assert "Was zählt wie viel" in headings(text, 2)
    assert text.count('role="img"') == text.count("Werte als Tabelle") == 11
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for drawing in [drawing for group in _curves(matcher) for drawing in group]:
        assert drawing.title in text
        assert all(sentence in text for sentence in drawing.summary)
    assert {factor.label for factor in Factor} == {
        drawing.factor for group in _curves(matcher) for drawing in group
    }
    assert "<script" not in text.split('id="kurven"')[1].split("</section>")[0]


def test_what_is_certain_is_marked(client):
    text = page(client, "/methode")
    assert "Festgelegt: Mehr davon nützt nie." in text
    assert "Festgelegt: Mehr davon schadet nie." in text


def test_a_ranker_of_another_kind_has_no_curves(matcher):
    assert _curves(replace(matcher, ranker=object())) == ([], [])
