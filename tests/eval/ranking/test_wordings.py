"""Values worked out by hand, and what must hold for every request."""

from __future__ import annotations

import re

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from data import Cooperation
from data.cooperations import read_cooperations
from data.dataset import TABLES
from eval.ranking import wordings
from eval.ranking.wordings import WORDINGS, english

SWEEPER = "Neue Kehrmaschine nötig, Auslastung allein keine fünfzig Prozent. Welche Nachbarkommune kauft mit?"
GERMAN = frozenset(
    """
    aber auch auf aus bei dass dem den der des die ein eine einen einer für ist mit möchten nach
    nicht oder sich sind suchen und uns unser unsere von werden wir wird wollen zu zum zur
    """.split()  # noqa: SIM905 - a block of words reads better than quoted ones
)


@pytest.fixture(scope="module")
def cooperations() -> list[Cooperation]:
    return read_cooperations(TABLES / "cooperations.jsonl")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first eight words", "Neue Kehrmaschine nötig, Auslastung allein keine fünfzig Prozent."),
        ("keywords", "Neue Kehrmaschine nötig Auslastung fünfzig Prozent Nachbarkommune kauft"),
        (
            "upper case",
            "NEUE KEHRMASCHINE NÖTIG, AUSLASTUNG ALLEIN KEINE FÜNFZIG PROZENT. WELCHE NACHBARKOMMUNE KAUFT MIT?",
        ),
    ],
)
def test_hand_checked_values(name: str, expected: str) -> None:
    assert WORDINGS[name](SWEEPER, 0) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir suchen eine Stadt mit Musikschule.", "Stadt Musikschule"),
        ("Wir möchten Restmüll und Papier über den Kreis bündeln", "Restmüll Papier Kreis bündeln"),
        (
            "a b c d Eins Zwei Drei Vier Fünf Sechs Sieben Acht Neun",
            "Eins Zwei Drei Vier Fünf Sechs Sieben Acht",
        ),
        ("Aachen-Süd, IT!", "Aachen-Süd IT"),
        ("", ""),
    ],
)
def test_keywords_prefer_nouns_and_keep_their_order(text: str, expected: str) -> None:
    assert WORDINGS["keywords"](text, 0) == expected


@pytest.mark.parametrize(
    ("letter", "following", "expected"),
    [
        ("z", "u", {("", 1), ("zz", 1), ("uz", 2), ("t", 1), ("u", 1)}),
        ("y", "", {("", 1), ("yy", 1), ("x", 1)}),
        ("Ö", "l", {("", 1), ("ÖÖ", 1), ("lÖ", 2), ("O", 1), ("L", 1), ("Ä", 1)}),
        ("m", "m", {("", 1), ("mm", 1), ("n", 1)}),
        ("ß", " ", {("", 1), ("ßß", 1)}),
    ],
)
def test_errors_of_a_german_keyboard(
    letter: str, following: str, expected: set[tuple[str, int]]
) -> None:
    kinds = wordings._errors(letter, following)
    assert {error for kind in kinds for error in kind} == expected
    assert len(kinds) == len(expected) - (len(kinds[-1]) - 1)


def test_about_one_error_in_twelve_letters(cooperations: list[Cooperation]) -> None:
    errors = letters = 0
    for seed, cooperation in enumerate(cooperations[:200]):
        typed = WORDINGS["typing errors"](cooperation.request, seed)
        errors += OSA.distance(cooperation.request, typed)
        letters += sum(letter.isalpha() for letter in cooperation.request)
    assert 1 / 14 < errors / letters < 1 / 11


def test_first_letter_is_never_mistyped() -> None:
    typed = {WORDINGS["typing errors"]("„Wald“", seed) for seed in range(300)}
    assert len(typed) > 5
    assert all(text.startswith("„W") for text in typed)


def test_errors_depend_on_the_seed_alone() -> None:
    first = WORDINGS["typing errors"](SWEEPER, 1)
    assert first == WORDINGS["typing errors"](SWEEPER, 1)
    assert first != WORDINGS["typing errors"](SWEEPER, 2)


@pytest.mark.parametrize("name", sorted(WORDINGS))
def test_same_text_and_seed_give_the_same(name: str, cooperations: list[Cooperation]) -> None:
    for cooperation in cooperations[:20]:
        assert WORDINGS[name](cooperation.request, 3) == WORDINGS[name](cooperation.request, 3)


def test_short_wordings_have_at_most_eight_words(cooperations: list[Cooperation]) -> None:
    for cooperation in cooperations:
        assert len(WORDINGS["first eight words"](cooperation.request, 0).split()) <= 8
        assert 1 <= len(WORDINGS["keywords"](cooperation.request, 0).split()) <= 8


def test_very_long_stays_within_what_the_service_takes(cooperations: list[Cooperation]) -> None:
    for cooperation in cooperations:
        text = WORDINGS["very long"](cooperation.request, 0)
        assert text.startswith(cooperation.request + "\n\nFür Rückfragen")
        assert text.endswith(".")
        assert 6_000 < len(text) <= 10_000


def test_english_is_the_sample_it_claims_to_be(cooperations: list[Cooperation]) -> None:
    identifiers = sorted(cooperation.id for cooperation in cooperations)
    drawn = np.random.default_rng(20_261).choice(identifiers, 80, replace=False)
    assert list(english(cooperations)) == sorted(drawn.tolist())


def test_english_of_some_only_names_these(cooperations: list[Cooperation]) -> None:
    (sweeper,) = (c for c in cooperations if c.id == "c0397")
    assert english([sweeper]) == {
        "c0397": "New road sweeper needed, on our own not even fifty percent utilised. Which "
        "neighbouring municipality will buy it with us?"
    }
    assert english([]) == {}


def test_english_has_no_german_words(cooperations: list[Cooperation]) -> None:
    requests = {cooperation.id: cooperation.request for cooperation in cooperations}
    for identifier, text in english(cooperations).items():
        assert not GERMAN & set(re.findall(r"\w+", text.lower())), identifier
        assert not re.search("[äöüß]", text), identifier
        assert 0.6 < len(text) / len(requests[identifier]) < 1.6, identifier
