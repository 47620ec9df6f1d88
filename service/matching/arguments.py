"""Reasons as arguments: what speaks for a partner and what against, in words and bars.

A reason is additive and complete; an argument is what one can say aloud. Left out is

- what is the same for all bodies, and what sums up the rest;
- a share under 5 % or one that rests on fewer than five cases;
- what reads the other way round: "keine gemeinsame Grenze" is no argument for anybody. Reasons
  overlap, so that the curve of one may take back what another gave.

How near a body lies is one argument: distance, border, Kreis and region tell of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from matcher.reasons import OTHER
from matcher.reasons.sentences import LEAST_CASES, LEAST_SHARE
from matcher.result import Factor, Match, Reason

_SMALL, _STRONG = 0.2, 1.0  # log-odds: not worth a word; "stark"
_MOST = 4  # arguments a side
_FOR_ALL = (OTHER, "group_size")
_SHARE = re.compile(r"\b(\d+) % der ähnlichen Vorhaben")
_OF = re.compile(r"\b(\d+) (?:von|der) (\d+) ")
_MISSING = re.compile(r"^(Keine?|keine|Nicht|Anderer|0 von)\b|kaum dabei")
_ALIKE = re.compile("etwa gleich viele|ähnlich$|Gleicher Status")
_UNKNOWN = re.compile("nicht erfasst|nicht bekannt|Keine gemeinsame Region")
# What says that two have something in common, where it does not say that they have nothing.
_COMMON = ("adjacent", "district", "region", "ties", "partners", "surroundings")


class Argument(Struct, frozen=True):
    """One thing that speaks for or against; `width` in percent of the strongest of its partner."""

    factor: str
    text: str
    strong: bool
    width: int


class Arguments(Struct, frozen=True):
    """What speaks for a partner and what against, the strongest first."""

    pro: tuple[Argument, ...]
    contra: tuple[Argument, ...]


def arguments(match: Match) -> Arguments:
    """Return the arguments about one partner."""
    found = sorted(_weighed(match.reasons), key=lambda each: -abs(each[0]))
    most = max((abs(weight) for weight, _, _ in found), default=1.0)
    sides: dict[bool, list[Argument]] = {True: [], False: []}
    for weight, factor, text in found:
        side = sides[weight > 0]
        if len(side) < _MOST:
            width = max(round(100 * abs(weight) / most), 3)
            side.append(
                Argument(
                    f"{factor.label[0].upper()}{factor.label[1:]}",
                    text,
                    abs(weight) >= _STRONG,
                    width,
                )
            )
    return Arguments(tuple(sides[True]), tuple(sides[False]))


def is_argument(reason: Reason) -> bool:
    """Return whether a reason can be said aloud, by the rules of this module."""
    if reason.code in _FOR_ALL or _UNKNOWN.search(reason.text) or _is_thin(reason.text):
        return False
    missing = bool(_MISSING.search(reason.text))
    if reason.contribution > 0:
        return not missing
    alike = bool(_ALIKE.search(reason.text))
    return missing or not (alike or reason.code in _COMMON)


def _is_thin(text: str) -> bool:
    share, of = _SHARE.search(text), _OF.search(text)
    if share and int(share[1]) < 100 * LEAST_SHARE:
        return True
    return bool(of and int(of[2]) < LEAST_CASES)


def _weighed(reasons: Iterable[Reason]) -> Iterator[tuple[float, Factor, str]]:
    near: list[Reason] = []
    for reason in reasons:
        if reason.factor is Factor.PROXIMITY:
            near.append(reason)
        elif abs(reason.contribution) >= _SMALL and is_argument(reason):
            yield reason.contribution, reason.factor, reason.text
    total = sum(reason.contribution for reason in near)
    told = [r.text for r in near if r.contribution * total > 0 and is_argument(r)]
    if told and abs(total) >= _SMALL:
        yield total, Factor.PROXIMITY, ". ".join(told[:3])
