"""Names of bodies that are ordinary words too, and where each may stand as a name.

Read in a text, they count only with a sign that a place is meant: "Stadt" or "Gemeinde" before
them, another place beside them in a list, or a preposition that the ordinary word cannot follow
without an article ("in Lage", but "in der Lage").
"""

from __future__ import annotations

from types import MappingProxyType

from matcher.understanding.tokens import words

PLACE_PREPOSITIONS = words(
    "mit bei in aus nach von zwischen ohne ausser neben samt und inklusive fuer gegenueber "
    "gegen with from near without and except"
)
# Behind these an ordinary noun without article is rare, but for what is said below.
_ALL = PLACE_PREPOSITIONS - {"fuer", "und", "gegen"} | {"nicht"}
_NO_WAGES = _ALL - {"ohne", "ausser", "inklusive", "nicht"}
_PLACE_ONLY = frozenset(["in", "aus", "nach", "bei", "ausser"])

# Norm of the name -> (why it is ambiguous, prepositions that make it a place).
AMBIGUOUS: MappingProxyType[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "essen": ("meals: „mit Essen versorgen“, „Essen auf Rädern“", _PLACE_ONLY | {"zwischen"}),
        "halle": ("a hall: „in Halle 3“, „die Halle ist zu klein“", _NO_WAGES),
        "lage": ("situation: „nach Lage der Dinge“", frozenset({"mit", "in", "aus", "bei"})),
        "wetter": ("weather: „bei Wetter und Wind“", frozenset({"mit", "in", "aus", "von"})),
        "geldern": ("funds: „mit Geldern aus …“", frozenset({"in", "nach", "bei"})),
        "schlangen": ("queues: „mit langen Schlangen“", frozenset({"in", "aus", "nach"})),
        "loehne": ("wages; their dative is Löhnen", _NO_WAGES),
        "buende": ("alliances; their dative is Bünden", _NO_WAGES),
        "heiden": ("heaths: „von Heiden und Mooren“", frozenset({"in", "aus", "bei", "mit"})),
        "alpen": ("mountains, which have an article", _NO_WAGES),
        "datteln": ("dates, the fruit", _NO_WAGES),
        "wenden": ("to turn: „Bürger wenden sich“", _ALL),
        "senden": ("to send", _ALL),
        "kamen": ("they came", _ALL),
        "siegen": ("to win; dative of Siege", _ALL),
        "enger": ("closer: „enger zusammenarbeiten“", _ALL),
        "much": ("English: much", _ALL),
        "frechen": ("dative of frech", _ALL),
        "inden": ("typing error for „in den“", _ALL),
        "recke": ("old word for a hero, family name", _ALL),
        "hagen": ("given name", _ALL),
        "hamm": ("typing error for „haben“", _ALL),
        "ense": ("typing error for „Ende“", _ALL),
        "rees": ("family name", _ALL),
        "werl": ("typing error for „Werk“", _ALL),
        "marl": ("typing error for „mal“", _ALL),
        "haan": ("typing error for „haben“", _ALL),
        "hilden": ("typing error for „Hilfen“", _ALL),
        "verl": ("abbreviation: verlängert", _ALL),
        "selm": ("typing error for „selbst“", _ALL),
        "werne": ("typing error for „gerne“", _ALL),
        "herten": ("typing error for „harten“", _ALL),
        "olfen": ("typing error for „offen“", _ALL),
        "velen": ("typing error for „vielen“", _ALL),
        "ahlen": ("typing error for „zahlen“", _ALL),
        "rheine": ("typing error for „reine“", _ALL),
        "halver": ("typing error for „halber“", _ALL),
        "menden": ("typing error for „melden“", _ALL),
        "sundern": ("typing error for „sondern“", _ALL),
        "lotte": ("given name", _ALL),
        "hille": ("family name", _ALL),
        "titz": ("family name", _ALL),
        "kall": ("typing error for „kalt“, „Fall“", _ALL),
        "horn": ("horn", frozenset()),
        "laer": ("typing error for „leer“", _ALL),
        "heek": ("typing error for „Heck“", _ALL),
        "goch": ("typing error for „doch“", _ALL),
        "borken": ("barks of trees", _ALL),
        "brakel": ("family name", _ALL),
        "bueren": ("family name", _ALL),
        "dahlem": ("part of Berlin too", _ALL),
        "lippe": ("a river and a landscape: „die Lippe“", _ALL),
        "porta": ("part of names", _ALL),
        "witten": ("typing error for „mitten“", _ALL),
        "bruehl": ("a street", _ALL),
        "neukirchen": ("a place elsewhere too", _ALL),
        "holte": ("he fetched", frozenset()),
    }
)
