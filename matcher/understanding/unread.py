"""Conditions on partners that a text seems to name and that were not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.german import listing
from matcher.understanding import grammar, scope
from matcher.understanding.doubts_told import BOTH_ALONE
from matcher.understanding.grammar import Found
from matcher.understanding.outside import Outside
from matcher.understanding.reading import Reading
from matcher.understanding.tokens import words
from matcher.understanding.wish import Wish

_TRAVEL = grammar.Pattern(
    "(({up}|inside from?|radius from?) the? any? any? minutes weg?"
    "|(number|one w) minutes (minutes|weg))"
)
_AREA = grammar.Pattern(
    "(from|in|inside|the) the? vague (from? the? (placename|self|region|kreisname|w))?"
)
_LANDSCAPE = grammar.Pattern("{body} (from|in|inside) (the)* w? w")
_LEAST = "(in? min|over|ab|(more|far|further|bigger) than)"
_FAR = grammar.Pattern(
    f"({_LEAST} number km (weg|radius)|weg (from|are|w|colon){{0,2}} {_LEAST} number km"
    "|(not|outside) (in|inside|the|one|from)* radius (from|the){0,2} number km"
    "|(not inside|outside) from? number km"
    "|({up}|radius from?)? number km from (the|stadt|gemeinde)* (placename|kreisname)"
    "|factor w? gross than (the|stadt|gemeinde)* placename"
    "|(min|over|ab|more than) number km (?=(comma|und|but)* {up} number km))"
)
_AROUND = grammar.Pattern(
    "({up}|radius from?)? number km w (the|stadt|gemeinde)* (placename|kreisname)"
)
_NO_VILLAGES = grammar.Pattern("(no|without|not) (the|adj)* gemeinde")
_PARTNERS = frozenset({"partner", "want", "with", "kommune", "stadt", "gemeinde", "ort", "nb"})
# Endings of the names of landscapes; the tables of regions cannot hold them all.
_ENDINGS = (
    "land", "lande", "gau", "tal", "raum", "region", "gebiet", "revier", "boerde", "wald",
    "dreieck", "achse", "hoehen",
)  # fmt: skip


def find_unread(
    reading: Reading, wishes: Sequence[Wish], outside: Sequence[Outside]
) -> tuple[str, ...]:
    """Return the words that look like a condition and became no wish, as written.

    They are travel times ("höchstens 20 Autominuten"), least distances ("mindestens 30 km
    entfernt"), distances from others ("20 km um Soest"), wishes that nobody can meet together,
    towns told apart from other municipalities, vague areas ("Raum Soest") and landscapes that no
    table knows.
    """
    known = [(wish.start, wish.end) for wish in wishes] + [(o.start, o.end) for o in outside]
    found = [
        *_TRAVEL.find_all(reading.line),
        *_FAR.find_all(reading.line),
        *_beside_wishes(reading, wishes),
        *(f for f in _AREA.find_all(reading.line) if _speaks_of_partners(reading, f)),
        *(f for f in _LANDSCAPE.find_all(reading.line) if _ends_as_landscape(reading, f)),
    ]
    unread = []
    for one in sorted(found, key=lambda f: f.first):
        wish = reading.wish("", True, one)
        if not any(wish.start < end and start < wish.end for start, end in known):
            unread.append(wish.text)
            known.append((wish.start, wish.end))
    return tuple(unread)


def hint(unread: Sequence[str]) -> str | None:
    """Return a German sentence on what was not understood, None where there is nothing."""
    if not unread:
        return None
    quoted = listing([f"„{text}“" for text in unread])
    return (
        f"Nicht als Bedingung verstanden: {quoted}. Verstanden werden Kreise, Regierungsbezirke, "
        "bekannte Landesteile und Höchstentfernungen von Ihnen aus in Kilometern."
    )


def _beside_wishes(reading: Reading, wishes: Sequence[Wish]) -> Iterator[Found]:
    """Yield ways from others, wishes that exclude each other, and villages that are unwanted."""
    line = reading.line
    if "nur" in line.kinds:
        yield from BOTH_ALONE.find_all(line)
    if "km" in line.kinds:
        yield from (f for f in _AROUND.find_all(line) if _is_around_another(reading, f))
    if any(wish.value == ("municipality",) and "tädte" in wish.text for wish in wishes):
        yield from (f for f in _NO_VILLAGES.find_all(line) if _ends(reading, f))


def _is_around_another(reading: Reading, found: Found) -> bool:
    return not _TO_ANOTHER.isdisjoint(reading.norms(found.first, found.last))


_TO_ANOTHER = words("um around nach")


def _ends(reading: Reading, found: Found) -> bool:
    return reading.line.kinds[found.last : found.last + 1] in {(), ("stop",), ("comma",)}


def _speaks_of_partners(reading: Reading, found: Found) -> bool:
    before = scope.clause_before(reading, found)
    return bool(_PARTNERS & set(before))


def _ends_as_landscape(reading: Reading, found: Found) -> bool:
    token = reading.tokens[reading.spans[found.last - 1][0]]
    return token.norm.endswith(_ENDINGS) and token.capital
