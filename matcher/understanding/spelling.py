"""Typing errors in the words that rules speak of: a misspelt word is read as the word meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct, field, structs
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.understanding.tokens import Token

SHORTEST = 3
_LONG, _VERY_LONG = 5, 9  # letters from which one and two errors are forgiven
# Of shorter words swapped neighbours are ("onhe"), a key hit beside the right one ("nir") and, of
# five letters, one that is missing ("Kres"): all else makes another word of them.
_KEYS = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
BESIDE = frozenset(
    pair for row in _KEYS for one, other in pairwise(row) for pair in ((one, other), (other, one))
)
_BEHEADED = 6  # letters of a word from which its first one may be missing or another
_DOUBLED = re.compile(r"(.)\1+")
_MOST_REMEMBERED = 20_000


class Spelling(Struct, frozen=True):
    """Reads misspelt words.

    Attributes
    ----------
    meant
        Words that a misspelt one may mean, by first letter: typing rarely misses the first.
    once
        Of each of them with doubled letters once -> the word.
    beheaded
        Of each long one without its first letter -> the word.
    right
        All words that are spelt right and stay as they are.
    remembered
        Answers given before.
    """

    meant: dict[str, list[str]]
    once: dict[str, str]
    beheaded: dict[str, str]
    right: frozenset[str]
    remembered: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, vocabulary: Iterable[str], right: Collection[str]) -> Spelling:
        """Make it from the words that rules speak of and others that are spelt right."""
        meant: dict[str, list[str]] = {}
        for word in sorted(set(vocabulary)):
            if len(word) >= SHORTEST and word.isalpha():
                meant.setdefault(word[0], []).append(word)
        known = frozenset(word for words in meant.values() for word in words)
        once = {_once(word): word for word in sorted(known)}
        beheaded = {word[1:]: word for word in sorted(known) if len(word) >= _BEHEADED}
        return cls(meant, once, beheaded, known | frozenset(right))

    def correct(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """Return the tokens, each misspelt one with the norm of the word meant."""
        return tuple(
            structs.replace(token, norm=norm)
            if token.is_word
            and not (token.text.isupper() and len(token.text) < _LONG)  # an abbreviation
            and (norm := self.word(token.norm)) != token.norm
            else token
            for token in tokens
        )

    def word(self, word: str) -> str:
        """Return the word meant: the same where it is spelt right, or near to none or to several.

        One error is a letter missing, added, changed, or swapped with the next one (optimal string
        alignment).
        """
        if word in self.right or len(word) < SHORTEST:
            return word
        found = self.remembered.get(word)
        if found is None:
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            found = self.remembered[word] = self._nearest(word)
        return found

    def _nearest(self, word: str) -> str:
        once = _once(word)
        if once != word and once in self.once:
            return self.once[once]
        found = self._alike(word) or (self._alike(once) if len(once) >= _LONG else None)
        return found or self.beheaded.get(word) or self.beheaded.get(word[1:]) or word

    def _alike(self, word: str) -> str | None:
        """Return the word that is fewest errors away, the one with the same letters first."""
        once = _once(word)
        # The first two letters are swapped at times, the first one is rarely missed.
        words = [w for letter in dict.fromkeys(word[:2]) for w in self.meant.get(letter, ())]
        found = process.extract(
            word, words, scorer=OSA.distance, score_cutoff=_allowed(word), limit=None
        )
        near = [
            (known, away)
            for known, away, _ in found
            if _forgiven(word, known, int(away))
            and (known[0] == word[0] or known[:2] == word[1::-1])
        ]
        least = min((away for _, away in near), default=None)
        nearest = [known for known, away in near if away == least]
        return min(
            nearest,
            key=lambda known: (_once(known) != once, abs(len(known) - len(word)), known),
            default=None,
        )


def _once(word: str) -> str:
    """Return a word with doubled letters once: to type one twice is a common slip."""
    return _DOUBLED.sub(r"\1", word)


def _allowed(word: str) -> int:
    return 2 if len(word) >= _VERY_LONG - 1 else 1


def _forgiven(word: str, known: str, away: int) -> bool:
    shorter = min(len(word), len(known))
    if shorter < _LONG:
        if len(word) == len(known):
            changed = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
            return sorted(word) == sorted(known) or (len(changed) == 1 and changed[0] in BESIDE)
        return away == 1 and len(word) == _LONG - 1 and len(known) == _LONG
    return away <= (2 if len(known) >= _VERY_LONG else 1)
