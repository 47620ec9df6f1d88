"""How far words reach: clauses, what is denied, "nur" and "auch"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.understanding.grammar import Found
from matcher.understanding.lexicon import NEED
from matcher.understanding.reading import Reading
from matcher.understanding.tokens import words

STOPS = frozenset({"stop", "colon"})
_PARTS = STOPS | {"comma", "but", "butonly"}  # between clauses
PARTNERS = words(
    "partner kommune stadt gemeinde ort kreise nb nbplace nbkreis grossstadt kleinstadt "
    "mittelstadt office want nur other"
)
BODIES = PARTNERS - {"want", "nur", "other"} | words("kreis members")
NAMES = words("placename kreisname ownkreis verbandname region")
DENIES = frozenset({"not", "no", "nobody", "without", "except"})
_BEGINS_APART = DENIES | {"comma"}
DENIES_BEHIND = DENIES | {"barred", "absent"}


def is_allowed(reading: Reading, found: Found) -> bool:
    """Tell whether something may be, but need not: "der Partner darf größer sein als wir"."""
    before = clause_before(reading, found)
    allowed = _MAY.intersection(reading.norms(found.first - len(before), found.last))
    return bool(allowed) and not ({"not", "no", "nur", "max"} & set(before))


_MAY = words("darf duerfen kann koennen")


def follows_also(reading: Reading, found: Found) -> bool:
    """Tell whether something is allowed rather than asked: "auch außerhalb unseres Kreises"."""
    before = clause_before(reading, found)
    # "innerhalb und außerhalb unseres Kreises", but "unter 20.000 und im Kreis".
    both = before[-1:] == ("und",) and bool(_WHERE & set(before[-2:-1]))
    return "also" in before[-4:] or before[-2:] == ("not", "nur") or both


_WHERE = frozenset({"in", "inside", "outside", "from", "kreis", "ownkreis", "kreisname", "region"})


def is_indifferent(reading: Reading, found: Found) -> bool:
    """Tell whether it does not matter: "Ob aus dem Kreis oder nicht, ist egal"."""
    kinds, first = reading.line.kinds, found.first
    while first > 0 and kinds[first - 1] not in STOPS:
        first -= 1
    last = found.last
    while last < len(kinds) and kinds[last] not in STOPS:
        last += 1
    opens = reading.norm(first) == "ob"
    return opens and "matters" in kinds[found.last : last]


def is_taken_back(reading: Reading, found: Found) -> bool:
    """Tell whether it need not be after all, as said behind: "…, muss aber nicht (sein)"."""
    kinds, item = reading.line.kinds, found.last
    while item < min(found.last + _FARTHEST_COMMA, len(kinds)) and kinds[item] not in _APART:
        item += 1
    if not set(kinds[item : item + 1]) & _APART:
        return False
    item += kinds[item] != "but"
    item += reading.norms(item, item + 1) in {("das",), ("sie",), ("es",)}
    end = next((i for i in range(item, len(kinds)) if kinds[i] in _ENDS), len(kinds))
    said = reading.norms(item, end)
    if said[:2] in _NEED_NOT_BE:
        return "not" in kinds[item:end] and _NEED_NOT.issuperset(said)
    # "nicht zwingend" is one item of the kind "also", of which the first word is told
    return said in _NOT_BOUND or (kinds[end - 1] == "also" and said in _NOT_BOUND_AT_ALL)


_APART = frozenset({"comma", "but", "stop", "dash"})
_ENDS = STOPS | {"comma"}
_FARTHEST_COMMA = 3  # a verb or two may stand behind what was found: "… grenzen sollte, …"
_NEED_NOT_BE = {("muss", "aber"), ("muessen", "aber"), ("muss", "jedoch"), ("muessen", "jedoch")}
_NEED_NOT = words("muss muessen aber jedoch nicht sein es das liegen grenzen kommen")
_NOT_BOUND_AT_ALL = {("nicht",), ("aber", "nicht"), ("ist", "aber", "nicht")}
_NOT_BOUND = {
    ("aber", "kein", "muss"), ("kein", "muss"), ("ist", "aber", "kein", "muss"),
    ("aber", "keine", "bedingung"), ("keine", "bedingung"),
    ("ist", "aber", "keine", "bedingung"),
}  # fmt: skip


def need_not(reading: Reading, found: Found) -> bool:
    """Tell whether it need not be: "die Partner müssen nicht an uns grenzen"."""
    first = found.first - len(clause_before(reading, found))
    said = reading.norms(first, found.last)
    return any(one in NEED and other == "nicht" for one, other in pairwise(said))


def asks_whether(reading: Reading, found: Found) -> bool:
    """Tell whether the sentence only asks: "Muss der Partner aus dem eigenen Kreis kommen?"."""
    kinds, first = reading.line.kinds, found.first
    while first > max(found.first - _LONGEST_CLAUSE, 0) and kinds[first - 1] not in STOPS:
        first -= 1
    opens = kinds[first : first + 1] == ("shall",) and "partner" in kinds[first + 1 : first + 4]
    return opens and reading.norm(first) in _MUST


_MUST = words("muss muessen soll sollen")


def is_welcome_too(reading: Reading, found: Found) -> bool:
    """Tell whether something is allowed, as said behind: "Partner ohne … sind auch recht"."""
    return "also" in reading.line.kinds[found.last : found.last + 4]


def is_possible_too(reading: Reading, found: Found) -> bool:
    """Tell whether it is one possibility: "Ostwestfalen wäre auch denkbar"."""
    behind = reading.line.kinds[found.last : found.last + 2]
    return "also" in behind and not _PARTS & set(behind)


def is_denied_behind(reading: Reading, found: Found) -> bool:
    """Tell whether what was found is denied right behind it: "direkte Nachbarn bitte nicht"."""
    after = [kind for kind in reading.line.kinds[found.last : found.last + 3] if kind != "want"]
    inside = reading.line.kinds[found.first : found.last]
    if {"not", "no"} & set(inside):
        return False
    ends = after[1:2] == [] or after[1] in _PARTS
    return (after[:1] == ["not"] and ends) or _shall_not(reading.line.kinds, found)


def _shall_not(kinds: Sequence[str], found: Found) -> bool:
    """Tell what partners shall not do: "aus unserem Kreis soll der Partner diesmal nicht sein"."""
    if "number" in kinds[found.first : found.last] or kinds[found.last :][:1] != ("shall",):
        return False
    item = found.last + 1
    denied = kinds[item : item + 1] == ("no",)  # a reading puts it before its noun
    item += denied
    while item < min(found.last + _FARTHEST_DENIAL, len(kinds)) and kinds[item] in _SUBJECTS:
        item += 1
    if not denied:
        denied = kinds[item : item + 1] == ("not",)
        item += denied
    doing = kinds[item : item + _FARTHEST_COMMA]
    end = next((i for i, kind in enumerate(doing) if kind in _PARTS), len(doing))
    return denied and end < _FARTHEST_COMMA and _DOING.issuperset(doing[:end])


def denied_from(reading: Reading, found: Found) -> int | None:
    """Return the item that denies what was found, with what stands between, None where none does.

    "Keine" may stand before the noun that a relative clause or a phrase behind it goes with.
    """
    kinds = reading.line.kinds
    if kinds[found.first] in _BEGINS_APART:
        return None
    first = found.first - 1
    while first >= 0 and found.first - first <= _FARTHEST_DENIAL and _is_carried(kinds, first):
        first -= 1
    if kinds[max(first - 1, 0) : first + 1] == ("barred", "are"):
        return first - 1  # "Ausgeschlossen sind Kommunen …"
    denied = first >= 0 and kinds[first] in DENIES
    return first if denied and "also" not in kinds[first : found.first] else None


def _is_carried(kinds: Sequence[str], item: int) -> bool:
    """Tell whether a denial reaches over an item; over a comma into a relative clause alone."""
    if kinds[item] == "comma":
        return "the" in kinds[item + 1 : item + 3]
    return kinds[item] in _CARRIED


_SUBJECTS = PARTNERS - {"nur", "want", "other"} | words("the our one w")
_DOING = frozenset({"w", "are", "lie"})
_CARRIED = PARTNERS - {"nur", "want"} | words("with the our other adj from in to toward")
_FARTHEST_DENIAL = 6


def not_only(reading: Reading, found: Found) -> bool:
    """Tell whether "nicht" or "auch" takes the force of "nur": "nicht nur Nachbarn"."""
    kinds = reading.line.kinds
    before = kinds[max(found.first - 2, 0) : found.first]
    inside = kinds[found.first : found.last]
    denied = before[-1:] == ("not",) or before == ("not", "w")  # "nicht wieder nur"
    return (denied and inside[:1] == ("nur",)) or "also" in before


def denied_or_not_only(reading: Reading, found: Found) -> bool:
    """Tell whether what follows is denied, or more than it: "nicht mit den Städten"."""
    before = reading.line.kinds[max(found.first - 1, 0) : found.first]
    return before in {("not",), ("no",), ("without",)} or not_only(reading, found)


def clause_before(reading: Reading, found: Found) -> tuple[str, ...]:
    """Return the kinds of the words before a find, back to the last comma or stop."""
    kinds = reading.line.kinds
    first = found.first
    least = max(first - _LONGEST_CLAUSE, 0)
    while first > least and kinds[first - 1] not in _PARTS:
        first -= 1
    return kinds[first : found.first]


_LONGEST_CLAUSE = 60  # items; a text without commas would be gone through for each find


def clause_around(reading: Reading, found: Found) -> tuple[int, int]:
    """Return the items [first, last) of the clause around a find."""
    kinds = reading.line.kinds
    last, most = found.last, min(found.last + _LONGEST_CLAUSE, len(kinds))
    while last < most and kinds[last] not in _PARTS:
        last += 1
    return found.first - len(clause_before(reading, found)), last


def sentences_around(reading: Reading, found: Found) -> tuple[str, ...]:
    """Return the kinds of the sentence and of the one before it."""
    kinds = reading.line.kinds
    first, stops = found.first, 0
    while first > 0 and stops + (kinds[first - 1] in STOPS) < 2:
        first -= 1
        stops += kinds[first] in STOPS
    last = found.last
    while last < len(kinds) and kinds[last] not in STOPS:
        last += 1
    return kinds[first:last]
