"""A text is read once for the same searcher, and says the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from data import TaskArea
from matcher.texts import TextReader

TEXT = "Wir möchten ein gemeinsames Archiv, aber ohne den Kreis"


@pytest.fixture
def encoded() -> list[str]:
    return []


@pytest.fixture
def reader(matcher, encoded) -> TextReader:
    """A reader whose text model notes what it encodes."""

    class Noting:
        def encode_queries(self, texts):
            encoded.extend(texts)
            return matcher.text_model.encode_queries(texts)

    areas = tuple(TaskArea.parse(area) for area in matcher.task_areas.areas)
    return TextReader(matcher.interpreter, matcher.knowledge, Noting(), areas)


def test_who_asks_again_is_not_read_again(reader, encoded):
    first = reader.read(TEXT, "05974008")
    assert reader.read(TEXT, "05974008") is first
    assert len(encoded) == 1


def test_wishes_are_told_to_a_searcher_alone(reader):
    assert reader.read(TEXT, "05974008").reading.partners.wishes
    assert reader.read(TEXT, None).reading.partners.wishes == ()


def test_the_likeliest_area_comes_first(reader):
    guesses = reader.guesses(reader.read(TEXT, "05974008").reading)
    assert guesses[0].area is TaskArea.ARCHIV
    assert [g.probability for g in guesses] == sorted(
        (g.probability for g in guesses), reverse=True
    )


def test_without_a_text_model_there_is_no_matter(reader, matcher):
    blind = TextReader(matcher.interpreter, matcher.knowledge, None, reader.areas)
    read = blind.read(TEXT, "05974008")
    assert read.matter is None
    assert blind.guesses(read.reading) == ()


def test_texts_read_side_by_side_say_what_each_says_alone(reader, matcher):
    texts = [f"{TEXT}, {added}" for added in ("dringend", "bis 20 km", "mit Werl", "OZG")]
    with ThreadPoolExecutor(len(texts)) as several:
        beside = list(several.map(lambda text: reader.read(text, "05974008"), texts))
    model, interpreter = matcher.text_model, matcher.interpreter
    for text, found in zip(texts, beside, strict=True):
        partners = interpreter.partners(text, "05974008")
        gist = interpreter.gist(text, partners)
        alone = interpreter.read(text, partners, gist, model.encode_queries([gist])[0])
        assert found.reading.matter == alone.matter
        assert found.reading.partners == alone.partners
        assert np.array_equal(found.reading.compared.pairs, alone.compared.pairs)
