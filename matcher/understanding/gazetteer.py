"""All spellings of all bodies, regions and places beyond the border, made once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from matcher.understanding import lexicon
from matcher.understanding.ambiguous import AMBIGUOUS, Ordinary
from matcher.understanding.roles import VOCABULARY
from matcher.understanding.spelling import Spelling
from matcher.understanding.tokens import Token, normalize_word, tokenize

Words = tuple[str, ...]
_MIN_PART = 5  # letters of a part of a name that stands for the whole: "Nachrodt"
_QUALIFIERS: Mapping[str, tuple[Words, ...]] = {
    "westf": (("westf",), ("westfalen",), ("i", "w"), ("westfl",)),
    "ruhr": (("ruhr",), ("a", "d", "ruhr"), ("an", "der", "ruhr"), ("a", "d", "r")),
    "rheinland": (("rheinland",), ("rhld",), ("rhl",)),
    "rhld": (("rheinland",), ("rhld",), ("rhl",)),
    "sauerland": (("sauerland",), ("sauerld",), ("im", "sauerland"), ("i", "s")),
    "sieg": (("sieg",), ("a", "d", "sieg"), ("an", "der", "sieg")),
    "niederrhein": (("niederrhein",), ("am", "niederrhein")),
}
_DISTRICT_WORDS = (
    "kreis",
    "kreises",
    "kreise",
    "landkreis",
    "landkreises",
    "kreisverwaltung",
    "krs",
)
_ENDINGS = ("er", "en", "em", "e", "es")
# Number plates of the Kreise, as officials abbreviate them: "Kreis RE", "EN-Kreis", "HSK".
_PLATES: Mapping[str, str] = {
    "05154": "kle", "05166": "vie", "05170": "wes", "05374": "gm", "05554": "bor", "05558": "coe",
    "05562": "re", "05570": "waf", "05754": "gt", "05758": "hf", "05762": "hx", "05766": "lip",
    "05774": "pb", "05954": "en", "05958": "hsk", "05962": "mk", "05966": "oe", "05978": "un",
}  # fmt: skip
_SHORT_DISTRICTS: Mapping[str, tuple[str, ...]] = {
    "05958": ("hsk",), "05962": ("mk",), "05374": ("obk", "oberberg"), "05378": ("rbk",),
    "05362": ("rek",), "05382": ("rsk",), "05162": ("rkn",),
}  # fmt: skip
# Read as a body only in capital letters.
ABBREVIATED = frozenset({"obk", "rbk", "rek", "rsk", "rkn", *_PLATES.values()} - {"hsk"})


@dataclass(frozen=True, slots=True)
class Body:
    """What reading a text needs to know of a body.

    Attributes
    ----------
    key, name, kind
        As in the register; kind is municipality, district or association.
    district
        Key of the Kreis; of a Kreis its own, of a kreisfreie Stadt or an association None.
    population
        Inhabitants.
    """

    key: str
    name: str
    kind: str
    district: str | None
    population: int


@dataclass(frozen=True, slots=True)
class Region:
    """A landscape or Regierungsbezirk as a list of AGS prefixes ("057", "05958")."""

    name: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsidePlace:
    """A place beyond the border; `sure` where the name can be nothing else."""

    name: str
    where: str
    sure: bool


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
    ordinary
        Words that are spelt right, so that none of them is a misspelt name.
    regions
        Spelling -> region and the kind of word that it is: "region" (Ruhrgebiet), "members"
        (Ruhrgebietsstädte) or "regionwide" (münsterlandweit).
    outside
        Spelling -> place beyond the border.
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
    ordinary: frozenset[str]
    regions: Mapping[Words, tuple[Region, str]] = field(default_factory=dict)
    outside: Mapping[Words, OutsidePlace] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=lambda: Spelling.of((), ()))

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the tokens of a text, misspelt words of the rules mended in their `norm`."""
        return self.spelling.correct(tokenize(text))

    def reach(self, word: str) -> int:
        """Return how many words a spelling that begins with this one may have, 0 for none."""
        return self.longest.get(word) or self.longest.get(word.removesuffix("s"), 0)

    @classmethod
    def of(
        cls,
        bodies: pd.DataFrame,
        texts: Iterable[str] = (),
        regions: Mapping[str, Region] | None = None,
        outside: Iterable[OutsidePlace] = (),
        spelt_right: Collection[str] = (),
    ) -> Gazetteer:
        """Make the index.

        Parameters
        ----------
        bodies
            `Dataset.bodies`.
        texts
            Texts that name no place (descriptions of known cooperations), for ordinary words.
        regions
            Spelling as one writes it -> region.
        outside
            Places beyond the border.
        spelt_right
            Further words that are no misspelt ones.
        """
        ordinary = frozenset(token.norm for text in texts for token in tokenize(text))
        known = {str(row.Index): _body(row) for row in bodies.itertuples()}
        names = _unique(
            (spelling, key) for key, body in known.items() for spelling in _spellings(body)
        )
        parts = _unique(
            ((part,), key)
            for key, body in known.items()
            for part in _parts(body)
            if (part,) not in names and part not in ordinary
        )
        full = names | parts
        foreign = {
            words: place
            for place in outside
            if (words := name_words(place.name)) not in full and len(place.name) > 4
        }
        # "des Bundes" is no Bünde whose dots were left out.
        doubtful = AMBIGUOUS.keys() | {_without_e(word) for word in AMBIGUOUS}
        right = ordinary | frozenset(spelt_right)
        shaky = frozenset(w for w in full if len(w) == 1 and (w[0] in doubtful or w[0] in ordinary))
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
                for form in _adjectives(body.name)
                if (form,) not in full
            ),
            typed={"".join(words): key for words, key in full.items() if _may_be_mistyped(words)},
            ordinary=right,
            regions=spelt_regions,
            outside=foreign,
            longest=_longest((*full, *spelt_regions, *foreign)),
            spelling=Spelling.of(
                lexicon.vocabulary() | VOCABULARY | {w for ws in spelt_regions for w in ws},
                right | {word for words in (*full, *foreign) for word in words},
            ),
        )


def _body(row: object) -> Body:
    key, kind = str(row.Index), str(row.kind)  # type: ignore[attr-defined]
    district = row.district_ags  # type: ignore[attr-defined]
    own = key if kind == "district" else district if isinstance(district, str) else None
    return Body(key, str(row.name), kind, own, int(row.population))  # type: ignore[attr-defined]


def _unique(claims: Iterable[tuple[object, str]]) -> dict:  # type: ignore[type-arg]
    """Keep the spellings that only one body claims."""
    owners: dict[object, set[str]] = {}
    for spelling, key in claims:
        owners.setdefault(spelling, set()).add(key)
    return {spelling: next(iter(keys)) for spelling, keys in owners.items() if len(keys) == 1}


def name_words(name: str) -> Words:
    """Return a name in plain words: "St. Augustin" -> ("sankt", "augustin")."""
    return tuple(
        "sankt" if token.norm == "st" else token.norm for token in tokenize(name) if token.is_word
    )


def _region_spellings(
    regions: Mapping[str, Region],
) -> Iterator[tuple[Words, tuple[Region, str]]]:
    for name, region in regions.items():
        words = name_words(name)
        yield words, (region, "region")
        for joint in ("", "s"):
            for noun in _MEMBER_NOUNS:
                yield (*words[:-1], words[-1] + joint + noun), (region, "members")
        for ending in ("weit", "weite", "weiten"):
            yield (*words[:-1], words[-1] + ending), (region, "regionwide")


_MEMBER_NOUNS = ("staedte", "staedten", "kommunen", "gemeinden", "kreise", "kreisen", "region")


def _longest(spellings: Iterable[Words]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for words in spellings:
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


def _without_e(word: str) -> str:
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _without_dots(name: str) -> str:
    return name.translate(str.maketrans("äöüÄÖÜ", "aouAOU"))


def _spellings(body: Body) -> set[Words]:
    if body.kind == "municipality":
        found: set[Words] = set()
        for written in {body.name, _without_dots(body.name)}:
            found |= _place_spellings(written)
        return found
    if body.kind == "district":
        found = set()
        for written in {body.name, _without_dots(body.name)}:
            found |= _district_spellings(written)
        found |= {(short,) for short in _SHORT_DISTRICTS.get(body.key, ())}
        if plate := _PLATES.get(body.key):
            found |= {("kreis", plate), (plate, "kreis"), ("kreises", plate), (plate, "kreises")}
        return found
    return _association_spellings(body)


def _place_spellings(name: str) -> set[Words]:
    core = re.sub(r"\(.*?\)|/.*| (an der|am) .*", "", name)
    base = name_words(core)
    found = {base, name_words(name)}
    if len(base) > 1:
        found.add(("".join(base),))
    first = name_words(core.split("-")[0])
    if 1 < len(first) < len(base):
        found.add(first)  # Schloß Holte
    for word, forms in _QUALIFIERS.items():
        if word in name_words(name)[len(base) :]:
            found |= {base + form for form in forms}
    if (rest := re.search(r" (?:an der|am) (.*)", name)) is not None:
        found |= {(*base, "a", *name_words(rest[1])), base + name_words(rest[1])}
    if base[0] == "preussisch":
        found.add(("pr", *base[1:]))
    if base[0] == "bergisch":
        found |= {("berg", *base[1:]), ("b", *base[1:])}
    return found


def _district_spellings(name: str) -> set[Words]:
    words = name_words(name)
    if words[0] in {"staedteregion", "stadteregion"}:
        return {words, words[:1]}
    if words[:2] == ("rhein", "kreis"):
        return {words, ("rhein", "kreises", *words[2:]), ("rhein", *words[2:])}
    if words[0] == "kreis":
        core = words[1:]
        found = {(word, *core) for word in _DISTRICT_WORDS}
        # "Siegen-Wittgenstein" and "Lippe" are no towns.
        return found | ({core} if len(core) > 1 or core == ("lippe",) else set())
    if words[-1] == "kreis" and words[-2].endswith("er") and words[-2] not in {"sieg", "ruhr"}:
        stem = words[-2].removesuffix("er")
        forms = {(*words[:-2], stem + ending) for ending in _ENDINGS}
        return {(*form, noun) for form in forms for noun in ("kreis", "kreises", "kreise")}
    if words[-1] == "kreis":
        found = {(*words[:-1], noun) for noun in ("kreis", "kreises", "kreise")}
        return found | ({words[:-1]} if len(words) > 2 else set())
    return {words, (words[-1] + "es",)}


def _association_spellings(body: Body) -> set[Words]:
    words = name_words(body.name)
    return {
        (normalize_word(body.key),),
        words,
        (words[0] + "es", *words[1:]),
        (words[0] + "s", *words[1:]),
    }


def _parts(body: Body) -> set[str]:
    """Return the parts of a name that stand for it where nothing else is called so."""
    if body.kind != "municipality":
        return set()
    words = name_words(body.name)
    if words[0] == "bad":
        return {"".join(words[1:2])} if len(words) == 2 else set()
    if "-" in body.name or words[0] == "porta":
        return {word for word in words if len(word) >= _MIN_PART and word != "westfalica"}
    return set()


def _adjectives(name: str) -> set[str]:
    word = name_words(re.sub(r"\(.*?\)|/.*| (an der|am) .*", "", name))[-1]
    if word.endswith("en"):
        return {word + "er", word.removesuffix("en") + "er"}
    return {word + "r"} if word.endswith("e") else {word + "er"}


def _may_be_mistyped(words: Words) -> bool:
    joined = "".join(words)
    sure = len(words) > 1 or words[0] not in ABBREVIATED | AMBIGUOUS.keys()
    return sure and len(joined) >= _MIN_PART and not any(len(word) < 3 for word in words)
