"""Patterns of wishes about kind and standing, and what the phrases in them mean."""

from __future__ import annotations

from matcher.understanding import grammar
from matcher.understanding.tokens import words

PLACES = frozenset({"klein", "mittlere", "grosse", "kreisfrei"})
MEMBERS = frozenset({"klein", "mittlere", "grosse"})
KREIS, VERBAND = frozenset({"kreis"}), frozenset({"verband"})

# What a noun phrase means; the first that matches at a place counts.
_NOUN = "(stadt|gemeinde|ort|kommune)"
_NOUNS = f"{_NOUN} (und {_NOUN})?"
PHRASES: tuple[tuple[str, frozenset[str]], ...] = (
    (f"mittel no gross kreisang ({_NOUNS})?", frozenset({"mittlere", "grosse"})),
    (f"klein (und|comma) mittel kreisang? {_NOUNS}", frozenset({"klein", "mittlere"})),
    (f"klein (und|comma) gross kreisang ({_NOUNS})?", frozenset({"klein", "grosse"})),
    (f"mittel (und|comma) gross kreisang ({_NOUNS})?", frozenset({"mittlere", "grosse"})),
    (f"gross (und|comma) mittel kreisang ({_NOUNS})?", frozenset({"mittlere", "grosse"})),
    (f"gross kreisang ({_NOUNS})?", frozenset({"grosse"})),
    (f"mittel kreisang ({_NOUNS})?", frozenset({"mittlere"})),
    (f"klein kreisang ({_NOUNS})?", frozenset({"klein"})),
    (f"mittel {_NOUNS}", frozenset({"mittlere"})),
    (f"klein {_NOUNS}", frozenset({"klein"})),
    (f"kreisang ({_NOUNS})?", MEMBERS),
    ("kreisfrei (stadt|kommune)?", frozenset({"kreisfrei"})),
    ("gross (stadt|kommune)", frozenset({"grosse", "kreisfrei"})),
    ("kreise", KREIS),
    ("one kreis (?=are)", KREIS),
    ("verband", VERBAND),
    (_NOUN, PLACES),
)
_PHRASE = "(" + "|".join(notation for notation, _ in PHRASES) + ")"
_LIST = f"{_PHRASE} ((und|comma|amp)+ (with|the|other|nur)* {_PHRASE})*"
_DENIED = (
    f"{_PHRASE} ((und|comma|amp|still)+ (with|the|other)* {_PHRASE})*"  # "nur" is no longer denied
)
MEANINGS = tuple((grammar.Pattern(notation), meant) for notation, meant in PHRASES)

_ONLY = grammar.Pattern(
    "nur (with|toward|among|from|the|other|all|want|than|partner|one|nbadj|bordering|direct"
    f"|status|number|further)* {_LIST}"
)
_ONE_KIND = grammar.Pattern(f"{_LIST} (among|less sich)")
_BE = grammar.Pattern(f"partner (shall|are) {_LIST}")
BARRED = grammar.Pattern(
    f"{_LIST} (are|shall|w|us|serves|we){{0,4}}"
    " (not in? want|barred|except {end}|absent|want? not {end})"
)
NONE = grammar.Pattern(
    "(no|without|except|(not|no w|without w) with|not in want (are|w)?|not)"
    f" (the|other|adj|und)* {_DENIED}"
)
_AMONG = grammar.Pattern(
    "((with|among|less|from|other|want (we|w)?|are|partner|comma|but|all)+|(partner|want) colon"
    "|{asked}|with status|status colon"
    "|interest (are|we){0,2} toward) "
    f"(the|other|all|one|number|upto|dash|further)* {_LIST}"
)
_SOUGHT = grammar.Pattern(f"{_LIST} (((than|less) we)? want|than partner|ja {{end}})")
_BOUND = grammar.Pattern(
    f"(onto (the|other|all)* {_LIST} any{{0,6}} limited|limited any{{0,4}} onto (the|other|all)* "
    f"{_LIST})"
)
_WHO_ARE = grammar.Pattern(f"comma the (than we)? {_LIST} are")
_ALONE = grammar.Pattern(f"one {_LIST} in want")
MUST = grammar.Pattern(f"shall (one|the|only|but)* {_LIST} are")
OPENING = grammar.Pattern(
    f"{_LIST} (?=serves|than|stop|colon|comma|dash|but|between|with|upto|over|ab|from|in"
    "|inside|want|are|$)"
)
POSITIVE = (_ONLY, _ONE_KIND, _BE, MUST, _BOUND, _ALONE, _WHO_ARE, _AMONG, _SOUGHT, OPENING)
"""Patterns that say who is wanted, the surest first."""
LOOSE = (_AMONG, _SOUGHT, OPENING)
"""Those without "nur": they may tell of the searcher."""
# One of these is in each phrase.
HEADS = words("stadt gemeinde ort kommune kreis kreise verband kreisfrei kreisang")

# Towns of a least size: "nur Städte ab 50.000 Einwohnern", "eine Großstadt als Partner".
LARGE_TOWNS = grammar.Pattern(
    "(nur (with|the|other|want|all)* ((stadt|gemeinde) with? {low} number|grossstadt)"
    "|(with|want) (the|one|other)* grossstadt than partner)"
)
