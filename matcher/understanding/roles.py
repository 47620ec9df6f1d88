"""The role in which a text names a body, from the words around it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from matcher.understanding import role_left_out, role_signs
from matcher.understanding.context import AGAINST, DESIGNATIONS, clause
from matcher.understanding.role_ends import is_ended, is_kept
from matcher.understanding.role_facts import is_fact
from matcher.understanding.role_left_out import is_excluded, is_missed
from matcher.understanding.role_lists import CLOSING, Span, lists
from matcher.understanding.role_signs import (
    NOT,
    OPEN,
    is_model,
    is_on_board,
    is_optional,
    is_undecided,
)
from matcher.understanding.role_turns import (
    came_round,
    is_answered_no,
    is_our_group,
    is_with_others,
    later_role,
    ticked,
    ticks_stand_behind,
)
from matcher.understanding.role_words import (
    AGREED,
    LEFT_OUT_HEADING,
    REFUSED,
    TAKE_PART_HEADING,
    Role,
)
from matcher.understanding.tokens import Token, words

_AND_NOT = {("und", "nicht"), ("and", "not")}
_LIKEWISE = frozenset({"auch", "ebenfalls", "ebenso", "ebensowenig", "genauso", "too"})
_ALONE = DESIGNATIONS | {"die", "der"}
_TELLING = REFUSED | AGREED | OPEN | {"interesse"}
_EITHER = words("nicht in frage infrage betracht")
_TO_JOIN = words("anschliessen andocken dazukommen dazustossen einsteigen beitreten join")
_WILL = words("will wollen moechte moechten macht machen kann koennen interessiert")
VOCABULARY = role_signs.VOCABULARY | role_left_out.VOCABULARY | _LIKEWISE | CLOSING | _TO_JOIN
"""Words from which a role is told."""


def roles_of(
    tokens: Sequence[Token], spans: Sequence[Span], own: Set[Span] = frozenset()
) -> list[Role]:
    """Return the role of each name.

    Names in one list share their role; the clause around the list decides.

    Parameters
    ----------
    tokens
        The whole text.
    spans
        [first, last) of all names, in the order of the text.
    own
        Those that name the searcher.
    """
    roles: list[Role] = []
    behind = ticks_stand_behind(tokens, spans)
    for first, last in lists(tokens, spans):
        before = roles[-1] if roles else "wanted"
        role = (
            ticked(tokens, spans, last, behind)
            or _role_among_others(tokens, spans, first, last, own)
            or _role_of_list(tokens, spans[first][0], spans[last][1], before)
        )
        until = spans[last + 1][0] if last + 1 < len(spans) else len(tokens)
        if _norm(tokens, spans[last][1]) in _SUBJECT_OF:
            _, right = clause(tokens, spans[first][0], spans[last][1])
            role = later_role(tokens, right, until) or role
        roles += [role] * (last - first + 1)
    return roles


_SUBJECT_OF = words(
    "hat haben hatte hatten ist sind war waren will wollte wollten wollen liegt liegen grenzt "
    "waere waeren has have"
)


def _role_among_others(
    tokens: Sequence[Token], spans: Sequence[Span], first: int, last: int, own: Set[Span]
) -> Role | None:
    """Return the role that the names around tell of, or what ends between them and us."""
    start, end = spans[first][0], spans[last][1]
    following = spans[last + 1] if last + 1 < len(spans) else None
    host = first > 0 and spans[first - 1] not in own
    if is_with_others(tokens, end, None if following in own else following) or (
        host and is_with_others(tokens, spans[first - 1][1], spans[first])
    ):
        return "mentioned"
    if is_our_group(tokens, start, end):
        return "on_board"
    left, right = clause(tokens, start, end)
    since = spans[first - 1][1] if first > 0 else 0
    before = [token.norm for token in tokens[max(left, since) : start]]
    after = [token.norm for token in tokens[end : min(right, following[0]) if following else right]]
    if is_ended(before, after):
        return "excluded"
    if is_kept(before, after):
        return "on_board"
    if "mit" in {token.norm for token in tokens[start:end]}:
        return None  # "die Buslinie nach Werl mit Ense"
    beside_us = any(span in own for span in spans[first : last + 1])
    return "mentioned" if is_fact(before, after, beside_us) else None


def _role_of_list(tokens: Sequence[Token], start: int, end: int, previous: Role) -> Role:
    left, right = clause(tokens, start, end)
    before = _without_need([token.norm for token in tokens[left:start]])
    after = [token.norm for token in tokens[end:right]]
    if not after:
        alone = set(before) <= _ALONE  # "Stadt Borken: nein"
        after = _remark(tokens, end, alone) or _behind_bracket(tokens, end)
    after = _without_need(after)
    if after[:1] and after[0] in AGAINST and len(after) > 1:
        after = after[1:]  # "Werl dagegen sagt zu"
    if tuple(after[:2]) in _AND_NOT:
        after = []  # "mit Herdecke und nicht Wetter"
    told = _in_reported(tokens, left, right, before)
    if told is not None:
        return told
    labelled = _label(tokens, start)
    if labelled is not None and not after:
        return labelled
    if set(before[:1]) & _LIKEWISE and not set(after) - _EITHER and previous != "mentioned":
        return previous  # "Kall scheidet aus, ebenso Schleiden"
    if is_model(before, after) or is_optional(before, after):
        return "mentioned"
    if came_round(after):
        return "on_board"
    if is_answered_no(tokens, right) or is_excluded(before, after):
        return "excluded"
    if is_missed(before, after) and not (AGREED - {"dabei"}) & set(after):
        return "wanted"  # "Werl darf dabei nicht fehlen"
    if _TALKED & set(after):
        return _answered(tokens, right)
    if _asks_to_join(tokens, end) and not set(after) & AGREED:
        return "wanted"
    if after[:1] and after[0] in _LIKEWISE and len(after) <= 2:
        return previous
    if is_undecided(before, after):
        return "wanted"
    if is_on_board(before, after):
        return "on_board"
    return "excluded" if _fell_through(tokens, right) else "wanted"


def _in_reported(tokens: Sequence[Token], left: int, right: int, before: list[str]) -> Role | None:
    """Return what the clause around says: "will nicht, dass Werl mitmacht", "kein Grund, …".

    Who does not want it is neither wanted nor left out by that.
    """
    if _norm(tokens, right) == "," and _norm(tokens, right + 1) == "dass":
        said = {token.norm for token in tokens[left:right]}
        return "mentioned" if "nicht" in said and _WILL & said else None
    if left < 2 or _norm(tokens, left - 1) != ",":
        return None
    first, _ = clause(tokens, left - 2, left - 2)
    said = {token.norm for token in tokens[first : left - 1]}
    if before[:1] == ["dass"] and "nicht" in said and _WILL & said:
        return "excluded"
    following = _norm(tokens, right - 1) or ""
    groundless = _NO_GROUND & said and {"kein", "keinen", "keine"} & said
    return "wanted" if groundless and following.startswith(("auszu", "wegzu", "abzu")) else None


_NO_GROUND = words("grund anlass gruende")


def _fell_through(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether nothing came of it: "wollten wir mit Werl angehen, das hat sich zerschlagen"."""
    if end + 1 >= len(tokens) or tokens[end].text != "," or tokens[end + 1].norm not in _THAT:
        return False
    _, right = clause(tokens, end + 1, end + 1)
    return bool((REFUSED | _OVER) & {token.norm for token in tokens[end + 1 : right]})


_THAT = words("das dies")
_OVER = words("vorbei geschichte vergangenheit beendet")


def _label(tokens: Sequence[Token], start: int) -> Role | None:
    """Return what a heading says of the names behind it: "Zusagen: Werl, Ense. Absagen: Unna"."""
    if start < 2 or tokens[start - 1].text != ":":
        return None
    left, _ = clause(tokens, start - 2, start - 2)
    heading = {token.norm for token in tokens[left : start - 1]}
    if len(heading) > _LONGEST_HEADING:
        return None
    if {"noch", "nicht"} <= heading:
        return "wanted"  # "Noch nicht dabei: Ense"
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


def _norm(tokens: Sequence[Token], index: int) -> str | None:
    return tokens[index].norm if 0 <= index < len(tokens) else None
