"""Why a number may count no partners: staff and things are counted."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from matcher.understanding.grammar import Found
from matcher.understanding.reading import Reading
from matcher.understanding.scope import BODIES, NAMES, STOPS, clause_before, sentences_around
from matcher.understanding.tokens import words

_MARKS = frozenset({"comma", "colon"})


def counts_things(reading: Reading, found: Found) -> bool:
    """Tell whether staff or things are counted, no partners: "Standesbeamte: nur zwei".

    So they are where a noun of theirs stands before as a heading or behind ("zwei, drei anderen
    Fahrzeugen"), and where somebody tells how many work somewhere.
    """
    if _says_whence(reading, found):
        return True
    if BODIES & set(reading.line.kinds[found.first : found.last]):
        return False
    return (
        _is_followed_by_a_thing(reading, found)
        or _stands_behind_staff(reading, found)
        or _tells_who_works_there(reading, found)
        or _is_missed_at_work(reading, found)
    )


def is_too_few(reading: Reading, found: Found) -> bool:
    """Tell whether so many are too few: "ein einziger Partner ist zu wenig", "reicht uns nicht"."""
    first = found.last - 1
    kinds = list(takewhile(_goes_on, reading.line.kinds[first : first + _NEAR_BEHIND]))
    behind = reading.norms(first, first + len(kinds))
    few = any(pair == ("zu", "wenig") for pair in pairwise(behind))
    return few or ("enough" in kinds and "nicht" in behind)


def _goes_on(kind: str) -> bool:
    return kind not in _MARKS and kind not in STOPS


_NEAR_BEHIND = 6


def is_no_group(reading: Reading, found: Found) -> bool:
    """Tell whether what stands before "von zwölf Kommunen" is none: "Archiv von drei Städten"."""
    return not reading.norm(found.first).endswith(("verbund", "buendnis", "allianz"))


def _says_whence(reading: Reading, found: Found) -> bool:
    """Tell whether Kreise are where partners are: "Partner aus mindestens zwei Kreisen"."""
    before = [k for k in clause_before(reading, found) if k not in {"min", "max", "nur", "upto"}]
    inside = reading.line.kinds[found.first : found.last]
    whence = before[-1:] == ["in"] or (before[-1:] == ["from"] and bool(BODIES & set(before)))
    return whence and inside[-1] in {"kreise", "kreis", "nbkreis"}


def _is_followed_by_a_thing(reading: Reading, found: Found) -> bool:
    """Tell whether a noun behind says what is counted: "mit zwei, drei anderen Fahrzeugen"."""
    last, noun = reading.line.kinds[found.last - 1], reading.noun(found.last)
    if last == "foursome":
        return _is_team_of_others(reading, found)
    return last in {"other", "further"} and noun is not None and not _HOUSES.search(noun.norm)


def _is_team_of_others(reading: Reading, found: Found) -> bool:
    """Tell whether two or three are no bodies: "Tandem-Ausbildung", "ein Trio von Kollegen"."""
    behind = reading.noun(found.last)
    token = reading.tokens[reading.spans[found.last - 1][0]]
    at_work = reading.line.kinds[found.last : found.last + 2] == ("in", "w")
    if token.norm.endswith("team") and at_work:
        return True  # "ein Dreierteam im Standesamt"
    if behind is not None:
        return not behind.norm.endswith(JOINT_WORK)
    if token.norm not in _BANDS:
        return False
    kinds = reading.line.kinds
    whose = found.last + (kinds[found.last : found.last + 1] in {("from",), ("the",)})
    return token.glued or (whose > found.last and reading.noun(whose) is not None)


_BANDS = words("tandem duo trio quartett")
JOINT_WORK = (
    "zusammenarbeit", "arbeit", "kooperation", "loesung", "partnerschaft", "verbund", "modell",
    "vereinbarung", "vertrag", "projekt", "buendnis", "verband", "gruppe",
)  # fmt: skip
# Houses of other bodies: "mit zwei, drei anderen Bauhöfen" are as many partners.
_HOUSES = re.compile(
    "(verwaltung|amt|aemter|haus|haeuser|hof|hoefe|wehr|archiv|schule|werk|kasse|buecherei"
    "|kaemmerei|stelle|traeger|leitung|dezernat|dienst|rathaus|bad|baeder)(en|e|n|r|rn|er|ern)?$"
)


def _stands_behind_staff(reading: Reading, found: Found) -> bool:
    """Tell whether a heading names staff or things: "Standesbeamte: nur zwei"."""
    kinds = reading.line.kinds
    head = found.first - 1
    while head >= 0 and kinds[head] in _MARKS:
        head -= 1
    if head < 0 or (noun := reading.noun(head)) is None or not _STAFF.search(noun.norm):
        return False
    while head > 0 and kinds[head - 1] == "w" and reading.tokens[reading.spans[head][0]].glued:
        head -= 1  # "IT-Fachkräfte"
    # "Pool für Standesbeamte, höchstens drei" has partners.
    return kinds[max(head - 1, 0) : head] in _HEADING


_HEADING = {(), ("stop",), ("comma",), ("colon",), ("the",), ("our",), ("und",)}
_STAFF = re.compile(
    "(beamten?|kraefte|angestellten?|arbeiter|arbeitende|beschaeftigte|kollegen|innen"
    "|stellen|planstellen|meister|aerzte|ingenieure|techniker|pruefer|fahrer|waerter|azubis"
    "|assistenten|gaertner|helfer|betreuer|sanitaeter|politessen|leitern"
    "|fahrzeuge|wagen|maschinen|geraete|anhaenger|plaetze|gruppen|klassen|raeume|tage)$"
)


def _tells_who_works_there(reading: Reading, found: Found) -> bool:
    """Tell whether staff is counted where it works: "im Ordnungsamt nur zwei", "wir sind nur …"."""
    if _ASKED & set(reading.line.kinds[found.first : found.last]):
        return False
    before = [kind for kind in clause_before(reading, found) if kind not in {"the", "our"}]
    there = before[:2] in (["in", "w"], ["at", "us"]) and set(before) <= _THERE
    return there or before[-2:] == ["we", "are"]


_ASKED = words("want shall foursome together")
_THERE = words("in at us w are have exists we")


def _is_missed_at_work(reading: Reading, found: Found) -> bool:
    """Tell whether somebody is missed where no body is spoken of: "es fehlen drei"."""
    missed = _MISSED & set(reading.norms(found.first, found.last))
    around = set(sentences_around(reading, found))
    return bool(missed) and not around & _SPOKEN_OF


_MISSED = words("fehlen fehlt")
_SPOKEN_OF = BODIES | NAMES | {"still"}
