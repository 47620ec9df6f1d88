"""Names of bodies that are ordinary words too, and where each may stand as a name.

Three kinds. A noun ("Halle") counts only with a sign that a place is meant: "Stadt" or "Gemeinde"
before it, another place beside it in a list, or a preposition that the noun cannot follow without
an article ("in Lage", but "in der Lage"). A verb or adjective ("kamen") counts with a capital
letter inside a sentence too. A name that a typing error makes of an ordinary word ("Olfen",
"offen") counts with a capital letter anywhere. Where a text is all in small or all in capital
letters, all three need the sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from matcher.understanding.tokens import words

PLACE_PREPOSITIONS = words(
    "mit bei in aus nach von zwischen ohne ausser neben samt und inklusive fuer gegenueber "
    "gegen with from near without and except"
)
# Behind these an ordinary noun without article is rare, but for what is said below.
_ALL = PLACE_PREPOSITIONS - {"fuer", "und", "gegen"} | {"nicht"}
_NO_WAGES = _ALL - {"ohne", "ausser", "inklusive", "nicht"}
_PLACE_ONLY = frozenset(["in", "aus", "nach", "bei", "ausser"])


class Ordinary(Enum):
    """What the ordinary word is, from the most to the least likely beside the name."""

    NOUN = "noun"
    VERB = "verb"
    SLIP = "slip"


# Norm of the name -> (kind, why it is ambiguous, prepositions that make it a place).
AMBIGUOUS: Mapping[str, tuple[Ordinary, str, frozenset[str]]] = {
    "essen": (
        Ordinary.NOUN,
        "meals: „mit Essen versorgen“, „Essen auf Rädern“",
        _PLACE_ONLY | {"zwischen"},
    ),
    "halle": (Ordinary.NOUN, "a hall: „in Halle 3“, „die Halle ist zu klein“", _NO_WAGES),
    "lage": (
        Ordinary.NOUN,
        "situation: „nach Lage der Dinge“",
        frozenset({"mit", "in", "aus", "bei"}),
    ),
    "wetter": (
        Ordinary.NOUN,
        "weather: „bei Wetter und Wind“",
        frozenset({"mit", "in", "aus", "von"}),
    ),
    "geldern": (Ordinary.NOUN, "funds: „mit Geldern aus …“", frozenset({"in", "nach", "bei"})),
    "schlangen": (
        Ordinary.NOUN,
        "queues: „mit langen Schlangen“",
        frozenset({"in", "aus", "nach"}),
    ),
    "loehne": (Ordinary.NOUN, "wages; their dative is Löhnen", _NO_WAGES),
    "buende": (Ordinary.NOUN, "alliances; their dative is Bünden", _NO_WAGES),
    "heiden": (
        Ordinary.NOUN,
        "heaths: „von Heiden und Mooren“",
        frozenset({"in", "aus", "bei", "mit"}),
    ),
    "alpen": (Ordinary.NOUN, "mountains, which have an article", _NO_WAGES),
    "datteln": (Ordinary.NOUN, "dates, the fruit", _NO_WAGES),
    "wenden": (Ordinary.VERB, "to turn: „Bürger wenden sich“", _ALL),
    "senden": (Ordinary.VERB, "to send", _ALL),
    "kamen": (Ordinary.VERB, "they came", _ALL),
    "siegen": (Ordinary.VERB, "to win; dative of Siege", _ALL),
    "enger": (Ordinary.VERB, "closer: „enger zusammenarbeiten“", _ALL),
    "much": (Ordinary.VERB, "English: much", _ALL),
    "frechen": (Ordinary.VERB, "dative of frech", _ALL),
    "inden": (Ordinary.VERB, "typing error for „in den“", _ALL),
    "recke": (Ordinary.NOUN, "old word for a hero, family name", _ALL),
    "hagen": (Ordinary.SLIP, "given name", _ALL),
    "hamm": (Ordinary.SLIP, "typing error for „haben“", _ALL),
    "ense": (Ordinary.SLIP, "typing error for „Ende“", _ALL),
    "rees": (Ordinary.SLIP, "family name", _ALL),
    "werl": (Ordinary.SLIP, "typing error for „Werk“", _ALL),
    "marl": (Ordinary.SLIP, "typing error for „mal“", _ALL),
    "haan": (Ordinary.SLIP, "typing error for „haben“", _ALL),
    "hilden": (Ordinary.SLIP, "typing error for „Hilfen“", _ALL),
    "verl": (Ordinary.SLIP, "abbreviation: verlängert", _ALL),
    "selm": (Ordinary.SLIP, "typing error for „selbst“", _ALL),
    "werne": (Ordinary.SLIP, "typing error for „gerne“", _ALL),
    "herten": (Ordinary.SLIP, "typing error for „harten“", _ALL),
    "olfen": (Ordinary.SLIP, "typing error for „offen“", _ALL),
    "velen": (Ordinary.SLIP, "typing error for „vielen“", _ALL),
    "ahlen": (Ordinary.SLIP, "typing error for „zahlen“", _ALL),
    "rheine": (Ordinary.SLIP, "typing error for „reine“", _ALL),
    "halver": (Ordinary.SLIP, "typing error for „halber“", _ALL),
    "menden": (Ordinary.SLIP, "typing error for „melden“", _ALL),
    "sundern": (Ordinary.SLIP, "typing error for „sondern“", _ALL),
    "lotte": (Ordinary.SLIP, "given name", _ALL),
    "hille": (Ordinary.SLIP, "family name", _ALL),
    "titz": (Ordinary.SLIP, "family name", _ALL),
    "kall": (Ordinary.SLIP, "typing error for „kalt“, „Fall“", _ALL),
    "horn": (Ordinary.NOUN, "horn", frozenset()),
    "laer": (Ordinary.SLIP, "typing error for „leer“", _ALL),
    "heek": (Ordinary.SLIP, "typing error for „Heck“", _ALL),
    "goch": (Ordinary.SLIP, "typing error for „doch“", _ALL),
    "borken": (Ordinary.SLIP, "barks of trees", _ALL),
    "brakel": (Ordinary.SLIP, "family name", _ALL),
    "bueren": (Ordinary.SLIP, "family name", _ALL),
    "dahlem": (Ordinary.SLIP, "part of Berlin too", _ALL),
    "lippe": (Ordinary.NOUN, "a river and a landscape: „die Lippe“", _ALL),
    "porta": (Ordinary.SLIP, "part of names", _ALL),
    "witten": (Ordinary.SLIP, "typing error for „mitten“", _ALL),
    "bruehl": (Ordinary.SLIP, "a street", _ALL),
    "neukirchen": (Ordinary.SLIP, "a place elsewhere too", _ALL),
    "holte": (Ordinary.VERB, "he fetched", frozenset()),
}
