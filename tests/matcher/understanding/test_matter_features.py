"""Numbers for each pair are those of the plain formulas, however they are computed."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.understanding.matter_texts import PAIR_NAMES, SIGN_NAMES
from models import likeness
from models.matter_words import NAMED

TEXTS = [
    "Gemeinsames Standesamt mit Werl",
    "Wir suchen Partner für die Volkshochschule und das Archiv",
    "Etwas ganz anderes",
]


@pytest.fixture(scope="module")
def reader(matcher):
    return matcher.interpreter.learned.reader


@pytest.fixture(scope="module")
def vectors(matcher):
    return np.stack([matcher.text_model.encode_queries([text])[0] for text in TEXTS])


@pytest.fixture(scope="module")
def read(reader, vectors):
    return reader.read(TEXTS, vectors)


@pytest.fixture(scope="module")
def pair(read):
    return {name: read.pairs[..., place] for place, name in enumerate(PAIR_NAMES)}


def test_texts_read_together_say_what_each_says_alone(reader, vectors, read):
    for row, text in enumerate(TEXTS):
        alone = reader.read([text], vectors[row : row + 1])
        for name in ("pairs", "signs", "meaning", "wording", "shares"):
            together = getattr(read, name)[row]
            assert getattr(alone, name)[0] == pytest.approx(together, abs=1e-5), name


def test_texts_are_compared_as_the_space_does(reader, vectors, read, pair, matcher):
    meaning, wording = reader.space.compare(vectors, TEXTS)
    assert read.meaning == pytest.approx(meaning, abs=1e-6)
    assert read.wording == pytest.approx(wording, abs=1e-6)
    count = len(matcher.dataset.cooperations)
    assert pair["wording_request"] == pytest.approx(wording[:, :count], abs=1e-6)
    assert pair["meaning_description"] == pytest.approx(meaning[:, count:], abs=1e-6)
    titles = reader.space.words.rows([c.title for c in matcher.dataset.cooperations])
    by_title = (reader.space.words.rows(TEXTS) @ titles.T).toarray()
    assert pair["wording_title"] == pytest.approx(by_title, abs=1e-6)


def test_of_three_texts_the_mean_and_the_nearest_count(pair):
    three = [
        np.stack([pair[f"{kind}_{text}"] for text in ("request", "description", "title")])
        for kind in ("meaning", "wording")
    ]
    assert np.array_equal(pair["meaning_best"], three[0].max(axis=0))
    assert np.array_equal(pair["wording_best"], three[1].max(axis=0))
    alike = likeness(three[0].mean(axis=0), three[1].mean(axis=0))
    behind = alike - alike.max(axis=1, keepdims=True)
    assert pair["behind_nearest"] == pytest.approx(behind, abs=1e-6)


def test_what_is_named_is_shared_as_far_as_both_name_it(reader, pair):
    asked = reader.words.score(TEXTS)
    weighed = asked * reader.rarity
    length = np.linalg.norm(weighed, axis=1, keepdims=True)
    share = weighed @ np.minimum(reader.named, 1.3) / (weighed.sum(axis=1, keepdims=True) + 0.5)
    assert pair["named_share"] == pytest.approx(share, abs=1e-6)
    cosine = weighed @ reader.weighed / ((length + 0.5) * (reader.weight + 0.5))
    assert pair["named_cosine"] == pytest.approx(cosine, abs=1e-6)
    worth = (np.minimum(asked, 1) * reader.rarity)[:, :, None]
    there = np.minimum(reader.named, 1)
    assert pair["named_best"] == pytest.approx((worth * there).max(axis=1), abs=1e-6)
    assert pair["named_missing"] == pytest.approx((worth * (1 - there)).max(axis=1), abs=1e-6)
    named = (asked >= NAMED).any(axis=1, keepdims=True)
    assert np.array_equal(pair["names_any"], np.broadcast_to(named, share.shape))
    assert np.array_equal(pair["meaning_unnamed"], ~named * pair["meaning_request"])


def test_signs_tell_the_nearest_and_the_ten_nearest(read):
    signs = dict(zip(SIGN_NAMES, read.signs.T, strict=True))
    request, description = np.split(read.meaning, 2, axis=1)
    assert np.array_equal(signs["meaning_request"], request.max(axis=1))
    ten = np.sort(description, axis=1)[:, -10:].mean(axis=1)
    assert signs["ten_descriptions"] == pytest.approx(ten, abs=1e-6)
