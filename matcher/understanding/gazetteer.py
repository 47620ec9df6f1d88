"""All spellings of all bodies, regions and places beyond the border, made once."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
from msgspec import Struct

from matcher.understanding import idioms, lexicon
from matcher.understanding.ambiguous import AMBIGUOUS, Ordinary
from matcher.understanding.roles import VOCABULARY
from matcher.understanding.sound import sound
from matcher.understanding.spelling import Spelling
from matcher.understanding.spellings import (
    Body,
    Words,
    adjectives_of,
    may_be_mistyped,
    name_words,
    parts_of,
    short_districts,
    spellings_of,
    without_e,
)
from matcher.understanding.suggested import without_particles
from matcher.understanding.tokens import Token, tokenize


class Region(Struct, frozen=True):
    """A landscape or Regierungsbezirk as a list of AGS prefixes ("057", "05958")."""

    name: str
    prefixes: tuple[str, ...]


class OutsidePlace(Struct, frozen=True):
    """A place beyond the border; `sure` where the name can be nothing else."""

    name: str
    where: str
    sure: bool


_LONG_ENOUGH = 5  # letters of a name beyond the border whose misspelt forms are looked for


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Spellings in plain words -> what they mean.

    Attributes
    ----------
    bodies
        Key -> body.
    names
        Spelling -> key of the body; a spelling that two bodies share is left out.
    shaky
        Spellings that need a sign in the text that a place is meant.
    common
        Those of them that are common nouns or that ordinary texts use: their genitive is no name.
    adjectives
        "soester" -> key: they mean the body before a word for its administration.
    typed
        Names of one word, joined, for typing errors -> key.
    heard
        Names of `typed` as they sound -> key.
    beheaded
        Long ones without their first letter -> key.
    ordinary
        Words that are spelt right, so that none of them is a misspelt name.
    short
        "maerkischen" -> key of the Kreis that is called so without its noun.
    regions
        Spelling -> region and the kind of word that it is: "region" (Ruhrgebiet), "members"
        (Ruhrgebietsstädte), "regionadj" (sauerländisch) or "regionwide" (münsterlandweit).
    outside
        Spelling -> place beyond the border.
    outside_typed
        Their names of several letters, joined, for typing errors -> place.
    spelling
        Reads misspelt words of the rules.
    longest
        First word of a spelling -> most words of one that begins so, for a quick look.
    """

    bodies: Mapping[str, Body]
    names: Mapping[Words, str]
    shaky: frozenset[Words]
    common: frozenset[Words]
    adjectives: Mapping[str, str]
    typed: Mapping[str, str]
    heard: Mapping[str, str]
    beheaded: Mapping[str, str]
    ordinary: frozenset[str]
    short: Mapping[Words, str] = field(default_factory=dict)
    regions: Mapping[Words, tuple[Region, str]] = field(default_factory=dict)
    outside: Mapping[Words, OutsidePlace] = field(default_factory=dict)
    outside_typed: Mapping[str, OutsidePlace] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=lambda: Spelling.of((), ()))

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the tokens of a text, misspelt words of the rules mended in their `norm`.

        A "nicht" that suggests is left out.
        """
        return without_particles(self.spelling.correct(tokenize(text)))

    def reach(self, word: str) -> int:
        """Return how many words a spelling that begins with this one may have, 0 for none."""
        return self.longest.get(word) or self.longest.get(word.removesuffix("s"), 0)

    @classmethod
    def of(
        cls,
        bodies: pd.DataFrame,
        ordinary: frozenset[str] = frozenset(),
        regions: Mapping[str, Region] | None = None,
        outside: Iterable[OutsidePlace] = (),
        spelt_right: Collection[str] = (),
    ) -> Gazetteer:
        """Make the index.

        Parameters
        ----------
        bodies
            `Dataset.bodies`.
        ordinary
            Words of texts that name no place, see `ordinary_words`.
        regions
            Spelling as one writes it -> region.
        outside
            Places beyond the border.
        spelt_right
            Further words that are no misspelt ones.
        """
        known = {str(row.Index): _body(row) for row in bodies.itertuples()}
        names = _unique(
            (spelling, key) for key, body in known.items() for spelling in spellings_of(body)
        )
        parts = _unique(
            ((part,), key)
            for key, body in known.items()
            for part in parts_of(body)
            if (part,) not in names and part not in ordinary
        )
        full = names | parts
        foreign = {
            words: place
            for place in outside
            # A short name is a word, too ("Rees"); in capitals it is short for a Land.
            if (words := name_words(place.name)) not in full
            and (len(place.name) > 4 or place.name.isupper())
        }
        # "des Bundes" is no Bünde whose dots were left out.
        doubtful = AMBIGUOUS.keys() | {without_e(word) for word in AMBIGUOUS}
        right = ordinary | frozenset(spelt_right)
        shaky = frozenset(w for w in full if len(w) == 1 and (w[0] in doubtful or w[0] in ordinary))
        typed = {"".join(words): key for words, key in full.items() if may_be_mistyped(words)}
        spelt_regions = dict(_region_spellings(regions or {}))
        return cls(
            bodies=known,
            names=full,
            shaky=shaky,
            common=frozenset(
                w
                for w in shaky
                if f"{w[0]}s" in right or AMBIGUOUS.get(w[0], (Ordinary.NOUN,))[0] is Ordinary.NOUN
            ),
            adjectives=_unique(
                (form, key)
                for key, body in known.items()
                if body.kind == "municipality"
                for form in adjectives_of(body.name)
                if (form,) not in full
            ),
            typed=typed,
            beheaded=_unique((n[1:], key) for n, key in typed.items() if len(n) > _LONG_ENOUGH + 1),
            heard=_unique((sound(name), key) for name, key in typed.items()),
            ordinary=right,
            short={
                form: key
                for key, body in known.items()
                if body.kind == "district"
                for form in short_districts(body.name)
            },
            regions=spelt_regions,
            outside=foreign,
            outside_typed={
                joined: place
                for words, place in foreign.items()
                if len(joined := "".join(words)) >= _LONG_ENOUGH and min(map(len, words)) > 2
            },
            longest=_longest((*full, *spelt_regions, *foreign)),
            spelling=Spelling.of(
                lexicon.vocabulary()
                | VOCABULARY
                | idioms.vocabulary()
                | {w for ws in spelt_regions for w in ws},
                right | {word for words in (*full, *foreign) for word in words},
            ),
        )


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts that name no place (descriptions of known cooperations)."""
    return frozenset(token.norm for text in texts for token in tokenize(text))


def _body(row: object) -> Body:
    key, kind = str(row.Index), str(row.kind)  # type: ignore[attr-defined]
    district = row.district_ags  # type: ignore[attr-defined]
    own = key if kind == "district" else district if isinstance(district, str) else None
    place = float(row.longitude), float(row.latitude)  # type: ignore[attr-defined]
    known = None if math.isnan(sum(place)) else place
    return Body(key, str(row.name), kind, own, int(row.population), known)  # type: ignore[attr-defined]


def _unique(claims: Iterable[tuple[object, str]]) -> dict:  # type: ignore[type-arg]
    """Keep the spellings that only one body claims."""
    owners: dict[object, set[str]] = {}
    for spelling, key in claims:
        owners.setdefault(spelling, set()).add(key)
    return {spelling: next(iter(keys)) for spelling, keys in owners.items() if len(keys) == 1}


def _region_spellings(
    regions: Mapping[str, Region],
) -> Iterator[tuple[Words, tuple[Region, str]]]:
    for name, region in regions.items():
        words = name_words(name)
        yield words, (region, "region")
        for joint in ("", "s"):
            for noun in _MEMBER_NOUNS:
                yield (*words[:-1], words[-1] + joint + noun), (region, "members")
        for form in _region_adjectives(words[-1]):
            yield (*words[:-1], form), (region, "regionadj")
        for ending in ("weit", "weite", "weiten"):
            yield (*words[:-1], words[-1] + ending), (region, "regionwide")


def _region_adjectives(name: str) -> Iterator[str]:
    """Yield "sauerlaendische", "sauerlaender", "westfaelische", "niederrheinische"."""
    for ending, stem in (("land", "laend"), ("falen", "fael"), ("rhein", "rhein")):
        if name.endswith(ending):
            adjective = name.removesuffix(ending) + stem
            yield from (f"{adjective}ische{last}" for last in ("", "n", "r"))
            if ending == "land":
                yield adjective + "er"


_MEMBER_NOUNS = ("staedte", "staedten", "kommunen", "gemeinden", "kreise", "kreisen", "region")


def _longest(spellings: Iterable[Words]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for words in spellings:
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest
