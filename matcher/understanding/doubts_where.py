"""Why words on where partners are may be no wish: facts, things, another Kreis."""

from __future__ import annotations

from itertools import pairwise

from matcher.understanding.doubts import speaks_of_itself
from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.scope import (
    DENIES,
    DENIES_BEHIND,
    PARTNERS,
    STOPS,
    clause_around,
    clause_before,
    follows_also,
    is_allowed,
    not_only,
    sentences_around,
)
from matcher.understanding.tokens import words
from matcher.understanding.wish import STATEWIDE

_ENDS = {(), ("stop",), ("comma",)}


def speaks_of_itself_or_several(reading: Reading, found: Found) -> bool:
    """Tell whether the own Kreis is the searcher's description, or the first of several Kreise."""
    following = reading.line.kinds[found.last : found.last + 4]
    several = following[:1] in {("und",), ("comma",)} and "kreisname" in following
    return several or speaks_of_itself(reading, found)


def is_fact_or_several(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is one of several, or nobody there is a partner.

    "Von den Kommunen im Kreis Soest hat niemand Interesse."
    """
    following = reading.line.kinds[found.last : found.last + 1]
    asked = "want" in reading.line.kinds[max(found.first - 1, 0) : found.last]
    return (following in {("have",), ("exists",)} and not asked) or speaks_of_itself_or_several(
        reading, found
    )


def is_fact_or_elsewhere(reading: Reading, found: Found) -> bool:
    """Tell whether it is another Kreis, one allowed too, or `is_fact_or_several` holds."""
    if names_another(reading, found) or follows_also(reading, found):
        return True
    return is_fact_or_several(reading, found)


def is_in_a_clause(reading: Reading, found: Found) -> bool:
    """Tell whether other words stand before in the clause, or none at all does before it."""
    return bool(clause_before(reading, found)) or found.first == 0


def states_a_fact(reading: Reading, found: Found) -> bool:
    """Tell whether something is said of the Kreis: "im eigenen Kreis gibt es niemanden"."""
    following = reading.line.kinds[found.last : found.last + 1]
    before = clause_before(reading, found)
    if "shall" in before:
        return False  # "sollen im selben Kreis sein"
    after = reading.norms(found.last, found.last + 4)
    already = bool({"schon", "bereits"} & set(after)) and "we" in reading.line.kinds[found.last :]
    kinds = reading.line.kinds[found.last : found.last + 2]
    told = (already and "want" not in before) or (not before and kinds == ("w", "we"))
    return told or "also" in before[-4:] or following in {("exists",), ("have",), ("are",)}


def measures_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a length is one of a thing: "höchstens 20 km Radweg"."""
    if found.last >= len(reading.spans):
        return False
    token = reading.tokens[reading.spans[found.last][0]]
    if reading.line.kinds[found.last] == "exists":
        return True  # "Innerhalb von 20 km gibt es kein Tierheim"
    if token.glued:
        return reading.line.kinds[found.last] not in {"radius", "weg"}  # km/h
    if "weg" in clause_before(reading, found):
        return False  # "Die Fahrt darf höchstens 20 km lang sein"
    if reading.line.kinds[found.last] != "w":
        return False
    if token.norm in {"um", "around"}:
        return _is_around_a_thing(reading, found.last + 1)
    return token.capital or token.norm in {"lang", "lange", "langen", "langer", "langes"}


def is_no_longest_way(reading: Reading, found: Found) -> bool:
    """Tell whether a length is one of a thing, or the least distance rather than the largest."""
    return measures_a_thing(reading, found) or is_shortest_way(reading, found)


def is_shortest_way_or_allowed(reading: Reading, found: Found) -> bool:
    """Tell whether a length is the least way, one that may be, or one that is.

    "Darf gern 50 km weg sein" allows, "das nächste Bad ist 20 km entfernt" tells.
    """
    before = clause_before(reading, found)
    told = before[-1:] in {("are",), ("lie",)} or reading.line.kinds[
        found.last : found.last + 1
    ] == ("lie",)
    if told and "w" in before and not PARTNERS & set(before) and "shall" not in before:
        return True
    return is_shortest_way(reading, found) or is_allowed(reading, found)


def is_shortest_way(reading: Reading, found: Found) -> bool:
    """Tell whether partners shall be farther: "mindestens 30 km entfernt", not "nicht weiter als".

    What is denied before or behind is the largest distance: "mehr als 30 km wären zu weit".
    """
    clause = clause_before(reading, found)
    # "keine Partner, die weiter … sind", "wer weiter … ist, kommt nicht in Frage"
    relative = clause[:1] in {("the",), ("who",)}
    if relative and DENIES_BEHIND & set(sentences_around(reading, found)):
        return False
    before = [kind for kind in clause if kind not in _ARTICLES]
    kinds = reading.line.kinds[found.last :]
    ends = (i for i, kind in enumerate(kinds) if kind in _CLAUSE_ENDS)
    after = kinds[: next(ends, len(kinds))]
    if DENIES_BEHIND & set(after) or ("to", "far") in pairwise(after):
        return False
    if before[-1:] and before[-1] in {"not", "no", "outside"}:
        return not DENIES & set(before[:-1])  # "nicht im Umkreis von 30 km"
    compared = before[-1:] == ["than"] and before[-2:-1] and before[-2] in _LONGER
    least = compared or (before[-1:] and before[-1] in {"min", "over", "ab"})
    return bool(least) and not DENIES & set(before)


_ARTICLES = frozenset({"in", "the", "one", "from", "inside", "our"})
_LONGER = frozenset({"more", "far", "further", "bigger"})
_CLAUSE_ENDS = STOPS | {"comma", "und", "but", "butonly"}


def _is_around_a_thing(reading: Reading, item: int) -> bool:
    """Tell whether a radius is drawn around a thing: "im Umkreis von 5 km um die Schule"."""
    kinds = reading.line.kinds
    while item < len(kinds) and kinds[item] in {"the", "our", "one"}:
        item += 1
    return kinds[item : item + 1] == ("w",)


def not_the_whole_land(reading: Reading, found: Found) -> bool:
    """Tell whether a region is less than the Land: "ganz Westfalen"."""
    regions = [reading.regions[i] for i in range(found.first, found.last) if i in reading.regions]
    return any(region.prefixes != STATEWIDE for region in regions)


def describes_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether "landesweit" belongs to a noun: "landesweite Rechtsfragen"."""
    token = reading.tokens[reading.spans[found.last - 1][0]]
    return token.norm not in _ADVERBS or not PARTNERS & set(sentences_around(reading, found))


_ADVERBS = words("landesweit nrwweit statewide")


def names_another(reading: Reading, found: Found) -> bool:
    """Tell whether a name behind "Kreis" says that it is another one: "Kreis Kassel"."""
    if found.last >= len(reading.spans):
        return False
    token = reading.tokens[reading.spans[found.last][0]]
    return token.is_word and token.capital and reading.line.kinds[found.last - 1] == "kreis"


def names_another_or_tells(reading: Reading, found: Found) -> bool:
    """Tell whether it is another Kreis, or what was: "mit dem Kreis wurde 2019 geprüft".

    "Mit dem Kreis abgestimmt" is settled, too.
    """
    _, last = clause_around(reading, found)
    after = reading.norms(found.last, last)
    told = bool(_TELLS & set(after[:1])) or bool(_SETTLED & set(after[-1:]))
    return told or names_another(reading, found)


_SETTLED = words("abgestimmt besprochen vorbesprochen geklaert")
_TELLS = words("wurde wurden war waren scheiterte endete lief laeuft besteht bestand hat")


def starts_elsewhere(reading: Reading, found: Found) -> bool:
    """Tell whether a way is counted from another body: "höchstens 20 km von Hamm entfernt"."""
    kinds = reading.line.kinds
    first = reading.line.kinds[found.first : found.last]
    named = {"placename", "kreisname"}
    item = found.last
    led = kinds[item : item + 1] == ("from",) or reading.norms(item, item + 1) in _AROUND
    item += 1
    while item < len(kinds) and kinds[item] in {"the", "stadt", "gemeinde"}:
        item += 1
    there = led and bool(named & set(kinds[item : item + 1]))
    return there or ("radius" in first and bool(named & set(first)))


_AROUND = {("um",), ("around",), ("nach",)}


def lies_between(reading: Reading, found: Found) -> bool:
    """Tell whether a thing lies between bodies: "Radweg zwischen zwei Gemeinden des Kreises"."""
    before = clause_before(reading, found)
    return "between" in before[-2:] and set(before[-1:]) <= {"between", "number", "the"}


def belongs_itself(reading: Reading, found: Found) -> bool:
    """Tell whether it is the searcher or a place that belongs there: "wir gehören zum Kreis"."""
    before = clause_before(reading, found)
    return bool({"we", "w"} & set(before)) and not PARTNERS & set(before)


def says_no_partner(reading: Reading, found: Found) -> bool:
    """Tell whether the clause speaks of no partner: "die Wache jenseits der Kreisgrenze"."""
    before = clause_before(reading, found)
    alone = not before and reading.line.kinds[found.last : found.last + 1] in _ENDS
    return follows_also(reading, found) or not (alone or PARTNERS & set(before))


def asks_for_nobody(reading: Reading, found: Found) -> bool:
    """Tell whether the clause neither wants nor names a partner: how far a matter reaches."""
    before = set(clause_before(reading, found))
    return follows_also(reading, found) or not PARTNERS & before


def is_genitive(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is whose members are meant: "alle Kommunen des Kreises sollen …"."""
    return reading.norm(found.first) in {"kreises", "landkreises"}


def is_by_the_kreis(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is who does it: "am besten vom Kreis", or `follows_also` holds."""
    return "vom" in reading.norms(found.first, found.last) or follows_also(reading, found)


def says_where_a_thing_is(reading: Reading, found: Found) -> bool:
    """Tell whether a border is a place, not a condition: "an der gemeinsamen Stadtgrenze"."""
    return bool(clause_before(reading, found))


def counts_others(reading: Reading, found: Found) -> bool:
    """Tell whether "neben uns" means besides us: "neben uns drei weitere Städte"."""
    around = reading.line.kinds[max(found.first - 2, 0) : found.last + 3]
    return bool({"number", "further", "other", "also"} & set(around))


def not_only_or_told(reading: Reading, found: Found) -> bool:
    """Tell whether a fact is told: "… ist aber direkt nebenan", or `not_only` holds."""
    before = reading.line.kinds[max(found.first - 2, 0) : found.first]
    told = "are" in before and not {"shall", "want", "partner"} & set(
        sentences_around(reading, found)
    )
    return told or not_only(reading, found)
