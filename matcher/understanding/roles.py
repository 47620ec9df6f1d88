"""The role in which a text names a body, from the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from matcher.understanding import role_signs
from matcher.understanding.context import DESIGNATIONS, clause
from matcher.understanding.role_signs import (
    BETWEEN,
    NOT,
    OPEN,
    is_excluded,
    is_model,
    is_on_board,
)
from matcher.understanding.role_words import (
    AGREED,
    LEFT_OUT_HEADING,
    REFUSED,
    TAKE_PART_HEADING,
)
from matcher.understanding.tokens import Token, words

Role = Literal["wanted", "on_board", "excluded", "mentioned"]
Span = tuple[int, int]

_AND_NOT = {("und", "nicht"), ("and", "not")}
_LIKEWISE = frozenset({"auch", "ebenfalls", "ebenso", "ebensowenig", "genauso", "too"})
_ALONE = DESIGNATIONS | {"die", "der"}
_TELLING = REFUSED | AGREED | OPEN | {"interesse"}
_EITHER = words("nicht in frage infrage betracht")
_TO_JOIN = words("anschliessen andocken dazukommen dazustossen einsteigen beitreten join")
_CLOSING = words("und oder u o sowie bzw and or &")
_WILL = words("will wollen moechte moechten macht machen kann koennen interessiert")
VOCABULARY = role_signs.VOCABULARY | _LIKEWISE | _CLOSING | _TO_JOIN
"""Words from which a role is told."""


def roles_of(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Role]:
    """Return the role of each name.

    Names in one list share their role; the clause around the list decides.

    Parameters
    ----------
    tokens
        The whole text.
    spans
        [first, last) of all names, in the order of the text.
    """
    roles: list[Role] = []
    for first, last in _lists(tokens, spans):
        before = roles[-1] if roles else "wanted"
        role = _role_of_list(tokens, spans[first][0], spans[last][1], before)
        roles += [role] * (last - first + 1)
    return roles


def _role_of_list(tokens: Sequence[Token], start: int, end: int, previous: Role) -> Role:
    left, right = clause(tokens, start, end)
    before = _without_need([token.norm for token in tokens[left:start]])
    after = [token.norm for token in tokens[end:right]]
    if not after:
        alone = set(before) <= _ALONE  # "Stadt Borken: nein"
        after = _remark(tokens, end, alone) or _behind_bracket(tokens, end)
    after = _without_need(after)
    if tuple(after[:2]) in _AND_NOT:
        after = []  # "mit Herdecke und nicht Wetter"
    labelled = _label(tokens, start)
    if labelled is not None and not after:
        return labelled
    if set(before[:1]) & _LIKEWISE and not set(after) - _EITHER and previous != "mentioned":
        return previous  # "Kall scheidet aus, ebenso Schleiden"
    if is_model(before, after):
        return "mentioned"
    if is_excluded(before, after):
        return "excluded"
    if _TALKED & set(after):
        return _answered(tokens, right)
    if _asks_to_join(tokens, end) and not set(after) & AGREED:
        return "wanted"
    if after[:1] and after[0] in _LIKEWISE and len(after) <= 2:
        return previous
    if is_on_board(before, after):
        return "on_board"
    return "excluded" if _fell_through(tokens, right) else "wanted"


def _fell_through(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether nothing came of it: "wollten wir mit Werl angehen, das hat sich zerschlagen"."""
    if end + 1 >= len(tokens) or tokens[end].text != "," or tokens[end + 1].norm not in _THAT:
        return False
    _, right = clause(tokens, end + 1, end + 1)
    return bool(REFUSED & {token.norm for token in tokens[end + 1 : right]})


_THAT = words("das dies")


def _label(tokens: Sequence[Token], start: int) -> Role | None:
    """Return what a heading says of the names behind it: "Zusagen: Werl, Ense. Absagen: Unna"."""
    if start < 2 or tokens[start - 1].text != ":":
        return None
    left, _ = clause(tokens, start - 2, start - 2)
    heading = {token.norm for token in tokens[left : start - 1]}
    if len(heading) > _LONGEST_HEADING:
        return None
    if heading & LEFT_OUT_HEADING:
        return "excluded"  # "Nicht gesucht: Werl"
    return "on_board" if heading & TAKE_PART_HEADING and not heading & _SOUGHT else None


_LONGEST_HEADING = 4
_SOUGHT = words("gesucht wunsch wunschpartner wanted gewuenscht anfrage angefragt weitere")


def _answered(tokens: Sequence[Token], end: int) -> Role:
    """Return what came of a talk: "mit Kall haben wir gesprochen, die wollen nicht"."""
    start = end
    while start < len(tokens) and (not tokens[start].is_word or tokens[start].norm in _BUT):
        start += 1
    if start == len(tokens) or tokens[start].norm not in _THEY:
        return "wanted"
    _, right = clause(tokens, start, start + 1)
    answer = [token.norm for token in tokens[start:right]]
    if is_excluded([], answer):
        return "excluded"
    return "on_board" if AGREED & set(answer) else "wanted"


_BUT = frozenset({"aber", "jedoch", "doch", "allerdings", "und", "but"})
_THEY = words("die der das dort da sie diese dieser beide alle man they")
_TALKED = words(
    "gesprochen gefragt angefragt geredet angesprochen kontaktiert angerufen verhandelt telefoniert"
)


def _without_need(before: list[str]) -> list[str]:
    """Return the words before a name without "zur Not", which is no English "not"."""
    need = [i for i, pair in enumerate(pairwise(before)) if pair == ("zur", "not")]
    return [word for i, word in enumerate(before) if i not in need and i - 1 not in need]


def _asks_to_join(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether the sentence goes on with wanting to join: "…, wir würden uns anschließen"."""
    for place in range(end, len(tokens)):
        if tokens[place].norm == "stop" and tokens[place].text in ".!?":
            break
        last = place + 1 == len(tokens) or not tokens[place + 1].is_word
        if tokens[place].norm in _TO_JOIN or (tokens[place].norm == "dazu" and last):
            left, right = clause(tokens, place, place + 1)
            return bool({token.norm for token in tokens[left:right]} & {"wir", "we"})
    return False


def _remark(tokens: Sequence[Token], end: int, alone: bool) -> list[str]:
    """Return what is said right behind: "Herne (nein)", "Herne: nein", "Herne, die zugesagt hat".

    A colon counts behind names alone.
    """
    opening = tokens[end].text if end < len(tokens) else ""
    if opening == "?" and (end + 1 == len(tokens) or tokens[end + 1].norm != "nein"):
        return []  # "Werl? Nein danke."
    related = opening == "," and _is_relative(tokens[end + 1 : end + 3])
    if not (opening == "(" or (opening in (":", "?") and alone) or related):
        return []
    _, right = clause(tokens, end + 1, end + 1)
    remark = [token.norm for token in tokens[end + 1 : right] if token.norm != ")"]
    refuses = remark == ["nicht"] or bool(NOT & set(remark) and _WILL & set(remark))
    return remark if refuses or _TELLING & set(remark) else []


def _is_relative(following: Sequence[Token]) -> bool:
    """Tell whether a relative clause begins: "…, die noch überlegen", not "…, die Stadt Hamm"."""
    norms = [token.norm for token in following]
    if norms[:1] and norms[0] in _WITH and norms[1:2] and norms[1] in _WHOM:
        return True  # "…, mit denen wir einig sind"
    if len(following) < 2 or norms[0] not in _RELATIVE:
        return False
    return following[1].is_word and not following[1].capital


_WITH = words("mit von bei with")
_WHOM = words("dem der denen whom")
_RELATIVE = words("die der das welche welcher who which")


def _behind_bracket(tokens: Sequence[Token], end: int) -> list[str]:
    """Return the rest of the clause behind a bracket: "in Haan (Repair-Café) gefällt uns"."""
    if end >= len(tokens) or tokens[end].text != "(":
        return []
    closing = next((i for i in range(end, len(tokens)) if tokens[i].text == ")"), len(tokens))
    _, right = clause(tokens, closing + 1, closing + 1)
    return [token.norm for token in tokens[closing + 1 : right]]


def _lists(tokens: Sequence[Token], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the first and last name of each list.

    "und" and "oder" close a list: behind "mit A und B, C" begins another clause. So does a comma
    where the names behind it are the subject of a verb: "mit A, B ist dabei".
    """
    first, closed = 0, False
    for last in range(len(spans)):
        if last + 1 < len(spans):
            between = [token.norm for token in tokens[spans[last][1] : spans[last + 1][0]]]
            apart = closed and "," in between
            apart = apart or (between == [","] and _begins_clause(tokens, spans, last + 1))
            apart = apart or between[-2:] == ["auch", ","]  # "Werl auch, Ense dagegen nicht"
            if _joins(between) and not apart:
                closed = closed or bool(_CLOSING & set(between))
                continue
        yield first, last
        first, closed = last + 1, False


def _begins_clause(tokens: Sequence[Token], spans: Sequence[Span], index: int) -> bool:
    """Tell whether the name behind a comma is the subject of what follows.

    One name is where a verb in the singular follows; two that "und" joins are where one in the
    plural does and a preposition carries the only name before: "mit A, B und C sind dabei".
    """
    end = spans[index][1]
    if _norm(tokens, end) in _AFTER_SUBJECT:
        return True
    if index + 1 >= len(spans):
        return False
    joined = [token.norm for token in tokens[end : spans[index + 1][0]]]
    carried = _norm(tokens, spans[index - 1][0] - 1) in {"mit", "with"}
    if _norm(tokens, spans[index + 1][1] + 1) in {"wir", "we"}:
        return False  # "mit A, B und C haben wir …"
    return (
        joined in (["und"], ["and"]) and carried and _norm(tokens, spans[index + 1][1]) in _PLURAL
    )


def _norm(tokens: Sequence[Token], index: int) -> str | None:
    return tokens[index].norm if 0 <= index < len(tokens) else None


_AFTER_SUBJECT = words(
    "ist hat macht will war hatte moechte kommt zieht lehnt sagt winkt steigt scheidet is has "
    "dagegen hingegen"
)
_PLURAL = words("sind haben machen wollen waren hatten moechten kommen ziehen are have")


def _joins(between: Sequence[str]) -> bool:
    return all(word in BETWEEN for word in between) and len(between) <= 5
