"""The same search again is answered from memory, with an identifier of its own."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from service.matching.answers import Answers
from service.matching.schemas import MatchAsked, MatchesAnswer

ASKED = {"body": "05974008", "description": "Das Kreisarchiv und ein Stadtarchiv zusammenlegen"}
TODAY = date(2026, 11, 26)


@pytest.fixture
def encoded(matcher, monkeypatch):
    """The texts that reached the text model."""
    texts: list[str] = []
    real = matcher.text_model._model.encode
    monkeypatch.setattr(
        matcher.text_model._model,
        "encode",
        lambda batch, **options: texts.extend(batch) or real(batch, **options),
    )
    return texts


def test_a_new_text_is_encoded_once_and_a_seen_one_never(client, encoded):
    asked = ASKED | {"description": "Ein gemeinsames Archiv für drei Städte, noch nie gefragt"}
    first = client.post("/v1/matches", json=asked)
    assert len(encoded) == 1
    again = client.post("/v1/matches", json=asked)
    elsewhere = client.post("/v1/matches", json=asked | {"limit": 3})
    assert len(encoded) == 1
    assert elsewhere.json()["matches"] == first.json()["matches"][:3]
    assert first.json()["request_id"] != again.json()["request_id"]
    assert {**first.json(), "request_id": ""} == {**again.json(), "request_id": ""}


def test_a_remembered_answer_bears_the_identifier_of_its_request(client):
    for number in (1, 2):
        answer = client.post("/v1/matches", json=ASKED)
        assert answer.json()["request_id"] == answer.headers["x-request-id"], number


def test_it_is_compressed_for_who_reads_that(client):
    plain = client.post("/v1/matches", json=ASKED, headers={"Accept-Encoding": "identity"})
    small = client.post("/v1/matches", json=ASKED, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"].count("Accept-Encoding") == 1
    assert int(small.headers["content-length"]) == pytest.approx(
        len(gzip.compress(small.content, 1)), rel=0.05
    )
    assert plain.json()["matches"] == small.json()["matches"]


def test_another_day_is_another_question():
    made: list[str] = []

    def make() -> MatchesAnswer:
        made.append("")
        return MatchesAnswer.model_construct(request_id="")

    answers, asked = Answers.none_yet(), MatchAsked(**ASKED)
    for day in (TODAY, TODAY, TODAY.replace(day=27)):
        assert json.loads(answers.json(asked, day, 'a"b', make))["request_id"] == 'a"b'
    assert len(made) == 2


def test_the_oldest_answers_are_forgotten_first(monkeypatch):
    answer = MatchesAnswer.model_construct(request_id="", data_version="x" * 100)
    monkeypatch.setattr("service.matching.answers._MOST_BYTES", 300)
    answers, made = Answers.none_yet(), []
    for limit in (1, 2, 3, 3, 1):
        asked = MatchAsked(**ASKED, limit=limit)
        answers.json(asked, TODAY, "", lambda limit=limit: made.append(limit) or answer)
    assert made == [1, 2, 3, 1]
