"""Names of bodies to keys: forgiving while one types, strict where a fact depends on it."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd
from msgspec import Struct
from rapidfuzz import fuzz, process

from data.terms import Kind

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_SHORT_FORMS = {"st": "sankt", "rhld": "rheinland", "westf": "westfalen"}
_TOWN_WORDS = {"stadt", "gemeinde", "hansestadt", "kreisstadt", "bundesstadt"}
_DISTRICT_WORDS = {"kreis", "landkreis", "kreisverwaltung"}
_SUGGESTIONS = 3
_NEARLY = 15.0  # a hit is no further than this behind the best
_GOOD = 72.0  # of 100: below, a hit shares little more than letters with what was typed


class Hit(Struct, frozen=True):
    """A body found for a text; `score` from 0 to 100."""

    key: str
    name: str
    score: float


class Resolution(Struct, frozen=True):
    """The one body that a text means, or None and what may have been meant."""

    key: str | None
    suggestions: tuple[Hit, ...] = ()


def normalize(text: str) -> str:
    """Return a text in plain lower-case letters: "St. Augustin" -> "sankt augustin"."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", plain)
    words = _SEPARATORS.sub(" ", plain).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


class NameIndex:
    """All names of all bodies, normalised once.

    Parameters
    ----------
    bodies
        `Dataset.bodies`.

    Examples
    --------
    >>> index = NameIndex(data.load().bodies)
    >>> index.resolve("Kreis Soest").key
    '05974'
    """

    def __init__(self, bodies: pd.DataFrame) -> None:
        self._keys = [str(key) for key in bodies.index]
        self._names = [str(name) for name in bodies["name"]]
        self._is_town = [kind == Kind.MUNICIPALITY.value for kind in bodies["kind"]]
        self._by_number = {key: row for row, key in enumerate(self._keys)}
        self._by_number |= {
            str(ars): row for row, ars in enumerate(bodies["ars"]) if isinstance(ars, str)
        }
        self._choices = [normalize(name) for name in self._names]
        # Hyphenated names are often typed as one word, and brackets left out.
        self._joined = [choice.replace(" ", "") for choice in self._choices]
        self._begun = [c.removeprefix("kreis ").replace(" ", "") for c in self._choices]
        self._exact = self._exact_names(bodies)

    def search(self, query: str, limit: int = 8) -> list[Hit]:
        """Return bodies for a text as one types, best first.

        Forgives umlauts, hyphens, missing endings and typing errors; digits find AGS and ARS.
        """
        typed = normalize(query)
        if not typed:
            return []
        if typed.replace(" ", "").isdigit():
            return self._by_digits(typed.replace(" ", ""), limit)
        wants_district, core = _split(typed)
        resolved, bare = self._resolve_row(query), core.replace(" ", "")
        scores: dict[int, float] = {}
        # What is too far off by itself is not made nearer by anything below: found faster.
        most, least = 4 * limit, _GOOD - 12
        found = process.extract(
            core, self._choices, scorer=fuzz.WRatio, limit=most, score_cutoff=least
        )
        joined = process.extract(
            bare, self._joined, scorer=fuzz.ratio, limit=most, score_cutoff=least
        )
        for _, score, row in (*found, *joined):
            near = min(score, 95.0) - 0.1 * self._excess(row, bare)
            scores[row] = max(scores.get(row, 0.0), near)
        for row, begun in enumerate(self._begun):
            if begun.startswith(bare):
                scores[row] = 97.0 - 0.1 * self._excess(row, bare)
        if wants_district is not None:
            for row in scores:
                scores[row] -= 0.0 if self._is_town[row] != wants_district else 12.0
        if resolved is not None:
            scores[resolved] = 100.0
        # A Kreis named like its town comes after it, unless the word "Kreis" was typed.
        order = sorted(scores, key=lambda row: (-scores[row], not self._is_town[row], row))
        # Beside a name that begins so, one that is only spelt a little alike is not meant.
        least = max(least, scores[order[0]] - _NEARLY) if order else least
        good = [row for row in order if scores[row] >= least]
        return [Hit(self._keys[r], self._names[r], max(scores[r], 0.0)) for r in good[:limit]]

    def resolve(self, text: str) -> Resolution:
        """Return the body that a key or a name means.

        Accepts AGS, ARS, keys of associations, names with or without "Stadt", "Gemeinde", "Kreis".
        A name alone means the town where town and Kreis share it. Typing errors and unclear names
        resolve to nothing; suggestions say what may have been meant.
        """
        row = self._resolve_row(text)
        if row is not None:
            return Resolution(self._keys[row])
        return Resolution(None, tuple(self.search(text, _SUGGESTIONS)))

    def _resolve_row(self, text: str) -> int | None:
        stripped = text.strip()
        if stripped in self._by_number:
            return self._by_number[stripped]
        return self._exact.get(normalize(stripped))

    def _by_digits(self, digits: str, limit: int) -> list[Hit]:
        rows = dict.fromkeys(
            row for number, row in self._by_number.items() if number.startswith(digits)
        )
        return [Hit(self._keys[row], self._names[row], 100.0) for row in list(rows)[:limit]]

    def _excess(self, row: int, bare: str) -> float:
        """Count letters that the name has more; letters it lacks weigh heavier, as one types on."""
        more = len(self._joined[row]) - len(bare)
        return float(more if more >= 0 else -40 * more)

    def _exact_names(self, bodies: pd.DataFrame) -> dict[str, int]:
        """Map each exact spelling to its row; spellings that mean two bodies are left out."""
        claims: dict[str, set[int]] = {}
        towns = {self._choices[row] for row, town in enumerate(self._is_town) if town}
        named = zip(self._keys, self._names, bodies["official_name"], strict=True)
        for row, (key, name, official) in enumerate(named):
            spellings = {self._choices[row], normalize(str(official)), normalize(key)}
            bare = normalize(re.sub(r"\(.*?\)|/.*", " ", name))
            spellings.add(bare)
            if self._is_town[row]:
                spellings |= {f"{word} {s}" for word in _TOWN_WORDS for s in list(spellings)}
            elif key[0].isdigit():
                core = self._choices[row].removeprefix("kreis ")
                spellings |= {f"{word} {core}" for word in _DISTRICT_WORDS}
                # "Lippe" alone is the Kreis, as there is no town of that name.
                if core not in towns:
                    spellings.add(core)
            for spelling in spellings:
                claims.setdefault(spelling, set()).add(row)
        meant = {spelling: self._meant(rows) for spelling, rows in claims.items()}
        return {spelling: row for spelling, row in meant.items() if row is not None}

    def _meant(self, rows: set[int]) -> int | None:
        """Return the body that a spelling means, the town where a Kreis is called so, too."""
        towns = [row for row in rows if self._is_town[row]]
        kreise = [row for row in rows if not self._is_town[row] and self._keys[row][0].isdigit()]
        if len(towns) == 1 and len(towns) + len(kreise) == len(rows):
            return towns[0]
        return next(iter(rows)) if len(rows) == 1 else None


def _split(typed: str) -> tuple[bool | None, str]:
    """Take a leading designation off: (whether a Kreis is wanted, the rest)."""
    words = typed.split()
    if len(words) > 1 and words[0] in _DISTRICT_WORDS:
        return True, " ".join(words[1:])
    if len(words) > 1 and words[0] in _TOWN_WORDS:
        return False, " ".join(words[1:])
    return None, typed
