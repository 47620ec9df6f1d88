"""What nearness and size count in this search, as small curves with the partner on them.

A bar says how much an argument weighs; the curve says why: where along kilometres or inhabitants
partners of this search gain and lose. It has no figures upward, only what speaks for and against.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, expm1, floor, log, log1p, log10

import numpy as np
from msgspec import Struct

from matcher import Match
from matcher.german import number
from matcher.result import SearchCurve
from matcher.search_curves import NEARNESS, own_worth

WIDTH, HEIGHT = 300, 104
"""Of a drawing, in its own units."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 290, 8, 82
_LETTER, _BETWEEN = 6.5, 8  # width of a letter on the horizontal axis, and of a gap
_SLIGHT = 0.4  # log-odds from end to end; by judgement: a flatter curve says nothing
_KILOMETRES = (1, 5, 10, 25, 50, 100, 200)
_INHABITANTS = (5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000)


class Tick(Struct, frozen=True):
    """A word on the horizontal axis, and where it stands."""

    x: float
    word: str


class ArgumentCurve(Struct, frozen=True):
    """A curve, ready to be drawn.

    Attributes
    ----------
    code
        Of what is weighed; tells the curves of one partner apart.
    title, summary
        What is weighed, and what the curve shows, in German.
    points
        Of the line.
    even
        Height at which it speaks neither for nor against.
    x, y
        Where the partner stands.
    ticks
        Words on the horizontal axis.
    """

    code: str
    title: str
    summary: str
    points: str
    even: float
    x: float
    y: float
    ticks: tuple[Tick, ...]


def argument_curves(match: Match, curves: Sequence[SearchCurve]) -> tuple[ArgumentCurve, ...]:
    """Return the curves that tell something about a partner.

    Parameters
    ----------
    match
        The partner.
    curves
        Those of the answer; only bodies of its own kind are compared.
    """
    return tuple(
        _drawn(match, curve)
        for curve in curves
        if curve.kind == match.kind and np.ptp(curve.worth) >= _SLIGHT
    )


def _drawn(match: Match, curve: SearchCurve) -> ArgumentCurve:
    near = curve.code == NEARNESS
    at = log1p(match.distance_km) if near else log(max(match.population, 1))
    worth = own_worth(match.reasons, curve.code)
    first, last = min(curve.at[0], at), max(curve.at[-1], at)
    heights = (*curve.worth, worth, 0.0)
    low, high = min(heights), max(heights)

    def x(place: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (place - first) / (last - first), 1)

    def y(log_odds: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * (log_odds - low) / (high - low), 1)

    ticks: list[Tick] = []
    for readable in _KILOMETRES if near else _INHABITANTS:
        place = log1p(readable) if near else log(readable)
        if not first <= place <= last:
            continue
        word = f"{number(readable)}{' km' if near else ''}"
        half = _LETTER * len(word) / 2
        end = ticks[-1].x + _LETTER * len(ticks[-1].word) / 2 + _BETWEEN if ticks else 0.0
        if x(place) - half >= end and x(place) + half <= WIDTH:
            ticks.append(Tick(x(place), word))
    return ArgumentCurve(
        code=curve.code,
        title="Was Nähe in dieser Suche zählt" if near else "Was die Einwohnerzahl hier zählt",
        summary=" ".join(_nearness(match, curve) if near else _size(match, curve)),
        points=" ".join(f"{x(a)},{y(w)}" for a, w in zip(curve.at, curve.worth, strict=True)),
        even=y(0.0),
        x=x(at),
        y=y(worth),
        ticks=tuple(ticks),
    )


def _nearness(match: Match, curve: SearchCurve) -> Iterator[str]:
    turn = _turn(curve)
    if turn is None:
        best, worst = (_rounded(expm1(place)) for place in _ends(curve))
        yield f"Am meisten zählt eine Entfernung um {best} km, am wenigsten eine um {worst} km."
    else:
        yield f"Bis etwa {_rounded(expm1(turn))} km spricht die Nähe dafür, weiter weg dagegen."
    if match.distance_km < 0.5:
        yield f"{match.name} hat den Sitz am selben Ort."
    else:
        yield f"{match.name} liegt {number(match.distance_km)} km entfernt."


def _size(match: Match, curve: SearchCurve) -> Iterator[str]:
    best, worst = (_rounded(exp(place)) for place in _ends(curve))
    yield f"Am meisten zählen rund {best} Einwohner, am wenigsten rund {worst}."
    yield f"{match.name} hat {number(match.population)}."


def _turn(curve: SearchCurve) -> float | None:
    """Return where a curve goes below 0, None where it does so never or more than once."""
    above = np.array(curve.worth) > 0
    turns = np.flatnonzero(np.diff(above))
    if len(turns) != 1 or not above[0]:
        return None
    left = int(turns[0])
    start, end = curve.worth[left], curve.worth[left + 1]
    share = start / (start - end)
    return curve.at[left] + share * (curve.at[left + 1] - curve.at[left])


def _ends(curve: SearchCurve) -> tuple[float, float]:
    """Return where a curve is highest and lowest."""
    return curve.at[int(np.argmax(curve.worth))], curve.at[int(np.argmin(curve.worth))]


def _rounded(readable: float) -> str:
    """Return a figure as one says it, to the half of its first digit: 53 -> 55, 5123 -> 5.000."""
    if readable < 10:
        return number(readable)
    half = 10 ** floor(log10(readable)) / 2
    return number(round(readable / half) * half)
