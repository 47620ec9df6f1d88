"""Which matters a text names, by the words of the trade; abbreviations are spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from data.matter_tables import Abbreviation, MatterName

Floats = npt.NDArray[np.float32]
Word = tuple[str, int, int]  # pattern, place of its matter, 1 for a weak one

NAMED = 0.7  # a matter with this score or more counts as named
_FIRST, _MORE, _WEAK, _ONE_WEAK, _MOST = 1.0, 0.25, 0.35, 0.2, 1.5
# A short word would turn up inside others ("iga" in "Brigade"): up to four letters it stands alone,
# up to six it begins a word, longer ones may stand anywhere ("Feuerwehrfahrzeug").
_ALONE, _BEGINS = 4, 6
_PART = re.compile(r"\w+")
_BEGINNING = 4  # letters, of which a word alone has two, as it stands between spaces
_SHORT_TEXT = 6  # letters: who types "ozg" means the abbreviation, whatever the case


class MatterWords:
    """Finds matters and abbreviations in texts.

    Parameters
    ----------
    matters, abbreviations
        Tables of the trade.

    Examples
    --------
    >>> words = MatterWords(tables.matters, tables.abbreviations)
    >>> words.spell_out("RPA gesucht")
    'RPA gesucht (Rechnungsprüfungsamt, örtliche Rechnungsprüfung)'
    """

    def __init__(
        self, matters: Sequence[MatterName], abbreviations: Sequence[Abbreviation]
    ) -> None:
        self.matters = tuple(matters)
        places = enumerate(self.matters)
        self._patterns = _by_beginning(
            [
                (_pattern(word), matter, weak)
                for matter, m in places
                for weak, listed in enumerate((m.words, m.weak_words))
                for word in listed
            ]
        )
        self._exact = {a.term: a.meaning for a in abbreviations}
        self._folded = {a.term.casefold(): a.meaning for a in abbreviations}
        terms = sorted((re.escape(a.term) for a in abbreviations), key=len, reverse=True)
        joined = "|".join(terms) or "(?!)"
        self._terms = re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
        self._first_parts = {part[0] for term in self._folded if (part := _PART.search(term))}

    def score(self, texts: Sequence[str]) -> Floats:
        """Return how clearly each text names each matter, (m, matters), 0 … 1.5.

        A word of the matter counts 1, each further one 0.25; two weak words count 0.7 together.
        """
        strong = np.zeros((len(texts), len(self.matters)), np.float32)
        weak = np.zeros_like(strong)
        for row, text in enumerate(texts):
            for _, matter, is_weak in _found(_plain(text), self._patterns):
                (weak if is_weak else strong)[row, matter] += 1
        named = _FIRST + _MORE * (strong - 1 + weak)
        hinted = np.where(weak >= 2, _WEAK * weak, _ONE_WEAK * weak)
        return np.minimum(np.where(strong > 0, named, hinted), _MOST).astype(np.float32)

    def spell_out(self, text: str) -> str:
        """Return the text with the meaning of its abbreviations in brackets behind it."""
        meanings = dict.fromkeys(self._meanings(text))
        return f"{text} ({'; '.join(meanings)})" if meanings else text

    def has_abbreviation(self, text: str) -> bool:
        """Return whether an abbreviation of the trade stands in the text."""
        return any(self._meanings(text))

    def _meanings(self, text: str) -> Iterator[str]:
        # Most texts have none: their words tell that sooner than a search for all terms.
        if self._first_parts.isdisjoint(_PART.findall(text.casefold())):
            return
        for match in self._terms.finditer(text):
            if meaning := self._meaning(match.group(), len(text)):
                yield meaning

    def _meaning(self, term: str, length: int) -> str | None:
        # "it" and "ris" are words too: of up to three letters the case has to fit in longer texts.
        if len(term) > 3 or length <= _SHORT_TEXT:
            return self._folded.get(term.casefold())
        return self._exact.get(term)


def _plain(text: str) -> str:
    return f" {' '.join(_PART.findall(text.casefold()))} "


def _by_beginning(patterns: Sequence[Word]) -> Mapping[str, Sequence[Word]]:
    """Sort patterns by their first letters: a text is searched for all of them in one go.

    Raises
    ------
    ValueError
        A word has a single letter.
    """
    found: dict[str, list[Word]] = {}
    for pattern in patterns:
        if len(pattern[0]) < _BEGINNING:
            raise ValueError(f"„{pattern[0]}“: one letter names no matter")
        found.setdefault(pattern[0][:_BEGINNING], []).append(pattern)
    return found


def _found(plain: str, patterns: Mapping[str, Sequence[Word]]) -> set[Word]:
    """Return the patterns that stand in a text."""
    return {
        pattern
        for place in range(len(plain) - _BEGINNING + 1)
        if (near := patterns.get(plain[place : place + _BEGINNING]))
        for pattern in near
        if plain.startswith(pattern[0], place)
    }


def _pattern(word: str) -> str:
    if len(word) <= _ALONE:
        return f" {word} "
    # "it service" would stand in "mit Service": of several parts the first one counts.
    return f" {word}" if len(word.split()[0]) <= _BEGINS else word
