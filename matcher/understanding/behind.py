"""What stands behind the words it bears on, to be read as if it stood before them.

German denies a phrase where it stands ("keine Nachbarn") or with the verb at the end of the
sentence ("Nachbarn kommen nicht in Frage"), and bounds a number before or behind it ("höchstens
20 km", "20 km höchstens"). Rules know the first forms; this module finds the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from matcher.understanding import grammar
from matcher.understanding.grammar import Found, Line
from matcher.understanding.lexicon import NEED
from matcher.understanding.tokens import words

_BODIES = (
    "stadt|gemeinde|ort|kommune|nbplace|nbkreis|nb|kreise|partner|grossstadt|kleinstadt|mittelstadt"
    "|borderer|members|region|kreisfrei|kreisang|verband"
)
_BEFORE = "with|from|to|toward|onto|in|inside|outside"
_PART = (
    f"{_BODIES}|{_BEFORE}|the|our|own|other|one|adj|further|all|nbadj|bordering|direct|klein|gross"
    "|mittel|smaller|bigger|similar|over|less|more|upto|max|min|ab|than|between|number|people"
    "|thousand|km|radius|weg|kreis|ownkreis|kreisname|kreisgrenze|regionadj|we|self|size"
    "|borderline|whole|und"
)
_RELATIVE = "(comma (with|in|from|toward)? the any{1,10} comma)?"
_DENIED = grammar.Pattern(
    f"({_PART}){{1,14}} {_RELATIVE} (have us? the w)? "
    "(want|are|shall|stay|belong|we|us|self|also|sich|w|serves|than|partner){0,5} "
    "(n=not|k=no|y=nobody|b=barred|a=absent|x=except|f=forgo|r=refuse|s=excludes we from"
    "|l=let (we|us)? (weg|absent)|t=to (gross|klein|far|toomuch))"
)
# What is said behind ends with one of these.
_TELLING = words(
    "not no nobody barred absent except forgo refuse to let excludes max min limit nur"
)
_PART_KINDS = frozenset(_PART.split("|")) - {"to", "we", "than", "partner"}
_EXCLUDED = grammar.Pattern(f"s=excludes we? ({_PART}){{1,10}} from {{end}}")
_BOUNDED = grammar.Pattern(
    f"number thousand? (people|km (weg|radius)?|{_BODIES}) are? the? (a=max|b=min|c=limit) {{end}}"
)
_LIMITED = grammar.Pattern(f"(?!und)({_PART}){{1,8}} nur {{end}}")
_HEADS = frozenset(_BODIES.split("|"))
# Behind these a phrase is no clause's first: "für eine einzelne Kommune nicht".
_WITHIN = frozenset({"w", "serves", "single", "at", "through"})
_LED = frozenset({"with", "to", "toward", "onto", "from"})
_BEFORE_BODIES = frozenset(_BEFORE.split("|"))
_WHENCE = frozenset({"from", "in", "inside", "outside"})
_OF_A_KREIS = frozenset({"the", "our", "own", "with", "through", "over", "toward", "onto"})
_PHRASE_ENDS = frozenset({"stop", "colon", "comma", "but", "butonly", "dash"})
_DENIES = frozenset({"not", "no", "nobody", "without", "except"})
# "Nachbarn kommen nicht …" denies, "Nachbarn haben nicht geantwortet" tells.
_VERBS = words(
    "es das sehen sieht geht gehen klappt funktioniert kommen kommt passen passt eignen eignet "
    "sich zusammenarbeit kooperation dafuer dabei vorerst zunaechst derzeit momentan"
)
# "… hat uns der Rat untersagt"
_DECIDERS = words("rat stadtrat kreistag politik ausschuss buergermeister landrat vorstand")
_UNFIT = words(
    "vorgesehen geeignet zugelassen eingeplant gefragt angesprochen gemeint beruecksichtigt "
    "vorgeschlagen akzeptiert zu sinnvoll moeglich passend eligible acceptable"
)
_NOT_NEEDED = words(
    "noetig notwendig erforderlich wichtig entscheidend einverstanden interessiert zwingend "
    "unbedingt noch nur vergessen"
)
_NEED = NEED - {"brauchen", "need"}  # "den Kreis brauchen wir nicht" denies it
_MEASURES = frozenset(
    {"nur", "number", "more", "bigger", "smaller", "far", "further", "over", "less", "barred"}
    | {"exceed"}
)
_MOST_BEHIND = 4


class Behind(Struct, frozen=True):
    """Items from `first` on, to which those at [at, end) say a word of this kind."""

    kind: str
    first: int
    at: int
    end: int


def find_behind(kinds: Sequence[str], norms: Sequence[str]) -> list[Behind]:
    """Return what is said behind, in order and apart from each other.

    Parameters
    ----------
    kinds, norms
        Kind and plain word of each item of a text.
    """
    if _TELLING.isdisjoint(kinds):
        return []
    line = Line.of(kinds)
    found = [*_denied(line, norms), *_bounded(line), *_limited(line)]
    apart: list[Behind] = []
    for one in sorted(found, key=lambda behind: behind.first):
        if not apart or one.first >= apart[-1].end:
            apart.append(one)
    return apart


def _bounded(line: Line) -> Iterator[Behind]:
    """Yield numbers with their bound behind: "drei Partner maximal", "20 km sind die Grenze"."""
    kinds = line.kinds
    for found in _BOUNDED.find_all(line):
        slot, at = next(iter(found.slots.items()))
        if kinds[max(found.first - 1, 0)] not in {"max", "min", "less", "over", "ab", "upto"}:
            yield Behind("min" if slot == "b" else "max", found.first, at, found.last)


def _limited(line: Line) -> Iterator[Behind]:
    """Yield bodies with "nur" behind: "neighbouring municipalities only"."""
    for found in _LIMITED.find_all(line):
        if _HEADS & set(line.kinds[found.first : found.last]):
            yield Behind("nur", found.first, found.last - 1, found.last)


def _denied(line: Line, norms: Sequence[str]) -> Iterator[Behind]:
    kinds = line.kinds
    for found in _EXCLUDED.find_all(line):
        first = found.slots["s"] + 1
        first += kinds[first] == "we"
        yield Behind("no", first, found.last - 1, found.last)  # "Wir schließen … aus"
    for found in _DENIED.find_all(line):
        slot, at = next(iter(found.slots.items()))
        end = next((i for i in range(at, len(kinds)) if kinds[i] in _PHRASE_ENDS), len(kinds))
        if kinds[at - 1] == "und":
            continue  # "ob im Kreis oder nicht"
        if _is_phrase(kinds, norms, found, at) and _denies(kinds, norms, found, slot, at, end):
            bodies = any(kind in _HEADS for kind in kinds[found.first : at])
            led = bodies and kinds[found.first] in _BEFORE_BODIES
            yield Behind("no", found.first + led, at, end)


def _is_phrase(kinds: tuple[str, ...], norms: Sequence[str], found: Found, at: int) -> bool:
    """Tell whether bodies or the Kreis are what is denied, and are not denied before already."""
    if kinds[max(found.first - 1, 0)] in _DENIES or _DENIES & set(kinds[found.first : at]):
        return False
    if kinds[max(found.first - 1, 0)] in _WITHIN and kinds[found.first] not in _LED:
        return False
    between = range(found.first, at)
    relative = max((i for i in between if kinds[i] == "comma"), default=found.first)
    if any(
        kinds[i] == "w" and norms[i] not in _VERBS | _DECIDERS
        for i in between[relative - found.first :]
    ):
        return False
    bodies = any(kinds[i] in _HEADS and kinds[i - 1] != "than" for i in between)
    return bodies or kinds[found.first] in _WHENCE or _is_a_kreis(kinds[found.first : at])


def _is_a_kreis(phrase: Sequence[str]) -> bool:
    """Tell whether the Kreis itself is denied, not bodies in it: "den Kreis brauchen wir nicht"."""
    rest = [kind for kind in phrase if kind not in _OF_A_KREIS]
    return rest[:1] in (["kreis"], ["ownkreis"])


def _denies(
    kinds: tuple[str, ...], norms: Sequence[str], found: Found, slot: str, at: int, end: int
) -> bool:
    before, behind = set(kinds[found.first : at]), range(at + 1, end)
    if slot == "x":
        return end == at + 1
    if slot == "f":
        return kinds[found.first] in {"from", "onto"}
    if slot == "r":
        return bool(before & {"we", "us", "are"})
    if slot in "batls":
        return True
    if len(behind) > _MOST_BEHIND or any(
        kinds[i] in _MEASURES or (kinds[i] in _PART_KINDS and kinds[i + 1 : i + 2] != ("want",))
        for i in behind
    ):
        return False
    said = {norms[i] for i in range(found.first, end)}
    if _NOT_NEEDED & {norms[i] for i in behind} or (_NEED & said and "melden" not in said):
        return False
    if {"have", "exists"} & {kinds[i] for i in behind}:
        return False  # "Nachdem es mit den Nachbarn nicht geklappt hat"
    asked = bool(before & {"want", "shall", "we"}) or kinds[at - 1] in _HEADS
    return asked or not behind or any(kinds[i] == "want" or norms[i] in _UNFIT for i in behind)
