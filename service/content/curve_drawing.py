"""Curves of the ranker as small drawings: where each line, tick and word stands.

The template draws them as SVG without a script. The scale of factors is logarithmic, so that twice
and half are equally far from the middle, and the same in all drawings of a page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from matcher.curves import FEW, MANY, Reading, Worth, factor
from matcher.german import number
from matcher.reasons.declare import KINDS

WIDTH = 340
"""Of a drawing, in its own units; on a phone about a pixel."""
_LEFT, _RIGHT, _TOP, _PLOT, _BELOW = 44, 14, 12, 130, 26
_MARK, _LINE, _WRAP = 26, 14, 46  # height of a level's mark and of a line of its words; letters
_APART = 30  # least distance of words on the horizontal axis
_FACTORS = (0.0625, 0.25, 0.5, 1, 2, 4, 16)
_LEAST = float(np.log(2))  # how far the scale goes at least, log-odds
_SLIGHT = float(np.log(1.1))


class Mark(Struct, frozen=True):
    """A word on an axis, and how far along it stands."""

    at: float
    word: str


class Level(Struct, frozen=True):
    """A named level: its words by line, its height, and where the marks of both kinds stand."""

    lines: tuple[Mark, ...]
    y: float
    few: float
    many: float


class Drawing(Struct, frozen=True):
    """A curve, ready to be drawn.

    Attributes
    ----------
    name
        Of the feature; unique on the page.
    factor, title, unit, note
        Words beside it.
    summary
        What it shows, in one sentence for each kind of search.
    height
        Of the drawing, in its own units.
    few, many
        Points of the lines; empty where levels are drawn.
    across, up
        Words on the axes; where levels are drawn, factors run across.
    usual
        Where the factor 1 stands, on the axis of factors.
    levels
        Named levels.
    rows
        The same as a table: value, factor for few, factor for many.
    """

    name: str
    factor: str
    title: str
    unit: str
    note: str
    summary: tuple[str, ...]
    height: float
    few: str
    many: str
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    usual: float
    levels: tuple[Level, ...]
    rows: tuple[tuple[str, str, str], ...]


def draw(curves: Sequence[Worth]) -> list[Drawing]:
    """Return drawings of curves, all with the same scale of factors."""
    reach = max([_LEAST, *(_reach(curve) for curve in curves)]) * 1.05
    return [_levels(c, reach) if c.axis.levels else _lines(c, reach) for c in curves]


def _reach(curve: Worth) -> float:
    return float(max(np.abs(curve.few).max(), np.abs(curve.many).max()))


def _lines(curve: Worth, reach: float) -> Drawing:
    """Draw a feature with an order: values across, factors upward."""
    low, high = curve.at[0], curve.at[-1]
    wide = WIDTH - _LEFT - _RIGHT

    def x(at: float) -> float:
        return round(_LEFT + wide * float((at - low) / (high - low)), 1)

    def y(log_odds: float) -> float:
        return round(_TOP + _PLOT * (1 - (log_odds + reach) / (2 * reach)), 1)

    few, many = (
        " ".join(f"{x(at)},{y(value)}" for at, value in zip(curve.at, line, strict=True))
        for line in (curve.few, curve.many)
    )
    across: list[Mark] = []
    for reading in curve.readings:
        if not across or x(reading.at) - across[-1].at >= _APART:
            across.append(Mark(x(reading.at), reading.figure))
    up = tuple(Mark(y(at), word) for at, word in _scale(reach))
    height = _TOP + _PLOT + _BELOW
    return _drawing(curve, height, few, many, tuple(across), up, y(0), ())


def _levels(curve: Worth, reach: float) -> Drawing:
    """Draw named levels: one a row, factors across."""
    wide = WIDTH - 2 * _RIGHT

    def x(log_odds: float) -> float:
        return round(_RIGHT + wide * (log_odds + reach) / (2 * reach), 1)

    levels, y = [], float(_TOP)
    for reading in curve.readings:
        words = textwrap.wrap(reading.word, _WRAP)
        lines = tuple(Mark(y + _LINE * (row + 0.5), line) for row, line in enumerate(words))
        y += _LINE * len(words)
        levels.append(Level(lines, y + 4, x(reading.few), x(reading.many)))
        y += _MARK
    across = tuple(Mark(x(at), word) for at, word in _scale(reach))
    return _drawing(curve, y + _BELOW, "", "", across, (), x(0), tuple(levels))


def _drawing(
    curve: Worth,
    height: float,
    few: str,
    many: str,
    across: tuple[Mark, ...],
    up: tuple[Mark, ...],
    usual: float,
    levels: tuple[Level, ...],
) -> Drawing:
    readings = curve.readings
    return Drawing(
        curve.feature.name,
        KINDS[curve.feature.reason].factor.label,
        curve.axis.label,
        curve.axis.unit,
        curve.note,
        (
            _sentence(FEW, readings, [r.few for r in readings]),
            _sentence(MANY, readings, [r.many for r in readings]),
        ),
        height,
        few,
        many,
        across,
        up,
        usual,
        levels,
        tuple((r.word, factor(r.few), factor(r.many)) for r in readings),
    )


def _sentence(kind: str, readings: Sequence[Reading], log_odds: Sequence[float]) -> str:
    """Say where a curve is highest and lowest."""
    best, worst = int(np.argmax(log_odds)), int(np.argmin(log_odds))
    name = kind[0].upper() + kind[1:]
    if log_odds[best] - log_odds[worst] < _SLIGHT:
        return f"{name}: macht kaum einen Unterschied."
    return (
        f"{name}: {factor(log_odds[best])} bei „{readings[best].word}“, "
        f"{factor(log_odds[worst])} bei „{readings[worst].word}“."
    )


def _scale(reach: float) -> list[tuple[float, str]]:
    """Return the factors within reach, as log-odds with their words."""
    marks = [(float(np.log(times)), f"{_plain(times)}×") for times in _FACTORS]
    return [(at, word) for at, word in marks if abs(at) <= reach]


def _plain(times: float) -> str:
    return number(times) if times >= 1 else f"1/{number(1 / times)}"
