"""Wishes about the kind and the standing of partners: "nur Kreise", "keine kreisfreien Städte"."""

from __future__ import annotations

from collections.abc import Iterator

from data import LegalStatus
from matcher.understanding import doubts, scope
from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.standing_patterns import (
    BARRED,
    HEADS,
    KREIS,
    LARGE_TOWNS,
    LOOSE,
    MEANINGS,
    MEMBERS,
    MUST,
    NONE,
    OPENING,
    PLACES,
    POSITIVE,
    VERBAND,
)
from matcher.understanding.tokens import words
from matcher.understanding.wish import Wish

_NO_VERBAND = PLACES | KREIS
_ANY_BODY = (PLACES, _NO_VERBAND)
_OUT_OF = frozenset({"aus", "out"})
_NAMES = frozenset({"kreisname", "ownkreis", "placename", "self"})
_PLACE_NOUNS = frozenset({"stadt", "gemeinde", "ort", "kommune", "nbplace", "partner"})
_ORDER = tuple(status.value for status in LegalStatus)
_BY_STANDING = frozenset({"kreisfrei", "kreisang", "gross", "mittel", "klein"})
# A phrase that these follow says where or how large the partners are, not of which kind.
_MODIFIERS = words(
    "from in inside outside the our own with upto max less more min over ab between number "
    "direct than similar bordering around region border us smaller bigger not radius far"
)
_MEASURES = words("upto max less more min over ab between number")
_OF_OUR = words("the our own")
_BEFORE_WHICH = words("with from toward in onto")
_SELF = words("than are we one self our have")
_PLURALS = words(
    "staedte staedten gemeinden kommunen orte orten cities towns municipalities kreise "
    "kreisen districts counties landkreise landkreisen"
)


def standing_wishes(reading: Reading) -> Iterator[Wish]:
    """Yield what the text says about kind and standing, as `kinds` or `legal_status`.

    What is named positively is meant alone, lists being unions; what is excluded leaves the rest.
    Associations are left out by any such wish that does not speak of them: nobody lists them.
    """
    if not HEADS & set(reading.line.kinds):
        return
    allowed: frozenset[str] | None = None
    first: Found | None = None
    for found, meant in _positive(reading):
        allowed = meant if allowed is None else (allowed & meant or allowed)
        first = first or found
    excluded = (*NONE.find_all(reading.line), *BARRED.find_all(reading.line))
    for found in excluded:
        kinds = reading.line.kinds
        meant = _meaning(reading, found)
        if "nur" in kinds[found.first : found.first + 2] or doubts.is_not_asked(reading, found):
            continue
        if kinds[found.last : found.last + 2] == ("other", "kreise"):
            continue  # "keine Kommunen anderer Kreise"
        following = kinds[found.last] if found.last < len(kinds) else "stop"
        # "Es soll keine Stadt sein", but "Keine Kommune schafft das allein".
        said = (*kinds[max(found.first - 1, 0) : found.first], following) == ("shall", "are")
        if meant == PLACES and not said and not _is_plural(reading, found):
            continue
        barred = "barred" in kinds[found.first : found.last]
        if not (barred or said) and (
            following in _MODIFIERS or _only_a_head(reading, found, meant)
        ):
            continue
        rest = _rest(reading, found, allowed)
        if rest and rest != allowed:
            allowed, first = rest, first or found
    if allowed is not None and first is not None:
        yield _as_wish(reading, allowed, first)


def _positive(reading: Reading) -> Iterator[tuple[Found, frozenset[str]]]:
    kinds = reading.line.kinds
    seen: set[int] = set()
    for found in BARRED.find_all(reading.line):
        seen |= set(range(found.first, found.last))
    for pattern in POSITIVE:
        for found in pattern.find_all(reading.line):
            before = kinds[max(found.first - 2, 0) : found.first]
            if before in {("no", "w"), ("without", "w")} and kinds[found.first] == "with":
                continue  # "keine Zusammenarbeit mit …"
            if kinds[found.first] == "other" and set(before[-1:]) & _PLACE_NOUNS:
                continue  # "Kommunen anderer Kreise" are no Kreise
            if "kreise" in kinds[found.first : found.last] and _OUT_OF & set(
                reading.norms(found.first, found.last)
            ):
                continue  # nor are partners "nur aus anderen Kreisen"
            if kinds[found.last : found.last + 3] == ("are", "not", "barred"):
                continue  # who is not left out is not meant alone
            if "also" in before or scope.denied_from(reading, found) is not None:
                continue
            if (
                seen & set(range(found.first, found.last))
                or "also" in kinds[found.first : found.last]
            ):
                continue
            if pattern is OPENING and not _opens(reading, found):
                continue
            loose = pattern in LOOSE
            if kinds[found.first] == "comma" and before[-1:] and before[-1] in _NAMES:
                continue  # "Hamm (kreisfrei)"
            alike = pattern is OPENING and _is_a_kreis(reading) and kinds[found.first] == "kreise"
            if loose and not alike and not _says_standing(reading, found):
                continue
            meant = _meaning(reading, found)
            if pattern is not MUST and _only_a_head(reading, found, meant):
                continue
            if meant and (meant not in _ANY_BODY or not loose):
                seen |= set(range(found.first, found.last))
                yield found, meant


def _opens(reading: Reading, found: Found) -> bool:
    """Tell whether a sentence begins with a standing: "Große kreisangehörige Städte für …"."""
    kinds = reading.line.kinds
    told = {"kreisfrei", "kreisang"} & set(kinds[found.first : found.last])
    # To a Kreis they are its like: "Leitstelle: Kreise in Südwestfalen".
    told |= set(kinds[found.first : found.last]) & {"kreise"} if _is_a_kreis(reading) else set()
    alike = kinds[found.last : found.last + 2] == ("than", "we")  # "kleine Gemeinden wie wir"
    return bool(told or alike) and kinds[max(found.first - 1, 0) : found.first] in _OPENINGS


def _goes_on(reading: Reading, found: Found) -> bool:
    """Tell whether Kreise are a subject or stand beside others: "zwei Kreise wollen"."""
    last = reading.norm(found.last - 1)
    following = reading.line.kinds[found.last : found.last + 3]
    subject = reading.line.kinds[found.first] != "want" and last in _WILL
    subject = subject or following[:2] == ("have", "us")
    joined = following[:1] in {("und",), ("comma",)}
    return subject or (
        joined and bool({"grossstadt", "mittelstadt", "nb", "placename"} & set(following))
    )


_WILL = words("wollen will moechte moechten suchen sucht")


def _is_a_kreis(reading: Reading) -> bool:
    return reading.searcher.kind == "district"


_OPENINGS = {(), ("stop",), ("colon",), ("dash",)}


def _says_standing(reading: Reading, found: Found) -> bool:
    """Tell whether a phrase without "nur" says whom one wants, not who one is."""
    kinds = reading.line.kinds[found.first : found.last]
    before = reading.line.kinds[max(found.first - 3, 0) : found.first]
    told_of = scope.clause_before(reading, found)
    if "have" in told_of and "want" not in told_of and kinds[0] == "with":
        return False  # "Wir haben Erfahrungen mit kreisfreien Städten"
    partner = kinds[-1] == "partner" and before[-1:] == ("one",)  # "eine … Stadt als Partner"
    inside = set(kinds)
    another = "other" in inside and "kreisfrei" in inside  # "eine andere kreisfreie Stadt"
    itself = before[-1:] and before[-1] in _SELF and not (partner or another)
    if kinds[0] != "want" and itself:
        return False
    told = bool({"with", "want"} & inside and {"kreisfrei", "kreisang"} & inside)
    told = told or another
    # "lieber eine große Stadt als Partner"
    told = told or ("partner" in inside and bool({"kreisfrei", "kreisang"} & inside))
    told = told or bool({"want", "one"} <= inside and _BY_STANDING & inside)
    if "verband" in inside:
        return "one" in inside and bool({"with", "want"} & inside)
    if not _is_plural(reading, found) and not told:
        return False
    if reading.searcher.kind == "district" and _meaning(reading, found) == MEMBERS:
        return False  # its own members: `own_district`
    if "kreise" in kinds and not _BY_STANDING & set(kinds):
        if _goes_on(reading, found):
            return False
        alone = reading.searcher.kind == "district" or reading.searcher.district is None
        return alone and bool({"other", "with", "want", "among", "comma"} & set(kinds))
    return bool(_BY_STANDING & set(kinds))


def _meaning(reading: Reading, found: Found) -> frozenset[str]:
    """Return the union of what the phrases of a list mean."""
    meant: frozenset[str] = frozenset()
    item = found.first
    line = reading.line
    while item < found.last:
        for pattern, standing in MEANINGS:
            if matched := pattern.match(line, item):
                meant |= standing
                item += matched
                break
        else:
            item += 1
    return meant


def _rest(reading: Reading, found: Found, allowed: frozenset[str] | None) -> frozenset[str]:
    """Return what stays when a list is excluded."""
    excluded = _meaning(reading, found)
    kinds = reading.line.kinds[found.first : found.last]
    if allowed is not None and allowed - excluded:
        return allowed - excluded
    if allowed == excluded == PLACES and "stadt" not in kinds:
        return allowed  # "nur Städte, keine Gemeinden"
    told_of = {*scope.sentences_around(reading, found)} - {*kinds}
    if allowed is None and excluded == PLACES and "stadt" in told_of:
        return PLACES  # "Städte ja, Gemeinden nein"
    if reading.searcher.kind == "municipality":
        if (
            excluded - KREIS == PLACES
            and "stadt" in kinds
            and "gemeinde" not in kinds
            and "ort" not in kinds
        ):
            return frozenset({"klein"})  # a Gemeinde that wants no town
        if excluded < PLACES:
            return PLACES - excluded
    if excluded == VERBAND:
        return _NO_VERBAND
    return _NO_VERBAND - excluded


def _only_a_head(reading: Reading, found: Found, meant: frozenset[str]) -> bool:
    """Tell whether a list only carries another wish, or names follow it.

    "nur Kommunen aus unserem Kreis", "nur Gemeinden bis 20.000 Einwohner", "Kreise Soest und Unna".
    """
    kinds = reading.line.kinds
    following = kinds[found.last] if found.last < len(kinds) else "stop"
    where = [kind for kind in kinds[found.last : found.last + 4] if kind not in _OF_OUR]
    if meant == MEMBERS and following in {"from", "in", "inside"} and where[1:2] == ["kreis"]:
        return True  # all of a Kreis are: "kreisangehörige Kommunen in unserem Kreis"
    clause = [kind for kind in kinds[found.last : found.last + 3] if kind not in _BEFORE_WHICH]
    if clause[:2] == ["comma", "the"] and meant == PLACES:
        return True  # "nur Gemeinden, die an uns grenzen", "…, mit denen wir …"
    if following in _NAMES or (
        following == "w" and meant == KREIS and found.last - found.first == 1
    ):
        return following in _NAMES
    standing = {"kreisang", "kreisfrei", "kreise"} & set(kinds[found.first : found.last])
    if following in _MEASURES and not standing:
        return True  # "mit kleinen Orten unter 10.000 Einwohnern"
    measured = kinds[found.last + 1] if found.last + 1 < len(kinds) else "stop"
    sized = not standing and meant != KREIS
    if following == "comma" and measured in _MEASURES and sized:
        return True  # "kleine Gemeinden (unter 20.000 Einwohner)"
    if meant != PLACES:
        return False
    if {"nbadj", "bordering", "direct"} & set(kinds[found.first : found.last]):
        return True  # "nur angrenzende Städte"
    inside = kinds[found.first : found.last]
    if following in _MODIFIERS or following == "sich":
        return following != "sich"
    if "kommune" in inside and not {"stadt", "gemeinde", "ort"} & set(inside):
        return not {"no", "without"} & set(inside)
    return not _is_plural(reading, found)


def _is_plural(reading: Reading, found: Found) -> bool:
    """Tell whether more than one body is meant: a plural, or an adjective without a noun."""
    if not _PLURALS.isdisjoint(reading.norms(found.first, found.last)):
        return True
    kinds = [kind for kind in reading.line.kinds[found.first : found.last] if kind != "want"]
    return kinds[-1] in {"kreisfrei", "kreisang"}


def _as_wish(reading: Reading, allowed: frozenset[str], found: Found) -> Wish:
    if allowed in _KINDS:
        return reading.wish("kinds", _KINDS[allowed], found)
    return reading.wish("legal_status", tuple(s for s in _ORDER if s in allowed), found)


_KINDS = {
    PLACES: ("municipality",), KREIS: ("district",), VERBAND: ("association",),
    _NO_VERBAND: ("municipality", "district"),
    KREIS | VERBAND: ("district", "association"),
    PLACES | VERBAND: ("municipality", "association"),
}  # fmt: skip


def towns_alone(reading: Reading) -> Iterator[Wish]:
    """Yield that Kreise are not meant where only towns of a least size are: "nur Städte ab …".

    What is small enough is no Kreis anyhow.
    """
    for found in LARGE_TOWNS.find_all(reading.line):
        if scope.denied_from(reading, found) is not None or scope.follows_also(reading, found):
            continue
        yield reading.wish("kinds", ("municipality",), found)
