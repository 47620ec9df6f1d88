"""What is said of a body outside the clause that names it: a later turn, an answer, a tick."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.understanding.role_left_out import is_excluded
from matcher.understanding.role_signs import NOT, is_on_board
from matcher.understanding.role_words import AGREED, AGREES, REFUSED, REFUSES, Role
from matcher.understanding.tokens import TICKS, Token, words

_TURNS = words("aber jedoch doch dann und allerdings but then")
_GOES_ON = _TURNS | words(
    "ist sind hat haben hatte hatten war waren will wollen wurde jetzt inzwischen mittlerweile nun "
    "spaeter zwischenzeitlich zuletzt letztlich wieder scheidet scheiden faellt fallen kommt "
    "kommen passt lehnt sagt has is was"
)
_NOW = words("doch jetzt nun inzwischen mittlerweile dann now")
_OTHERS = words("wir andere anderen alle die das der niemand we")
_COMMA = frozenset({",", "-", "–"})


def later_role(tokens: Sequence[Token], right: int, until: int) -> Role | None:
    """Return the role that the next clause gives: "hat zugesagt, dann aber zurückgezogen".

    Parameters
    ----------
    tokens
        The whole text.
    right
        Where the clause that names the body ends.
    until
        Where the next name begins: a clause that names another speaks of that one.
    """
    if right >= len(tokens) or tokens[right].norm not in _COMMA | _TURNS:
        return None
    end = right + 1
    while end < len(tokens) and not tokens[end].stops and tokens[end].norm not in _COMMA:
        end += 1
    said = [token.norm for token in tokens[right:end] if token.is_word]
    if until < end or not said or said[0] not in _GOES_ON or _OTHERS & set(said):
        return None
    said = [word for word in said if word not in _TURNS]
    if _refuses(said) and is_excluded([], said):
        return "excluded"
    agrees = AGREED & set(said) or any(pair in AGREES for pair in pairwise(said))
    return "on_board" if agrees and is_on_board([], said) else None


def came_round(after: Sequence[str]) -> bool:
    """Tell whether a refusal was taken back: "hat abgesagt und dann doch zugesagt"."""
    refused = next((i for i, word in enumerate(after) if word in REFUSED), len(after))
    beyond = set(after[refused:])
    return bool(_NOW & beyond and AGREED & beyond) and not NOT & beyond


def _refuses(said: Sequence[str]) -> bool:
    if REFUSED & set(said) or any(one in said and other in said for one, other in REFUSES):
        return True
    return bool(NOT & set(said) and (AGREED | _NO_LONGER) & set(said))


_NO_LONGER = words("mehr frage infrage betracht")  # "nicht mehr", "nicht in Frage"


def is_answered_no(tokens: Sequence[Token], right: int) -> bool:
    """Tell whether a question is answered so: "mit Marl? Nein, mit Werl"."""
    if right + 1 >= len(tokens) or tokens[right].text != "?":
        return False
    return tokens[right + 1].norm in {"nein", "no", "ne"}


def ticks_stand_behind(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether ticks stand behind the names, as the first of them does, or before."""
    first = next((i for i, token in enumerate(tokens) if token.norm in TICKS), None)
    return any(last == first for _, last in spans)


def ticked(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int]], at: int, behind: bool
) -> Role | None:
    """Return what a tick beside the name `at` says: "Werl ✔, Soest ✘"; see `ticks_stand_behind`."""
    place = spans[at][1] if behind else spans[at][0] - 1
    if not 0 <= place < len(tokens) or tokens[place].norm not in TICKS:
        return None
    return "on_board" if tokens[place].norm == "✔" else "excluded"


def is_with_others(tokens: Sequence[Token], end: int, following: tuple[int, int] | None) -> bool:
    """Tell whether a body takes part elsewhere: "Soest hat zugesagt, bei Werl mitzumachen".

    Parameters
    ----------
    end
        Where its name ends.
    following
        [first, last) of the next name, None where there is none or the searcher's own.
    """
    if following is None:
        return False
    between = tokens[end : following[0]]
    said = [token.norm for token in between]
    if any(token.stops for token in between) or said.count(",") > 1 or "wir" in said:
        return False
    if [word for word in said[-3:] if word not in _ARTICLES][-1:] != ["bei"]:
        return False
    behind = tokens[following[1]].norm if following[1] < len(tokens) else ""
    if "," in said:
        return bool(AGREED & set(said)) and behind in _TO_TAKE_PART
    return bool(_TAKES_PART & set(said)) and behind in AGREED | {"mit"}


_ARTICLES = words("der dem den stadt gemeinde kreis")
_TAKES_PART = words("macht machen wirkt wirken ist sind hat haben")
_TO_TAKE_PART = words("mitzumachen mitzuwirken einzusteigen teilzunehmen dabei unterzukommen")


def is_our_group(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a list holds us and seeks more: "wir drei (Werl, Ense und wir) suchen noch"."""
    after = [token.norm for token in tokens[end : end + 2]]
    before = [token.norm for token in tokens[max(start - 3, 0) : start]]
    beside = after in (["und", "wir"], ["and", "we"]) or before[-2:] in (["wir", "und"],)
    counted = before[:1] == ["wir"] and before[1:2] != [] and before[1] in _COUNTS
    counted = counted and before[2:] in ([","], ["("])
    if not (beside or counted):
        return False
    stop = next((i for i in range(end, len(tokens)) if tokens[i].stops), len(tokens))
    said = [token.norm for token in tokens[end:stop]]
    return bool(_SEEK & set(said)) and any(
        one == "noch" or one in _MORE_PARTNERS for one, _ in pairwise([*said, ""])
    )


_COUNTS = words("zwei drei vier fuenf sechs beide beiden alle")
_SEEK = words("suchen brauchen fehlt fehlen wuenschen seek need")
_MORE_PARTNERS = words("weitere weiteren weiterer dritten vierten dritte zusaetzliche further more")
