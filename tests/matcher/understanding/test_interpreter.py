"""A text in, all that it says out; without a text model what needs none."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec import structs

from data import TaskArea
from matcher.understanding.interpreter import without_denied

SOEST = "05974040"
TEXT = "Gemeinsames Standesamt mit Werl, Partner außerhalb unseres Kreises"


@pytest.fixture
def read(matcher):
    def of(text: str, interpreter=matcher.interpreter, searcher=SOEST):
        partners = interpreter.partners(text, searcher)
        gist = interpreter.gist(text, partners)
        vector = None
        if interpreter.learned is not None:
            vector = matcher.text_model.encode_queries([gist])[0]
        return interpreter.read(text, partners, gist, vector)

    return of


@pytest.fixture
def without_model(matcher):
    return structs.replace(matcher.interpreter, learned=None)


def test_all_that_a_text_says(read, matcher):
    reading = read(TEXT)
    assert [wish.code for wish in reading.partners.wishes] == ["own_district"]
    assert [body.name for body in reading.partners.named] == ["Werl"]
    assert reading.matter.is_matter
    assert 0.5 < reading.matter.probability <= 1
    assert reading.task.task_area is TaskArea.STANDESAMT
    assert reading.compared.pairs.shape[:2] == (1, len(matcher.dataset.cooperations))


def test_without_a_text_model_matters_are_not_judged(read, without_model):
    reading = read(TEXT, without_model)
    assert [wish.code for wish in reading.partners.wishes] == ["own_district"]
    assert [body.name for body in reading.partners.named] == ["Werl"]
    assert (reading.matter.is_matter, reading.matter.probability) == (True, None)
    assert reading.compared is None
    assert read("asdf jkl", without_model).matter.is_matter


def test_without_a_searcher_nothing_is_said_of_partners(read):
    reading = read(TEXT, searcher=None)
    assert (reading.partners.wishes, reading.partners.named) == ((), ())
    assert reading.matter.is_matter


def test_nonsense_is_no_matter_and_asks(read):
    reading = read("asdf jkl qwertz")
    assert not reading.matter.is_matter
    assert reading.matter.hint.endswith("?")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Wir suchen für das Archiv Partner außerhalb unseres Kreises.", "unseres Kreises"),
        ("Archiv. Der Kreis soll nicht beteiligt sein.", "Kreis"),
    ],
)
def test_what_is_not_wanted_is_not_taken_for_the_matter(matcher, text, left):
    gist = without_denied(text, matcher.interpreter.partners(text, SOEST))
    assert "Archiv" in gist
    assert left not in gist


@pytest.mark.parametrize(
    "text", ["Archiv, höchstens 20 km entfernt", "Ohne den Kreis", "Archiv mit dem Kreis"]
)
def test_what_is_wanted_stays_and_so_does_a_text_of_nothing_else(matcher, text):
    partners = matcher.interpreter.partners(text, SOEST)
    assert partners.wishes or partners.named
    assert without_denied(text, partners) == text


def test_a_sentence_about_partners_alone_is_not_taken_for_the_matter(matcher):
    text = "Wir bauen ein Archiv auf. Die Partner sollen höchstens 20 km entfernt sein."
    partners = matcher.interpreter.partners(text, SOEST)
    assert [wish.code for wish in partners.wishes] == ["max_distance_km"]
    assert without_denied(text, partners) == "Wir bauen ein Archiv auf."


def test_a_gist_is_the_same_for_a_text_without_wishes(matcher):
    text = "Wir möchten ein gemeinsames Archiv einrichten"
    partners = matcher.interpreter.partners(text, SOEST)
    assert matcher.interpreter.gist(text, partners) == matcher.interpreter.learned.reader.gist(text)
    vectors = matcher.text_model.encode_queries([text])
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)


def test_words_that_were_read_before_say_the_same(matcher):
    interpreter = matcher.interpreter
    partners = interpreter.partners(TEXT, SOEST)
    gist = interpreter.gist(TEXT, partners)
    vector = matcher.text_model.encode_queries([gist])[0]
    at_once = interpreter.read(TEXT, partners, gist, vector)
    beside = interpreter.read(TEXT, partners, gist, vector, interpreter.words(TEXT, gist))
    assert (beside.matter, beside.task) == (at_once.matter, at_once.task)
    assert np.array_equal(beside.compared.pairs, at_once.compared.pairs)
