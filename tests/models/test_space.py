from __future__ import annotations

import numpy as np
import pytest

from models import TextSpace, likeness
from models.space import GIST_CHARACTERS

TEXTS = ["Archiv der Stadt", "Archiv im Kreis", "Hallenbad sanieren", "Freibad und Hallenbad"]


@pytest.fixture(scope="module")
def space():
    vectors = np.random.default_rng(3).normal(size=(4, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return TextSpace.fit(vectors, vectors[::-1].copy(), TEXTS, TEXTS[::-1]), vectors


def test_a_known_request_is_most_like_itself(space):
    fitted, vectors = space
    meaning, wording = fitted.compare(vectors, TEXTS)
    assert meaning.shape == wording.shape == (4, 8)
    assert np.allclose(np.diag(meaning[:, :4]), 1, atol=1e-5)
    assert np.allclose(np.diag(wording[:, :4]), 1, atol=1e-5)
    assert (likeness(meaning, wording)[:, :4].argmax(axis=1) == np.arange(4)).all()


def test_new_and_known_texts_are_compared_alike(space):
    fitted, vectors = space
    meaning, wording = fitted.compare(vectors, TEXTS)
    known_meaning, known_wording = fitted.compare_known()
    assert np.allclose(meaning, known_meaning[:4], atol=1e-5)
    assert np.allclose(wording, known_wording[:4], atol=1e-5)


def test_wording_is_shared_ngrams(space):
    fitted, vectors = space
    _, wording = fitted.compare(vectors, TEXTS)
    assert wording[0, 1] > wording[0, 2]
    assert wording[2, 3] > wording[2, 0]


def test_likeness_is_a_weighted_mean():
    one, zero = np.ones((1, 2), np.float32), np.zeros((1, 2), np.float32)
    assert likeness(one, zero)[0, 0] == pytest.approx(33 / 43)
    assert likeness(one, one)[0, 1] == pytest.approx(1)


def test_of_a_long_text_the_telling_sentences_are_read(space):
    fitted, _ = space
    filler = [f"Nummer {i} wird zu gegebener Zeit von uns beantwortet." for i in range(40)]
    letter = " ".join([*filler[:20], "Das Hallenbad sanieren.", *filler[20:]])
    gist = fitted.gist(letter)
    assert "Das Hallenbad sanieren." in gist
    assert len(gist.replace(" ", "")) <= GIST_CHARACTERS  # the spaces between do not count
    assert gist == fitted.gist(letter + "\n\n" + letter)


def test_a_short_text_is_read_whole_and_capitals_as_small_letters(space):
    fitted, _ = space
    assert fitted.gist("Das Archiv der Stadt, IT") == "Das Archiv der Stadt, IT"
    assert fitted.gist("DAS ARCHIV DER STÄDTE 2") == "das archiv der städte 2"


def test_a_text_without_sentences_is_cut_into_pieces(space):
    fitted, _ = space
    for text in ("x" * 5_000, "wort " * 2_000, "\n" * 5_000 + "Archiv", "ab\n" * 3_000):
        assert 0 < len(fitted.gist(text).replace(" ", "")) <= GIST_CHARACTERS
