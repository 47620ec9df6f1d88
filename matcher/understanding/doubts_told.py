"""Why a way or a Kreis may be told of a thing or of us: "die Wache steht höchstens 12 km weg"."""

from __future__ import annotations

import re
from itertools import pairwise

from matcher.understanding import grammar
from matcher.understanding.doubts import speaks_of_itself, tells_of_a_body
from matcher.understanding.doubts_counted import JOINT_WORK
from matcher.understanding.doubts_where import names_another_or_tells
from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.scope import (
    BODIES,
    DENIES,
    NAMES,
    clause_around,
    clause_before,
    is_allowed,
)
from matcher.understanding.tokens import words


def is_told_of_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether the clause says where a thing or a named body is, and no partner is meant.

    "Der Bauplatz liegt maximal 3 km …", "die Anlage liegt außerhalb unseres Kreises".
    """
    before = clause_before(reading, found)
    inside = reading.line.kinds[found.first : found.last]
    if _ASKED & set(before) or (BODIES - {"kreis"}) & set(inside):
        return False
    if not _PLANNED.isdisjoint(reading.norms(*clause_around(reading, found))):
        return False
    first = found.first - len(before)
    if before[-1:] == ("w",) and _STRETCHES.search(reading.norm(found.first - 1)):
        return True  # "2. Bauabschnitt höchstens 25 km"
    verbs = [i for i in range(first, found.first) if _tells_where(reading, i)]
    if not verbs:
        return False
    subject = range(first, verbs[-1])
    named = any(reading.line.kinds[i] in _NAMED for i in subject)
    things = [reading.norm(i) for i in subject if _is_a_thing(reading, i)]
    return named or (bool(things) and not any(thing in _SEATS for thing in things))


def _is_a_thing(reading: Reading, item: int) -> bool:
    """Tell whether a noun names a thing, no joint work; "Denkbar sind …" begins with none."""
    noun = reading.noun(item)
    if noun is None or noun.norm.endswith(JOINT_WORK):
        return False
    return not (noun.opens and reading.line.kinds[item + 1 : item + 2] == ("are",))


_PLANNED = words("geplant gedacht angedacht vorgesehen moeglich sinnvoll denkbar vorstellbar")


def _tells_where(reading: Reading, item: int) -> bool:
    kind = reading.line.kinds[item]
    return kind in {"lie", "are"} or reading.norm(item) in _STANDS


_STRETCHES = re.compile("(abschnitte?s?|trassen?|teilstuecke?|strecken?laenge)$")
_STANDS = words("steht stehen befindet befinden verlaeuft betraegt liegt lag stand")
_ASKED = BODIES | words("shall want who interest nur limited")
_NAMED = NAMES - {"region"}
# Where a body has its seat its partners are measured from: "das Rathaus liegt höchstens …".
_SEATS = words("rathaus sitz verwaltungssitz rathaeuser kreishaus amtssitz")


def leads_elsewhere(reading: Reading, found: Found) -> bool:
    """Tell whether a length is the way to a thing or a named body: "3 km vom Bahnhof".

    So is one that stands behind a name in brackets: "die Entfernung nach Hamm (35 km)".
    """
    return _goes_to_a_thing(reading, found) or _belongs_to_a_name(reading, found)


def _goes_to_a_thing(reading: Reading, found: Found) -> bool:
    kinds = reading.line.kinds
    led = found.last + (kinds[found.last : found.last + 1] == ("upto",))
    if led >= len(kinds) or kinds[led] not in {"to", "from"}:
        return False
    item = led + 1
    while kinds[item : item + 1] and kinds[item] in {"the", "adj"}:
        item += 1
    if kinds[item : item + 1] == ("one",) and not reading.tokens[reading.spans[item][0]].capital:
        item += 1
    if kinds[led] == "to":
        named = item < len(kinds) and reading.tokens[reading.spans[item][0]].capital
        if reading.norm(led) not in {"zur", "zum"} and not named:
            return False  # "… away to draw up maps", "zu fahren"
        return kinds[item : item + 1] not in _TO_US and not BODIES & set(kinds[item : item + 2])
    noun = reading.noun(item)
    if noun is None or noun.norm in _SEATS or BODIES & set(clause_before(reading, found)):
        return False
    return reading.norm(led) in {"von", "vom"}


_TO_US = {(), ("us",), ("we",), ("our",), ("self",), ("borderline",), ("stop",), ("comma",)}


def _belongs_to_a_name(reading: Reading, found: Found) -> bool:
    kinds = reading.line.kinds
    if found.first == 0 or kinds[found.first - 1] not in {"placename", "kreisname"}:
        return False
    opening = reading.tokens[reading.spans[found.first][0]].text
    way = {"weg", "minutes"} & set(clause_before(reading, found))
    return opening == "(" or (kinds[found.first] in {"comma", "colon", "dash"} and bool(way))


def is_no_length(reading: Reading, found: Found) -> bool:
    """Tell whether a length is none: "höchstens -5 km", "0 km"."""
    slot = found.slots.get("n")
    if slot is None:
        return False
    first = reading.spans[slot][0]
    number, before = reading.tokens[first], reading.tokens[max(first - 1, 0)]
    below_zero = (
        before.text == "-"
        and before.end == number.start
        and reading.line.kinds[max(slot - 2, 0)] in _BEFORE_A_LENGTH
    )
    return below_zero or reading.number(slot) == 0


_BEFORE_A_LENGTH = words("max min upto to less more than over ab radius weg from")


def says_how_we_are(reading: Reading, found: Found) -> bool:
    """Tell whether we tell of ourselves: "wir sind nicht mehr im eigenen Kreis versorgt"."""
    first, last = clause_around(reading, found)
    kinds = reading.line.kinds[first : found.first]
    asked = _ASKED & set(reading.line.kinds[first:last]) - {"kreis"}
    if asked or not _OPEN.isdisjoint(reading.norms(first, last)):
        return False
    return ("we", "are") in pairwise(kinds) or ("are", "we") in pairwise(kinds)


_OPEN = words("offen bereit dankbar froh interessiert")


def would_not_belong(reading: Reading, found: Found) -> bool:
    """Tell whether we do not want to belong there: "wir möchten nicht zum Kreis gehören"."""
    before = clause_before(reading, found)
    behind = reading.line.kinds[found.first : found.last + 2]
    return "we" in before and "belong" in behind and not BODIES & set(before)


def may_but_need_not(reading: Reading, found: Found) -> bool:
    """Tell whether partners may be there: "dürfen gern aus einem anderen Kreis kommen"."""
    first, last = clause_around(reading, found)
    inside = set(reading.line.kinds[first:last])
    return not ({"we", "nur"} | DENIES) & inside and is_allowed(reading, found)


def contradicts_itself(reading: Reading, found: Found) -> bool:
    """Tell whether both are wanted alone: "nur im eigenen Kreis und nur außerhalb"."""
    line = reading.line
    near = line.kinds[max(found.first - _NEAR, 0) : found.last + _NEAR]
    if near.count("nur") < _TWICE:
        return False
    offsets = (*line.offsets, len(line.written))
    until = offsets[min(found.last + _NEAR, len(line.kinds))]
    both = BOTH_ALONE.compiled.search(line.written, offsets[max(found.first - _NEAR, 0)], until)
    return (
        both is not None
        and both.start() <= offsets[found.first]
        and offsets[found.last] <= both.end()
    )


_TWICE, _NEAR = 2, 12
_INSIDE = "nur (with|the|{body}|from|in|inside){0,3} (in|inside|from) {own} {district}"
_OUTSIDE = "nur (with|the|{body}|from){0,3} outside from? {own} {district}"
BOTH_ALONE = grammar.Pattern(
    f"({_INSIDE} (comma|und|but)+ {_OUTSIDE}|{_OUTSIDE} (comma|und|but)+ {_INSIDE})"
)
"""Wishes that nobody can meet together."""


def compares_others(reading: Reading, found: Found) -> bool:
    """Tell whether a size is no partner's: "Werl ist so groß wie Soest", "wir sind so groß wie"."""
    before = reading.line.kinds[max(found.first - 1, 0) : found.first]
    if before in {("factor",), ("not",), ("no",)}:
        return True
    return speaks_of_itself(reading, found) or tells_of_a_body(reading, found)


def asks_no_other_kreis(reading: Reading, found: Found) -> bool:
    """Tell whether the neighbouring Kreis is no partner: "kein Verbund mit dem Nachbarkreis"."""
    before, behind = clause_before(reading, found), reading.line.kinds[found.last :]
    if (DENIES | {"also", "have", "less"}) & set(before) or behind[:1] == ("have",):
        return True
    return names_another_or_tells(reading, found)


def comes_from_the_kreis(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is who gives: "kein Geld vom Kreis"."""
    inside = range(found.first, found.last)
    gives = any(reading.norm(i) in {"vom", "von"} for i in inside)
    return gives and any(reading.noun(i) is not None for i in inside)
