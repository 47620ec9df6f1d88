"""Why words that a rule found may be no wish: facts, the searcher itself, what is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.tokens import words
from matcher.understanding.wish import STATEWIDE

_STOPS = frozenset({"stop", "colon"})


_ENDS = {(), ("stop",), ("comma",)}
_PARTNERS = words(
    "partner kommune stadt gemeinde ort kreise nb nbplace nbkreis grossstadt kleinstadt "
    "mittelstadt office want nur other"
)


_OWN_NOUNS = {(noun,) for noun in ("stadt", "gemeinde", "kommune", "ort")}


def speaks_of_itself(reading: Reading, found: Found) -> bool:
    """Tell whether the searcher describes itself: "wir haben …", "als Gemeinde mit …"."""
    if reading.line.kinds[found.first] == "want":
        return False
    before = clause_before(reading, found)
    for index in range(len(before) - 1, -1, -1):
        if before[index] in {"nur", "other", "want", "partner", "from"}:
            return False
        if before[index] == "we" and before[index - 1 : index] == ("want",):
            return False  # "suchen wir"
        if before[index] in {"we", "self", "have"}:
            return True
        own = reading.searcher.kind != "district"  # its Städte are its members
        if own and before[index] == "our" and before[index + 1 : index + 2] in _OWN_NOUNS:
            return True
        if before[index] == "than" and before[index - 1 : index] not in {("less",), ("more",)}:
            return True
    return False


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
    return (following in {("have",), ("exists",)} and not asked) or speaks_of_itself_or_several(reading, found)


def is_fact_or_elsewhere(reading: Reading, found: Found) -> bool:
    """Tell whether it is another Kreis, one allowed too, or `is_fact_or_several` holds."""
    if names_another(reading, found) or follows_also(reading, found):
        return True
    return is_fact_or_several(reading, found)


def is_not_required(reading: Reading, found: Found) -> bool:
    """Tell whether somebody merely need not take part: "der Kreis muss nicht dabei sein"."""
    tokens = (reading.tokens[reading.spans[i][0]].norm for i in range(found.first, found.last))
    return bool(_REQUIRE & set(tokens))


_REQUIRE = words("muss muessen must braucht brauchen need")


def is_in_a_clause(reading: Reading, found: Found) -> bool:
    """Tell whether other words stand before in the clause, or none at all does before it."""
    return bool(clause_before(reading, found)) or found.first == 0


def tells_of_a_body(reading: Reading, found: Found) -> bool:
    """Tell whether a body is compared, not what is sought: "Hamm ist größer als wir"."""
    told = {"placename", "kreisname", "ownkreis"} & set(clause_before(reading, found))
    return bool(told) or is_allowed(reading, found)


def is_allowed(reading: Reading, found: Found) -> bool:
    """Tell whether something may be, but need not: "der Partner darf größer sein als wir"."""
    before = clause_before(reading, found)
    items = range(found.first - len(before), found.last)
    allowed = _MAY & {reading.tokens[reading.spans[item][0]].norm for item in items}
    return bool(allowed) and not ({"not", "no", "nur", "max"} & set(before))


def is_one_of_several(reading: Reading, found: Found) -> bool:
    """Tell whether other bodies are named beside: "Großstädte und Kreise"."""
    kinds = reading.line.kinds
    beside = (kinds[found.last : found.last + 2], kinds[max(found.first - 2, 0) : found.first][::-1])
    joined = any(
        pair[:1] in {("und",), ("comma",)} and bool((_PARTNERS | {"group"}) & set(pair[1:]))
        for pair in beside
    )
    return joined or speaks_of_itself(reading, found)


def tells_how_many_are_left(reading: Reading, found: Found) -> bool:
    """Tell whether the staff is counted: "nur noch zu zweit", "zu dritt betreuen wir"."""
    verb, subject = (*reading.line.kinds[found.last : found.last + 2], "", "")[:2]
    told = subject == "we" and verb not in {"want", "shall", "are"}
    return told or clause_before(reading, found)[-2:] == ("nur", "still")


def is_where_others_are(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis found first only says where bodies are: "Kommunen aus dem Kreis"."""
    kinds = reading.line.kinds
    if kinds[found.first] not in {"kreis", "ownkreis"}:
        return False
    before = [kind for kind in kinds[max(found.first - 4, 0) : found.first] if kind not in _OWN]
    return before[-1:] in (["from"], ["in"], ["inside"], ["outside"])


_OWN = frozenset({"the", "our", "own"})


def is_no_dative(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is not whom a task is given to: "dem Kreis übertragen"."""
    return reading.tokens[reading.spans[found.first][0]].norm not in {"dem", "unserem"}


def belongs_to_bodies(reading: Reading, found: Found) -> bool:
    """Tell whether "from the Kreis" says where bodies are: "sollen Kommunen aus dem Kreis sein"."""
    kinds = reading.line.kinds[found.first : found.last]
    whence = max((i for i, kind in enumerate(kinds) if kind in {"from", "through"}), default=0)
    return whence > 0 and kinds[whence - 1] in _PARTNERS - {"want", "nur"}


def states_a_fact(reading: Reading, found: Found) -> bool:
    """Tell whether something is said of the Kreis: "im eigenen Kreis gibt es niemanden"."""
    following = reading.line.kinds[found.last : found.last + 1]
    before = clause_before(reading, found)
    if "shall" in before:
        return False  # "sollen im selben Kreis sein"
    return "also" in before[-4:] or following in {("exists",), ("have",), ("are",)}


_PREFERENCE = words(
    "bevorzugt bevorzugen bevorzugte vorzugsweise vorrangig liebsten besten ehesten lieber gern "
    "gerne moeglichst ideal idealerweise preferably preferred"
)


def is_no_preference(reading: Reading, found: Found) -> bool:
    """Tell whether bodies are sought rather than preferred to others."""
    items = range(found.first, found.last)
    return not _PREFERENCE & {reading.tokens[reading.spans[item][0]].norm for item in items}


def no_measure_of_partners(reading: Reading, found: Found) -> bool:
    """Tell whether the number is not one of bodies: "versorgt 20.000 Einwohner"."""
    kinds = reading.line.kinds
    before, after = kinds[max(found.first - 3, 0) : found.first], kinds[found.last : found.last + 1]
    if before[-1:] == ("with",) and before[-2:-1] in {(), ("stop",), ("comma",), ("colon",)}:
        return True  # "Mit unter 25.000 Einwohnern dürfen wir …"
    if "serves" in before or "catchment" in after or speaks_of_itself(reading, found):
        return True
    # A fragment of its own, "…, höchstens 20.000 Einwohner", can only mean partners.
    speaks = "w" in clause_before(reading, found)
    return speaks and not (_PARTNERS | {"radius", "km"}) & set(_sentences_around(reading, found))


def measures_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a length is one of a thing: "höchstens 20 km Radweg"."""
    if found.last >= len(reading.spans):
        return False
    token = reading.tokens[reading.spans[found.last][0]]
    if reading.line.kinds[found.last] == "exists":
        return True  # "Innerhalb von 20 km gibt es kein Tierheim"
    if token.glued:
        return reading.line.kinds[found.last] not in {"radius", "weg"}  # km/h
    if reading.line.kinds[found.last] != "w":
        return False
    if token.norm in {"um", "around"}:
        return _is_around_a_thing(reading, found.last + 1)
    return token.capital or token.norm in {"lang", "lange", "langen", "langer", "langes"}


def is_no_longest_way(reading: Reading, found: Found) -> bool:
    """Tell whether a length is one of a thing, or the least distance rather than the largest."""
    return measures_a_thing(reading, found) or is_shortest_way(reading, found)


def is_shortest_way_or_allowed(reading: Reading, found: Found) -> bool:
    """Tell whether a length is the least way, or one that may be: "darf gern 50 km weg sein"."""
    return is_shortest_way(reading, found) or is_allowed(reading, found)


_MAY = words("darf duerfen kann koennen")


def is_shortest_way(reading: Reading, found: Found) -> bool:
    """Tell whether partners shall be farther: "mindestens 30 km entfernt", not "nicht weiter als".

    What is denied before or behind is the largest distance: "mehr als 30 km wären zu weit".
    """
    clause = clause_before(reading, found)
    # "keine Partner, die weiter … sind", "wer weiter … ist, kommt nicht in Frage"
    relative = clause[:1] in {("the",), ("who",)}
    if relative and _DENIES_BEHIND & set(_sentences_around(reading, found)):
        return False
    before = [kind for kind in clause if kind not in _ARTICLES]
    kinds = reading.line.kinds[found.last :]
    ends = (i for i, kind in enumerate(kinds) if kind in _CLAUSE_ENDS)
    after = kinds[: next(ends, len(kinds))]
    if _DENIES_BEHIND & set(after) or ("to", "far") in pairwise(after):
        return False
    if before[-1:] and before[-1] in {"not", "no", "outside"}:
        return not _DENIES & set(before[:-1])  # "nicht im Umkreis von 30 km"
    compared = before[-1:] == ["than"] and before[-2:-1] and before[-2] in _LONGER
    least = compared or (before[-1:] and before[-1] in {"min", "over", "ab"})
    return bool(least) and not _DENIES & set(before)


_ARTICLES = frozenset({"in", "the", "one", "from", "inside", "our"})
_LONGER = frozenset({"more", "far", "further", "bigger"})
_DENIES = frozenset({"not", "no", "nobody", "without", "except"})
_DENIES_BEHIND = _DENIES | {"barred", "absent"}
_CLAUSE_ENDS = _STOPS | {"comma", "und", "but", "butonly"}


def _is_around_a_thing(reading: Reading, item: int) -> bool:
    """Tell whether a radius is drawn around a thing: "im Umkreis von 5 km um die Schule"."""
    kinds = reading.line.kinds
    while item < len(kinds) and kinds[item] in {"the", "our", "one"}:
        item += 1
    return kinds[item : item + 1] == ("w",)


def is_no_count_of_partners(reading: Reading, found: Found) -> bool:
    """Tell whether a number of bodies is a fact: "zwei Kommunen sind schon dabei"."""
    kinds = reading.line.kinds
    after = kinds[found.last : found.last + 4]
    before = clause_before(reading, found)
    if before[-2:] == ("beside", "us") or before[-1:] == ("shall",):
        return False
    if ("takespart" in after and not {"want", "shall"} & set(after)) or after[:1] in {
        ("have",),
        ("are",),
    }:
        return True
    if "exists" in before or "all" in before[-2:] or before[-1:] == ("between",):
        return True
    if kinds[found.first] != "number":
        return False
    if before[-2:] in {("want", "we"), ("shall", "we")}:
        return False  # "dafür suchen wir zwei Gemeinden"; "wir zwei Gemeinden" are told of
    return before[-1:] in {("our",), ("we",), ("from",)} or before[-2:] == ("from", "the")


def not_the_whole_land(reading: Reading, found: Found) -> bool:
    """Tell whether a region is less than the Land: "ganz Westfalen"."""
    regions = [reading.regions[i] for i in range(found.first, found.last) if i in reading.regions]
    return any(region.prefixes != STATEWIDE for region in regions)


def describes_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether "landesweit" belongs to a noun: "landesweite Rechtsfragen"."""
    token = reading.tokens[reading.spans[found.last - 1][0]]
    return token.norm not in _ADVERBS or not _PARTNERS & set(_sentences_around(reading, found))


_ADVERBS = words("landesweit nrwweit statewide")


def is_not_asked(reading: Reading, found: Found) -> bool:
    """Tell whether something is merely not required: "es müssen keine Nachbarn sein"."""
    before = reading.spans[max(found.first - 2, 0) : found.first]
    if clause_before(reading, found)[:1] == ("shall",):
        return True  # "Sollten sich keine Nachbarn finden, …"
    return bool(_REQUIRE & {reading.tokens[first].norm for first, _ in before})


def names_another(reading: Reading, found: Found) -> bool:
    """Tell whether a name behind "Kreis" says that it is another one: "Kreis Kassel"."""
    if found.last >= len(reading.spans):
        return False
    token = reading.tokens[reading.spans[found.last][0]]
    return token.is_word and token.capital and reading.line.kinds[found.last - 1] == "kreis"


def names_another_or_tells(reading: Reading, found: Found) -> bool:
    """Tell whether it is another Kreis, or what was: "mit dem Kreis wurde 2019 geprüft"."""
    tokens = [reading.tokens[first].norm for first, _ in reading.spans[found.last :]]
    return bool(_TELLS & set(tokens[:1])) or names_another(reading, found)


_TELLS = words("wurde wurden war waren scheiterte endete lief laeuft besteht bestand hat")


def says_no_partner(reading: Reading, found: Found) -> bool:
    """Tell whether the clause speaks of no partner: "die Wache jenseits der Kreisgrenze"."""
    before = clause_before(reading, found)
    alone = not before and reading.line.kinds[found.last : found.last + 1] in _ENDS
    return follows_also(reading, found) or not (alone or _PARTNERS & set(before))


def speaks_of_one(reading: Reading, found: Found) -> bool:
    """Tell whether a noun is in the singular: "unsere Stadt" of a Kreis is no wish."""
    last = reading.tokens[reading.spans[found.last - 1][1] - 1]
    if clause_before(reading, found)[-1:] == ("between",):
        return True  # "zwischen unseren Städten"
    return not_only(reading, found) or last.norm in {"stadt", "gemeinde", "kommune", "ort"}


def is_in_the_singular(reading: Reading, found: Found) -> bool:
    """Tell whether one body is meant, who may be the searcher: "kleine Eifelgemeinde sucht"."""
    first, last = reading.spans[found.first][0], reading.spans[found.last - 1][1]
    return any(t.text.casefold().endswith(_SINGULAR) for t in reading.tokens[first:last])


def is_the_searcher(reading: Reading, found: Found) -> bool:
    """Tell whether one body is described before it is said that it seeks: "kleinere Stadt sucht"."""
    before = reading.line.kinds[max(found.first - 3, 0) : found.first]
    return is_in_the_singular(reading, found) and not {"want", "with", "one"} & set(before)


def is_the_searcher_or_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a number of inhabitants is the searcher's, or no partner's."""
    return is_the_searcher(reading, found) or no_measure_of_partners(reading, found)


_SINGULAR = ("stadt", "gemeinde", "kommune")


def is_genitive(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is whose members are meant: "alle Kommunen des Kreises sollen …"."""
    return reading.tokens[reading.spans[found.first][0]].norm in {"kreises", "landkreises"}


def follows_also(reading: Reading, found: Found) -> bool:
    """Tell whether something is allowed rather than asked: "auch außerhalb unseres Kreises"."""
    before = clause_before(reading, found)
    # "innerhalb und außerhalb unseres Kreises", but "Heilbäder und Kurorte im Kreis".
    both = before[-1:] == ("und",) and reading.line.kinds[found.first] not in _PARTNERS
    return "also" in before[-4:] or before[-2:] == ("not", "nur") or both


def is_by_the_kreis(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is who does it: "am besten vom Kreis", or `follows_also` holds."""
    spans = reading.spans[found.first : found.last]
    by = any(reading.tokens[first].norm == "vom" for first, _ in spans)
    return by or follows_also(reading, found)


def is_welcome_too(reading: Reading, found: Found) -> bool:
    """Tell whether something is allowed, as said behind: "Partner ohne … sind auch recht"."""
    return "also" in reading.line.kinds[found.last : found.last + 4]


def says_where_a_thing_is(reading: Reading, found: Found) -> bool:
    """Tell whether a border is a place, not a condition: "an der gemeinsamen Stadtgrenze"."""
    return bool(clause_before(reading, found))


def is_denied_behind(reading: Reading, found: Found) -> bool:
    """Tell whether what was found is denied right behind it: "direkte Nachbarn bitte nicht"."""
    after = [kind for kind in reading.line.kinds[found.last : found.last + 3] if kind != "want"]
    inside = reading.line.kinds[found.first : found.last]
    ends = after[1:2] == [] or after[1] in _STOPS | {"comma", "but", "butonly"}
    return after[:1] == ["not"] and ends and not {"not", "no"} & set(inside)


def denied_from(reading: Reading, found: Found) -> int | None:
    """Return the item that denies what was found, with what stands between, None where none does.

    "Keine" may stand before the noun that a relative clause or a phrase behind it goes with.
    """
    kinds = reading.line.kinds
    if kinds[found.first] in _DENIES | {"comma"}:
        return None
    first = found.first - 1
    while first >= 0 and found.first - first <= _FARTHEST_DENIAL and _is_carried(kinds, first):
        first -= 1
    denied = first >= 0 and kinds[first] in _DENIES
    return first if denied and "also" not in kinds[first : found.first] else None


def _is_carried(kinds: Sequence[str], item: int) -> bool:
    """Tell whether a denial reaches over an item; over a comma into a relative clause alone."""
    if kinds[item] == "comma":
        return "the" in kinds[item + 1 : item + 3]
    return kinds[item] in _CARRIED


_CARRIED = _PARTNERS - {"nur", "want"} | words("with the our other adj from in to toward")
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


def counts_others(reading: Reading, found: Found) -> bool:
    """Tell whether "neben uns" means besides us: "neben uns drei weitere Städte"."""
    around = reading.line.kinds[max(found.first - 2, 0) : found.last + 3]
    return bool({"number", "further", "other", "also"} & set(around))


def not_only_or_told(reading: Reading, found: Found) -> bool:
    """Tell whether a fact is told: "… ist aber direkt nebenan", or `not_only` holds."""
    before = reading.line.kinds[max(found.first - 2, 0) : found.first]
    told = "are" in before and not {"shall", "want", "partner"} & set(
        _sentences_around(reading, found)
    )
    return told or not_only(reading, found)


def clause_before(reading: Reading, found: Found) -> tuple[str, ...]:
    """Return the kinds of the words before a find, back to the last comma or stop."""
    kinds = reading.line.kinds
    first = found.first
    while first > 0 and kinds[first - 1] not in _STOPS | {"comma", "but", "butonly"}:
        first -= 1
    return kinds[first : found.first]


def _sentences_around(reading: Reading, found: Found) -> tuple[str, ...]:
    """Return the kinds of the sentence and of the one before it."""
    kinds = reading.line.kinds
    first, stops = found.first, 0
    while first > 0 and stops + (kinds[first - 1] in _STOPS) < 2:
        first -= 1
        stops += kinds[first] in _STOPS
    last = found.last
    while last < len(kinds) and kinds[last] not in _STOPS:
        last += 1
    return kinds[first:last]
