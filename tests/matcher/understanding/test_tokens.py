from __future__ import annotations

import pytest

from matcher.understanding.tokens import tokenize


def test_tokens_stand_where_they_say():
    text = "Übach-Palenberg, max. 15.000 EW (Stand: 2024)!"
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("Mülheim a.d. Ruhr", ["muelheim", "a", "d", "ruhr"]),
        ("max. 20 km", ["max", "20", "km"]),
        ("unter 15.000 EW", ["unter", "15.000", "ew"]),
        ("10 000 Einwohner", ["10 000", "einwohner"]),
        ("St. Augustin", ["st", "augustin"]),
        ("Bauhof. Archiv", ["bauhof", "stop", "archiv"]),
    ],
)
def test_abbreviations_and_numbers_stay_whole(text, norms):
    assert [token.norm for token in tokenize(text)] == norms


def test_a_hyphen_binds_what_is_written_as_one_word():
    assert [token.glued for token in tokenize("Nachrodt-Wiblingwerde - Altena")] == [
        False,
        True,
        False,
        False,
    ]
