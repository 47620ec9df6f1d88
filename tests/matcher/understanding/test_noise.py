from __future__ import annotations

import pytest

from matcher.understanding.noise import is_noise


@pytest.mark.parametrize("text", ["asdf", "Asdf", "qwertz", "yxcv", "aaaa", "dfgh jklk", "bcdfg"])
def test_letters_without_meaning_are_noise(text):
    assert is_noise(text)


@pytest.mark.parametrize(
    "text", ["Archiv", "BHKW", "bhkw", "StVG", "IT", "Archiv asdf", "ÖPNV", "", "12"]
)
def test_words_and_abbreviations_are_none(text):
    assert not is_noise(text)
