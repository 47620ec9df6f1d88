"""Why a length may be no distance of partners: works, ways and ranges are measured."""

from __future__ import annotations

import re
from itertools import pairwise

from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.scope import BODIES, clause_around, clause_before
from matcher.understanding.tokens import words


def is_no_way_to_partners(reading: Reading, found: Found) -> bool:
    """Tell whether a length is one of what is worked on, or of a way to a thing.

    "Wir spülen 15 bis 20 km", "Gewässer, 30 km", "bis zu 15 km zur Schule", "eine Reichweite von
    300 km".
    """
    inside = reading.line.kinds[found.first : found.last]
    return (
        _leads_to_a_thing(reading, found)
        or _reaches_as_far(reading, found)
        or (not {"radius", "weg"} & set(inside) and _is_worked_on(reading, found))
    )


def _leads_to_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether it is the way to a thing: "der Weg zur Schule", "Entfernung beträgt 35 km"."""
    if "betraegt" in reading.norms(found.first, found.last):
        return True
    to_thing = reading.line.kinds[found.last : found.last + 1] == ("to",)
    if to_thing and reading.noun(found.last + 1) is not None:
        return True
    before, behind = clause_before(reading, found), reading.line.kinds[found.last :]
    if behind[:1] == ("far",) and behind[1:2] != ("weg",) and "w" in before:
        return not _WISHED & set(before)  # "Drohnen fliegen 10 km weit"
    told = "are" in before and not _WISHED & set(before)
    return told and {("weg", "to"), ("to", "w")} <= set(pairwise(before))


def _reaches_as_far(reading: Reading, found: Found) -> bool:
    """Tell whether a thing has a range: "Busse mit einer Reichweite von 300 km"."""
    first = max(found.first - 2, 0)
    norms = reading.norms(found.first, found.last + 1) + reading.norms(first, found.first)
    return "reichweite" in norms and "with" in reading.line.kinds[first : found.first]


def _is_worked_on(reading: Reading, found: Found) -> bool:
    """Tell whether work is done along a length, or so often: "20 km im Jahr", "20 km spülen"."""
    first, last = clause_around(reading, found)
    if _OF_PARTNERS & set(reading.line.kinds[first:last]):
        return False
    norms = reading.norms(first, last)
    tokens = (reading.tokens[start] for start, _ in reading.spans[first:last])
    works = any(_WORKS.fullmatch(token.norm) and not token.capital for token in tokens)
    bare = set(reading.line.kinds[found.first : found.last]) <= _BARE
    return works or bool(_OFTEN & set(norms)) or (bare and _is_headed_by_a_network(reading, found))


def _is_headed_by_a_network(reading: Reading, found: Found) -> bool:
    """Tell whether what is so long stands right before: "Wirtschaftswege: 85 km"."""
    noun = reading.noun(found.first - 1) if found.first else None
    return noun is not None and bool(_NETWORKS.search(noun.norm))


_WISHED = BODIES | {"shall", "want"}
_OF_PARTNERS = BODIES | {"radius", "weg", "want"}
_BARE = frozenset({"comma", "colon", "stop", "dash", "number", "km"})
_OFTEN = words(
    "jahr monat woche tag saison schicht nacht jaehrlich monatlich woechentlich taeglich"
)
_WORKS = re.compile(
    "(ge|be|er|ab|aus|um|ein|an|frei|durch|nach){0,2}"
    "(spuel|kehr|reinig|raeum|streu|maeh|inspizier|sanier|asphaltier|verleg|bau|neuer|pfleg"
    "|unterhalt|unterhael|markier|beschilder|vermess|schneid|film|bewirtschaft|pruef|wart"
    "|befahr|befaehr|umfass|erfass|mess|miss)"
    "(e|en|n|t|et)"
)
_NETWORKS = re.compile(
    "(netz|wege|wegen|strassen?|kanal|kanaele|kanaelen|gewaessern?|leitung|leitungen|trassen?"
    "|strecken?|raender|graeben|baeche|deiche|hecken|gleise|rohre|ufer)$"
)
