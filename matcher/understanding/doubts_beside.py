"""Why who or what is beside may be no partner: things lie at a border, people live next door."""

from __future__ import annotations

from itertools import pairwise

from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.scope import (
    BODIES,
    NAMES,
    PARTNERS,
    clause_around,
    clause_before,
    sentences_around,
)
from matcher.understanding.tokens import words


def borders_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a thing lies at a border or has neighbours, and no partner is asked for.

    "Der Friedhof grenzt an unser Rathaus", "die direkten Nachbarn der Baustelle klagen".
    """
    return (
        _lives_there(reading, found)
        or _is_next_to_a_thing(reading, found)
        or _has_another_border(reading, found)
        or _is_told_of_us(reading, found)
        or _touches_us(reading, found)
    )


def _lives_there(reading: Reading, found: Found) -> bool:
    """Tell whether people next door are meant: "die Nachbarn haben Einspruch eingelegt"."""
    if "nb" not in reading.line.kinds[found.first : found.last]:
        return False
    first, last = clause_around(reading, found)
    norms = set(reading.norms(first, last))
    behind = reading.line.kinds[found.last : found.last + 1] == ("have",)
    return bool(_PRIVATE & norms) or (behind and not _FIRST & norms)


_FIRST = words("vorrang vorzug prioritaet")
_PRIVATE = words(
    "klagen klagt geklagt beschweren beschwert protestieren wohnen wohnt stoeren gestoert streiten "
    "aerger streit einspruch widerspruch anhoerung anhoeren beschwerde beschwerden bauvorhaben"
)


def _is_next_to_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether those who live beside a thing are meant: "direkte Nachbarn des Klärwerks"."""
    kinds = reading.line.kinds
    if kinds[found.last - 1] != "nb" or kinds[found.last : found.last + 1] not in _OF:
        return False
    whose = reading.norm(found.last)
    return whose in _GENITIVE and reading.noun(found.last + 1) is not None


_OF = {("the",), ("one",), ("from",)}
_GENITIVE = words("des der eines einer vom")


def _has_another_border(reading: Reading, found: Found) -> bool:
    """Tell whether it is the border to somebody else: "mit einer Grenze zu den Niederlanden"."""
    kinds = reading.line.kinds
    if kinds[found.last - 1] != "borderline" or kinds[found.last : found.last + 1] != ("to",):
        return False
    behind = [kind for kind in kinds[found.last + 1 : found.last + 3] if kind != "the"]
    named = behind[:1] and behind[0] in NAMES
    return bool(named) or behind[:1] == ["w"]


def _is_told_of_us(reading: Reading, found: Found) -> bool:
    """Tell whether it is told how things are: "wir sind ohne Nachbarn", "neben uns wohnt …"."""
    before = clause_before(reading, found)
    told = before[:-1] if before[-1:] in {("no",), ("without",)} else before
    if told[-2:] == ("we", "are") or told[-1:] == ("have",):
        # "wir haben keine Nachbarn", but "wir haben kein Interesse an Nachbarn"
        first, last = reading.spans[found.first - (told != before)]
        return last - first == 1
    following = reading.line.kinds[found.last : found.last + 1]
    is_told = following in {("exists",), ("lie",), ("have",)} or (
        following == ("w",) and reading.noun(found.last) is None
    )
    beside = reading.line.kinds[found.first] == "beside" and not before and is_told
    return beside and not PARTNERS & set(sentences_around(reading, found))


def _touches_us(reading: Reading, found: Found) -> bool:
    """Tell whether a thing touches us, or we reach what we can do: "wir stoßen an Grenzen"."""
    if not {"border", "borderline"} & set(reading.line.kinds[found.first : found.last]):
        return False
    kinds, around = reading.line.kinds, sentences_around(reading, found)
    asked = _ASKED & set(around)
    if asked or ("one", "comma") in pairwise(around):
        return False  # "mit einer, die an uns grenzt"
    first, last = clause_around(reading, found)
    if kinds[max(first - 1, 0) : first + 1] == ("comma", "the"):
        first = max(first - 2, 0)  # "der Wald, der an uns grenzt"
    if "we" in kinds[first:last]:
        return True
    nouns = [i for i in range(first, last) if reading.noun(i) and kinds[i - 1 : i] != ("our",)]
    return bool(nouns) and not _ONE_TOUCHES.isdisjoint(reading.norms(first, last))


_ONE_TOUCHES = words("grenzt angrenzt stoesst")
_ASKED = BODIES | NAMES | {"shall", "who", "want", "adj"}
