"""Why words that a rule found may be no wish: facts, the searcher itself, what is not asked."""

from __future__ import annotations

from matcher.understanding.grammar import Found
from matcher.understanding.lexicon import NEED
from matcher.understanding.reading import Reading
from matcher.understanding.scope import (
    PARTNERS,
    clause_before,
    is_allowed,
    not_only,
    sentences_around,
)
from matcher.understanding.tokens import words

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
        if before[index] == "have" and before[index - 1 : index] in {("the",), ("who",)}:
            return False  # "municipalities that have fewer than …"
        told = {"shall", *PARTNERS} & set(before[:index])
        if before[index] == "have" and told and not {"we", "self", "our"} & set(before[:index]):
            return False  # "Partners should have …"
        rest = set(before[index + 1 :])
        if before[index] == "we" and "with" in rest and PARTNERS & rest:
            return False  # "we would like to do it with towns of …"
        if before[index] in {"we", "self", "have"}:
            return True
        own = reading.searcher.kind != "district"  # its Städte are its members
        if own and before[index] == "our" and before[index + 1 : index + 2] in _OWN_NOUNS:
            return True
        if before[index] == "than" and not _COMPARED & set(before[max(index - 1, 0) : index]):
            return True
    return False


_COMPARED = frozenset({"less", "more", "far", "further", "bigger", "smaller"})


def is_not_required(reading: Reading, found: Found) -> bool:
    """Tell whether somebody merely need not take part: "der Kreis muss nicht dabei sein"."""
    return not NEED.isdisjoint(reading.norms(found.first, found.last))


def tells_of_a_body(reading: Reading, found: Found) -> bool:
    """Tell whether a body is compared, not what is sought: "Hamm ist größer als wir"."""
    told = {"placename", "kreisname", "ownkreis"} & set(clause_before(reading, found))
    return bool(told) or is_allowed(reading, found)


def is_one_of_several(reading: Reading, found: Found) -> bool:
    """Tell whether other bodies are named beside: "Großstädte und Kreise"."""
    kinds = reading.line.kinds
    beside = (
        kinds[found.last : found.last + 2],
        kinds[max(found.first - 2, 0) : found.first][::-1],
    )
    joined = any(
        pair[:1] in {("und",), ("comma",)} and bool(_WHO_TAKES_PART & set(pair[1:]))
        for pair in beside
    )
    return joined or speaks_of_itself(reading, found)


_WHO_TAKES_PART = PARTNERS | {"group"}


def is_beside_kreise(reading: Reading, found: Found) -> bool:
    """Tell whether Kreise are sought, too: "die angrenzende Stadt und beide Kreise"."""
    following = reading.line.kinds[found.last : found.last + 4]
    beside = following[:1] == ("und",) and bool({"kreis", "kreise"} & set(following))
    return beside or not_only(reading, found)


def tells_how_many_are_left(reading: Reading, found: Found) -> bool:
    """Tell whether the staff is counted: "nur noch zu zweit", "zu dritt betreuen wir"."""
    verb, subject = (*reading.line.kinds[found.last : found.last + 2], "", "")[:2]
    told = subject == "we" and verb not in {"want", "shall", "are"}
    before = clause_before(reading, found)
    # "im Standesamt arbeiten wir zu zweit", but "das Archiv betreiben wir zu zweit"
    there = before[:1] == ("in",) and "we" in before and not {"want", "shall"} & set(before)
    if told or there or before[-2:] == ("nur", "still") or before[-3:] == _WE_ARE_ONLY:
        return True
    near = reading.norms(max(found.first - 1, 0), found.last + 1)
    return not (_ON_DUTY | _BY_NOW).isdisjoint(near)


_WE_ARE_ONLY = ("we", "are", "nur")
_BY_NOW = words("schon bereits erst")  # "mit Werl sind wir schon zu zweit"
_ON_DUTY = words("streife streifen schicht besetzt unterwegs eingesetzt eingeteilt laufen")


def is_where_others_are(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis found first only says where bodies are: "Kommunen aus dem Kreis"."""
    kinds = reading.line.kinds
    if kinds[found.first] not in {"kreis", "ownkreis"}:
        return False
    before = [kind for kind in kinds[max(found.first - 4, 0) : found.first] if kind not in _OWN]
    return before[-1:] in (["from"], ["in"], ["inside"], ["outside"])


_OWN = frozenset({"the", "our", "own"})


def is_in_a_kreis(reading: Reading, found: Found) -> bool:
    """Tell whether the searcher has a Kreis, so that "der Kreis" is that one."""
    return reading.searcher.kind == "municipality" and not has_no_kreis(reading, found)


def has_no_kreis(reading: Reading, found: Found) -> bool:
    """Tell whether the searcher is a kreisfreie Stadt."""
    return reading.searcher.kind == "municipality" and reading.searcher.district is None


def is_no_dative(reading: Reading, found: Found) -> bool:
    """Tell whether the Kreis is not whom a task is given to: "dem Kreis übertragen"."""
    return reading.norm(found.first) not in {"dem", "unserem"}


def belongs_to_bodies(reading: Reading, found: Found) -> bool:
    """Tell whether "from the Kreis" says where bodies are: "sollen Kommunen aus dem Kreis sein"."""
    kinds = reading.line.kinds[found.first : found.last]
    whence = max((i for i, kind in enumerate(kinds) if kind in {"from", "through"}), default=0)
    if (
        kinds[0] == "shall"
        and "partner" in reading.line.kinds[max(found.first - 1, 0) : found.first]
    ):
        return True  # "Partner sollen aus dem Kreis kommen"
    if reading.norm(found.first + whence) == "aus":
        return True  # "Sie sollten aus dem Kreis stammen"
    return whence > 0 and kinds[whence - 1] in PARTNERS - {"want", "nur"}


def lacks_leave_or_money(reading: Reading, found: Found) -> bool:
    """Tell whether something else than the Kreis is missing: "ohne Genehmigung des Kreises"."""
    return bool(_GIVEN & set(reading.norms(found.first, found.last)))


_GIVEN = words(
    "genehmigung zustimmung erlaubnis bescheid zuschuss zuschuesse geld gelder mittel foerderung "
    "umlage gegenleistung"
)


_PREFERENCE = words(
    "bevorzugt bevorzugen bevorzugte vorzugsweise vorrangig liebsten besten ehesten lieber gern "
    "gerne moeglichst ideal idealerweise preferably preferred"
)


def is_no_preference(reading: Reading, found: Found) -> bool:
    """Tell whether bodies are sought rather than preferred to others."""
    return _PREFERENCE.isdisjoint(reading.norms(found.first, found.last))


def no_measure_of_partners(reading: Reading, found: Found) -> bool:
    """Tell whether the number is not one of bodies: "versorgt 20.000 Einwohner"."""
    kinds = reading.line.kinds
    before, after = kinds[max(found.first - 3, 0) : found.first], kinds[found.last : found.last + 1]
    if before[-1:] in {("weg",), ("radius",)} or before[-2:] in {("weg", "colon")}:
        return True  # "Entfernung max. 25"
    if "colon" in before:  # what stands before says nothing
        before = before[before.index("colon") + 1 :]
    if before[-1:] == ("with",) and before[-2:-1] in {(), ("stop",), ("colon",)}:
        return True  # "Mit unter 25.000 Einwohnern dürfen wir …"
    for_bodies = "serves" in before and bool(PARTNERS & set(before)) and "one" not in before
    if (
        ("serves" in before and not for_bodies)
        or "catchment" in after
        or speaks_of_itself(reading, found)
    ):
        return True
    # A fragment of its own, "…, höchstens 20.000 Einwohner", can only mean partners.
    speaks = "w" in clause_before(reading, found)
    return speaks and not _OR_DISTANCE & set(sentences_around(reading, found))


_OR_DISTANCE = PARTNERS | {"radius", "km"}


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
    holds = _HOLDS.intersection(reading.norms(found.first - len(before), found.first))
    if before[-1:] == ("have",) or before[-2:] == ("have", "we") or holds:
        return True  # "wir haben drei Orte", "das Gebiet umfasst zwölf Orte"
    if before[-1:] == ("in",) and reading.norm(found.last - 1) in {"fehlt", "fehlen"}:
        return True  # "in zwei Orten fehlt der Bus"
    if after[:1] == ("ab",) and after[1:2] in _CLAUSE_ENDS:
        return True  # "deckt zwei Orte ab"
    if {"exists", "border"} & set(before) or "all" in before[-2:] or before[-1:] == ("between",):
        return True
    if kinds[found.first] != "number":
        return False
    if before[-2:] in {("want", "we"), ("shall", "we")}:
        return False  # "dafür suchen wir zwei Gemeinden"; "wir zwei Gemeinden" are told of
    return before[-1:] in {("our",), ("we",), ("from",)} or before[-2:] == ("from", "the")


_HOLDS = words("umfasst umfassen bedient bedienen deckt verbindet haelt zaehlt besteht")
_CLAUSE_ENDS = {(), ("stop",), ("comma",)}


def is_not_asked(reading: Reading, found: Found) -> bool:
    """Tell whether something is merely not required: "es müssen keine Nachbarn sein"."""
    if clause_before(reading, found)[:1] == ("shall",):
        return True  # "Sollten sich keine Nachbarn finden, …"
    return not NEED.isdisjoint(reading.norms(max(found.first - 2, 0), found.first))


def speaks_of_one(reading: Reading, found: Found) -> bool:
    """Tell whether a noun is in the singular: "unsere Stadt" of a Kreis is no wish."""
    last = reading.tokens[reading.spans[found.last - 1][1] - 1]
    if clause_before(reading, found)[-1:] == ("between",):
        return True  # "zwischen unseren Städten"
    return not_only(reading, found) or last.norm in _ONE_BODY


_ONE_BODY = words("stadt gemeinde kommune ort ortes orts")


def is_in_the_singular(reading: Reading, found: Found) -> bool:
    """Tell whether one body is meant, who may be the searcher: "kleine Eifelgemeinde sucht"."""
    first, last = reading.spans[found.first][0], reading.spans[found.last - 1][1]
    return any(t.text.casefold().endswith(_SINGULAR) for t in reading.tokens[first:last])


def is_the_searcher(reading: Reading, found: Found) -> bool:
    """Tell whether one body is told of that seeks itself: "kleinere Stadt sucht"."""
    before = reading.line.kinds[max(found.first - 3, 0) : found.first]
    return is_in_the_singular(reading, found) and not {"want", "with", "one"} & set(before)


def is_the_searcher_or_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a number of inhabitants is the searcher's, or no partner's."""
    return is_the_searcher(reading, found) or no_measure_of_partners(reading, found)


_SINGULAR = ("stadt", "gemeinde", "kommune", "ort")
