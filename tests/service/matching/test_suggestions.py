from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.service.conftest import BODY, TEXT


def ask(client, **content):
    return client.post("/v1/suggestions", json=content)


def test_a_text_gets_its_task_area_and_similar_cooperations(client, matcher):
    answer = ask(client, text=TEXT).json()
    assert answer["degraded"] is False
    assert answer["body"] is None
    areas = answer["task_areas"]
    assert areas[0]["code"] == "soziales"
    assert areas[0]["label"] == "Soziales"
    assert len(areas) == 5
    shares = [area["probability"] for area in areas]
    assert shares == sorted(shares, reverse=True)
    assert 0.4 < shares[0] <= 1
    similar = answer["similar_cooperations"]
    assert [s["id"] for s in similar] == [s.cooperation for s in matcher.listener.similar(TEXT, 5)]
    names = matcher.dataset.bodies["name"]
    for entry in similar:
        assert entry["participant_names"] == [names[key] for key in entry["participants"]]
        assert entry["source_url"].startswith("http")


def test_hints_follow_the_text(client):
    assert [h["code"] for h in ask(client, text="Kommunen").json()["hints"]] == [
        "short", "task", "reason",
    ]  # fmt: skip
    assert ask(client, text=TEXT).json()["hints"] == []


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_no_matter(client, text):
    said = client.post("/v1/suggestions", json={"text": text}).json()["understood"]
    assert said["is_matter"] is False
    assert said["hint"].startswith("Beschreiben Sie, welche Aufgabe")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_no_error(client, text):
    response = ask(client, text=text, body="Bad Sassendorf")
    assert response.status_code == 200
    answer = response.json()
    assert answer["task_areas"] == answer["similar_cooperations"] == answer["hints"] == []
    assert answer["body"]["ags"] == BODY


@pytest.mark.parametrize("body", [None, "", "  "])
def test_a_body_not_yet_given_is_no_error(client, body):
    response = ask(client, text=TEXT, body=body)
    assert response.status_code == 200
    assert response.json()["body"] is None


def test_an_unknown_body_is_named_with_what_may_be_meant(client):
    response = ask(client, text=TEXT, body="Bad Sasendorf")
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    [error] = response.json()["errors"]
    assert error["pointer"] == "/body"
    assert "Bad Sassendorf (05974008)" in error["detail"]


@pytest.mark.parametrize(
    ("content", "pointer", "sentence"),
    [
        ({}, "/text", "Diese Angabe fehlt."),
        ({"text": 5}, "/text", "Hier wird Text erwartet."),
        ({"text": "a" * 10_001}, "/text", "Höchstens 10000 Zeichen, angegeben sind 10001."),
        ({"text": "a", "body": "a" * 201}, "/body", "Höchstens 200 Zeichen, angegeben sind 201."),
        (
            {"text": "a", "limit": 3},
            "/limit",
            "Dieses Feld ist nicht bekannt. Bekannt sind: text, body.",
        ),
    ],
)
def test_errors_are_german_problems(client, content, pointer, sentence):
    response = ask(client, **content)
    assert response.status_code == 422
    assert response.json()["errors"] == [{"pointer": pointer, "detail": sentence}]


def test_the_longest_text_is_read(client):
    response = ask(client, text="Bauhof " * 1_428)
    assert response.status_code == 200
    assert response.json()["task_areas"][0]["code"] == "bauhof-strassen"


def test_without_a_text_model_hints_remain(degraded):
    with TestClient(create_app(Settings(), degraded)) as client:
        answer = ask(client, text="Bauhof gemeinsam").json()
    assert answer["degraded"] is True
    assert answer["task_areas"] == answer["similar_cooperations"] == []
    assert [hint["code"] for hint in answer["hints"]] == ["short", "reason", "form"]


def test_where_it_is_busy_the_words_alone_answer(client, matcher, monkeypatch):
    monkeypatch.setattr(client.app.state.admission._rooms["ranking"], "_free", 0)
    monkeypatch.setattr(client.app.state.admission._rooms["ranking"], "_mean_s", 1.0)
    monkeypatch.setattr(matcher.text_model, "encode_queries", lambda *_: pytest.fail("encoded"))
    text = "Wir suchen Nachbarn für ein gemeinsames Kreisarchiv, höchstens 20 km"
    answer = client.post("/v1/suggestions", json={"text": text, "body": "05974008"}).json()
    assert answer["degraded"]
    assert answer["task_areas"] == []
    assert "archiv" in answer["similar_cooperations"][0]["title"].lower()
    assert [wish["code"] for wish in answer["understood"]["wishes"]] == ["max_distance_km"]
    assert client.post("/v1/suggestions", json={"text": ""}).json()["similar_cooperations"] == []
