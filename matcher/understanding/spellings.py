"""How bodies are written: every spelling of a name, its parts and adjectives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from matcher.understanding.ambiguous import AMBIGUOUS
from matcher.understanding.tokens import normalize_word, tokenize

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
    "kr",
)
_ENDINGS = ("er", "en", "em", "e", "es")
# Number plates of the Kreise, as officials abbreviate them: "Kreis RE", "EN-Kreis", "HSK".
_PLATES: Mapping[str, str] = {
    "05154": "kle", "05158": "me", "05162": "ne", "05166": "vie", "05170": "wes", "05358": "dn",
    "05366": "eu", "05370": "hs", "05374": "gm", "05382": "su", "05554": "bor", "05558": "coe",
    "05562": "re", "05570": "waf", "05754": "gt", "05758": "hf", "05762": "hx", "05766": "lip",
    "05774": "pb", "05954": "en", "05958": "hsk", "05962": "mk", "05966": "oe", "05970": "si",
    "05974": "so", "05978": "un",
}  # fmt: skip
_SHORT_DISTRICTS: Mapping[str, tuple[str, ...]] = {
    "05958": ("hsk",), "05962": ("mk",), "05374": ("obk", "oberberg"), "05378": ("rbk",),
    "05362": ("rek",), "05382": ("rsk",), "05162": ("rkn",), "05770": ("muehlenkreis",),
}  # fmt: skip
# Read as a body only in capital letters.
ABBREVIATED = frozenset({"obk", "rbk", "rek", "rsk", "rkn", *_PLATES.values()} - {"hsk"})


class Body(Struct, frozen=True):
    """What reading a text needs to know of a body.

    Attributes
    ----------
    key, name, kind
        As in the register; kind is municipality, district or association.
    district
        Key of the Kreis; of a Kreis its own, of a kreisfreie Stadt or an association None.
    population
        Inhabitants.
    place
        Longitude and latitude of the seat in degrees, None where it is not known.
    """

    key: str
    name: str
    kind: str
    district: str | None
    population: int
    place: tuple[float, float] | None = None


@lru_cache(maxsize=10_000)  # a name has many spellings
def name_words(name: str) -> Words:
    """Return a name in plain words: "St. Augustin" -> ("sankt", "augustin")."""
    return tuple(
        "sankt" if token.norm == "st" else token.norm for token in tokenize(name) if token.is_word
    )


def without_e(word: str) -> str:
    """Return a word with its umlauts left without dots: "buende" -> "bunde"."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _without_dots(name: str) -> str:
    return name.translate(str.maketrans("äöüÄÖÜ", "aouAOU"))


def spellings_of(body: Body) -> set[Words]:
    """Return all ways to write the name of a body, in plain words."""
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
        short = {("rhein", "kreis"), ("rhein", "kreises")}  # no other Kreis is called so
        return short | {words, ("rhein", "kreises", *words[2:]), ("rhein", *words[2:])}
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
        # No other Kreis is called "Ennepe-…".
        return found | ({words[:-1], (words[0], "kreis")} if len(words) > 2 else set())
    return {words, (words[-1] + "es",)}


def short_districts(name: str) -> set[Words]:
    """Return how a Kreis with an adjective for a name is called without "Kreis"."""
    words = name_words(name)
    if words[-1] != "kreis" or not words[-2].endswith("ischer"):
        return set()
    return {(*words[:-2], words[-2].removesuffix("er") + ending) for ending in ("en", "e")}


def _association_spellings(body: Body) -> set[Words]:
    words = name_words(body.name)
    return {
        (normalize_word(body.key),),
        words,
        (words[0] + "es", *words[1:]),
        (words[0] + "s", *words[1:]),
    }


def parts_of(body: Body) -> set[str]:
    """Return the parts of a name that stand for it where nothing else is called so."""
    if body.kind != "municipality":
        return set()
    words = name_words(body.name)
    if words[0] == "bad":
        return {"".join(words[1:2])} if len(words) == 2 else set()
    if "-" in body.name or words[0] == "porta":
        return {word for word in words if len(word) >= _MIN_PART and word != "westfalica"}
    return set()


def adjectives_of(name: str) -> set[str]:
    """Return the adjectives that a town gives: "Soest" -> "soester"."""
    word = name_words(re.sub(r"\(.*?\)|/.*| (an der|am) .*", "", name))[-1]
    if word.endswith("en"):
        return {word + "er", word.removesuffix("en") + "er"}
    return {word + "r"} if word.endswith("e") else {word + "er"}


def may_be_mistyped(words: Words) -> bool:
    """Tell whether misspelt forms of a name are looked for: not of short and common words."""
    joined = "".join(words)
    sure = len(words) > 1 or words[0] not in ABBREVIATED | AMBIGUOUS.keys()
    return sure and len(joined) >= _MIN_PART and not any(len(word) < 3 for word in words)
