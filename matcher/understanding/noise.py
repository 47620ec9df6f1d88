"""Letters without meaning: runs along the keyboard ("asdf") and strings of consonants."""

from __future__ import annotations

import re
from itertools import pairwise

from matcher.understanding.spelling import BESIDE

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters: three neighbours on the keyboard may be a word or an abbreviation
_CONSONANTS = 5  # fewer may be an abbreviation ("bhkw")
_VOWEL = re.compile(r"[aeiouyäöü]")


def is_noise(text: str) -> bool:
    """Tell whether a text has words and each is a string of letters without meaning.

    A string of consonants counts in small letters alone: in capital ones it is an abbreviation. A
    run that is a word too ("wert") is one to those who know words: ask only of unknown ones.

    Examples
    --------
    >>> is_noise("asdf"), is_noise("BHKW"), is_noise("Archiv asdf")
    (True, False, False)
    """
    words = _WORD.findall(text)
    return bool(words) and all(_is_noise(word) for word in words)


def _is_noise(word: str) -> bool:
    small = word.lower()
    if len(small) < _SHORTEST:
        return False
    along = all(one == other or (one, other) in BESIDE for one, other in pairwise(small))
    consonants = len(small) >= _CONSONANTS and word[1:].islower() and not _VOWEL.search(small)
    return along or consonants
