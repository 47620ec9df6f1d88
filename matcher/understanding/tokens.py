"""A text as tokens with exact places: words, numbers and punctuation marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from matcher.understanding.pasted import JOINT, LETTER, TAG, joined, parts


def words(listed: str) -> frozenset[str]:
    """Return the words of a list that is written as one string."""
    return frozenset(listed.split())


# 15.000 and 10 000 are one number; a hyphen parts words, as officials write it both ways.
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+(?:,\d+)?)"
    rf"|(?P<word>{LETTER}+(?:{JOINT}{LETTER}+)*(?:['’][^\W\d_]+)?)"
    rf"|(?P<tag>{TAG})"
    r"|(?P<mark>[.,;:!?()/<>≤≥–—\n&+✔✓✅☑✘✗❌✖-])"
)
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_JOINERS = frozenset("-/")
_TICKED = {**dict.fromkeys("✔✓✅☑", "✔"), **dict.fromkeys("✘✗❌✖", "✘")}
TICKS = frozenset(_TICKED.values())
"""Norms of marks that say yes and no."""
_STOPS = frozenset(".;:!?\n")
_MARKS = frozenset({"mark", "tag"})
# A full stop behind these ends no sentence.
_ABBREVIATIONS = words(
    "berg max min mind ca bzw ggf inkl exkl tsd mio st a d i e z b u f v o gem ausschl ev evtl "
    "etwa usw einw ew nr kr krfr kfr westf rhld pr westfl lkr reg bez km zzt vgl sog insb "
    "mittl gr kl s krs vg lk kreisfr kreisang kreisangeh angr kooppartner koop umkr entf kom gemd "
    "nachbargem ausserh innerh"
)


class Token(Struct, frozen=True):
    """One token of a text.

    Attributes
    ----------
    text, start, end
        As written, and where: `source[start:end] == text`.
    norm
        Lower case without umlauts: "Übach" -> "uebach".
    is_word, is_number
        Neither for a punctuation mark.
    glued
        Whether a hyphen or slash without space binds it to the token before it.
    opens
        Whether it is the first word of a sentence, where every word has a capital letter.
    """

    text: str
    norm: str
    start: int
    end: int
    is_word: bool
    is_number: bool
    glued: bool
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def stops(self) -> bool:
        """Whether it ends a sentence or a line."""
        return self.norm == "stop"


@lru_cache(maxsize=20_000)
def normalize_word(word: str) -> str:
    """Return a word in plain lower-case letters: "Straße" -> "strasse", "Café" -> "cafe"."""
    word = word if word.isalpha() else joined(word)
    plain = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into tokens.

    A hyphen or slash inside a word is no token: the parts are, the second one `glued`. Marks that
    end a sentence have the norm "stop", other marks stand for themselves. HTML tags are no tokens,
    but for those that begin or end a block: they end a sentence.
    """
    tokens: list[Token] = []
    opens = True
    glue = False
    for found in _TOKEN.finditer(text):
        written, kind = found.group(), found.lastgroup
        start, end = found.span()
        if kind == "tag" and not parts(written):
            continue
        if kind not in _MARKS:
            is_word = kind == "word"
            norm = normalize_word(written)
            tokens.append(Token(written, norm, start, end, is_word, not is_word, glue, opens))
            opens, glue = False, False
            continue
        if written in _JOINERS and _inside_word(text, start, end):
            glue = True
            continue
        if written == "." and _abbreviates(tokens, start, text[end : end + 2]):
            continue
        stops = kind == "tag" or written in _STOPS
        norm = "stop" if stops else _TICKED.get(written, written)
        tokens.append(Token(written, norm, start, end, False, False, False, False))
        opens = opens or norm == "stop"
    return tuple(tokens)


def _inside_word(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()


def _abbreviates(tokens: list[Token], start: int, following: str) -> bool:
    """Tell whether a full stop belongs to an abbreviation or an ordinal number."""
    if not tokens or tokens[-1].end != start:
        return False
    last = tokens[-1]
    if last.is_number:
        return following.strip() != "" and not following.strip()[0].isupper() and len(last.text) < 3
    if last.norm == "km" or last.norm in {"ew", "s"}:
        return following[:1] != "" and not following.strip()[:1].isupper()
    return last.norm in _ABBREVIATIONS or (len(last.text) == 1 and last.text.islower())
