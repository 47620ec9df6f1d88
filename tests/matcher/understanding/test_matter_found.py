from __future__ import annotations

import numpy as np
import pytest

import models
from data.dataset import TABLES
from data.matter_tables import read_matter_tables
from matcher.understanding.existing import find_existing
from matcher.understanding.matter_features import MatterReader
from matcher.understanding.matter_found import (
    GENERAL,
    NO_SUBJECT,
    PRIVATE,
    UNREADABLE,
    MatterFound,
    blend,
    find_matter,
)
from matcher.understanding.matter_texts import PAIR_NAMES, SIGN_NAMES
from models.is_matter import IsMatter
from models.matter_words import MatterWords
from models.same_matter import SameMatter


@pytest.fixture(scope="module")
def reader(matcher) -> MatterReader:
    tables = read_matter_tables(TABLES)
    known = matcher.knowledge.cooperations
    return MatterReader.of(
        known,
        [matcher.dataset.matters.of(c).code for c in known],
        matcher.text_model.encode_queries([c.title for c in known]),
        matcher.knowledge.reader.space,
        matcher.task_areas,
        MatterWords(tables.matters, tables.abbreviations),
    )


@pytest.fixture(scope="module")
def read(matcher, reader):
    def _read(text: str):
        gist = reader.gist(text)
        vectors = matcher.text_model.encode_queries([gist])
        return gist, vectors, reader.read([gist], vectors)

    return _read


@pytest.fixture(scope="module")
def found(read):
    model = IsMatter.load(models.ARTIFACTS)

    def _found(text: str) -> MatterFound:
        gist, vectors, reading = read(text)
        return find_matter(model, text, text, gist, vectors[0], reading, model.wording([gist]))

    return _found


@pytest.mark.parametrize(
    "text",
    [
        "Bauhof",
        "OZG",
        "wohngeldstele",
        "Guten Tag, wir möchten das Standesamt mit dem Nachbarort führen.",
        "Kläranlage",
        "Personal",
        "BHKW",
        "joint music school for two towns",
    ],
)
def test_terse_misspelt_and_foreign_matters_are_matters(found, text):
    assert found(text).is_matter
    assert found(text).hint is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Wo kann ich meinen Hund anmelden, bitte?", PRIVATE),
        ("Kooperation gesucht", NO_SUBJECT),
        ("hjkl vbnm hjkl", UNREADABLE),
        ("asdf", UNREADABLE),
        ("Wettervorhersage für morgen", GENERAL),
    ],
)
def test_what_is_none_gets_a_sentence_and_a_question(found, text, hint):
    assert not found(text).is_matter
    assert found(text).hint == hint
    assert hint.endswith("?")


def test_where_there_may_be_no_matter_partners_are_less_likely():
    chances = np.array([0.8, 0.4], np.float32)
    assert blend(chances, MatterFound(True, 0.5, None)).tolist() == pytest.approx([0.4, 0.2])


def test_numbers_stand_in_the_order_of_their_names(read, reader):
    _, _, reading = read("Vollstreckung gemeinsam")
    count = len(reader.columns)
    assert reading.pairs.shape == (1, count, len(PAIR_NAMES))
    assert reading.signs.shape == (1, len(SIGN_NAMES))
    assert np.isfinite(reading.pairs).all()
    assert reading.pairs[0, :, PAIR_NAMES.index("behind_nearest")].max() == 0
    assert reading.signs[0, SIGN_NAMES.index("says_we")] == 1
    assert reading.signs[0, SIGN_NAMES.index("says_i")] == 0


def test_a_member_is_told_of_its_cooperation_in_other_words(read, matcher):
    _, _, reading = read(
        "Unsere ausstehenden Forderungen treibt niemand ein, Pfändungen bleiben liegen"
    )
    known = matcher.knowledge.cooperations
    index = next(i for i, c in enumerate(known) if c.title.startswith("Vollstreckung Detmold"))
    own = np.arange(len(known)) == index
    model = SameMatter.load(models.ARTIFACTS)
    told = find_existing(
        model, reading.pairs[0], known, own, np.zeros(len(known), bool).__getitem__
    )
    assert [e.index for e in told] == [index]
    _, _, other = read("Klavierunterricht für Kinder in beiden Orten")
    assert (
        find_existing(model, other.pairs[0], known, own, np.zeros(len(known), bool).__getitem__)
        == ()
    )


def test_a_known_request_is_not_compared_with_itself(matcher, reader):
    text = matcher.knowledge.cooperations[0].request
    vectors = matcher.text_model.encode_queries([text])
    plain = reader.read([text], vectors).signs
    masked = reader.read([text], vectors, known=np.array([0])).signs
    column = SIGN_NAMES.index("meaning_request")
    assert plain[0, column] == pytest.approx(1, abs=1e-4)
    assert masked[0, column] < 0.95
