"""What each value of a feature is worth, in the words and units of officials.

A curve of the additive ranker is in log-odds over stored values; here it gets the axis that its
feature declares, and factors: by how much the odds to be a partner rise or fall against the mean of
all searches learned from, other things being equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.features import FEATURES
from matcher.features.axis import Axis
from matcher.features.declare import Feature
from matcher.german import number
from models.additive import AdditiveRanker, Curve
from models.shape import Shape

Doubles = npt.NDArray[np.float64]
FEW, MANY = "wenige Partner", "große Gruppen, ganzer Kreis"
"""The two kinds of searches that each feature has a curve for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A curve, read at one value.

    Attributes
    ----------
    word, figure
        The value as officials read it; without its unit.
    at
        The value as it is stored.
    few, many
        Log-odds there, in searches for few and for many.
    """

    word: str
    figure: str
    at: float
    few: float
    many: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What the values of a feature are worth.

    Attributes
    ----------
    feature, axis
        What is drawn, and how.
    at
        (k,) stored values between which the curves are straight, within the axis; the numbers of
        levels.
    few, many
        (k,) log-odds there.
    readings
        The curves at the ticks of the axis that lie within what was learned from.
    """

    feature: Feature
    axis: Axis
    at: Doubles
    few: Doubles
    many: Doubles
    readings: tuple[Reading, ...]

    @property
    def span(self) -> float:
        """Log-odds between the worst and the best value, in whichever kind of search it is more."""
        return float(max(np.ptp(self.few), np.ptp(self.many)))

    @property
    def certain(self) -> str:
        """What was certain about its course before anything was learned, in German; else ""."""
        return _CERTAIN.get(self.feature.shape, "")


_ROUNDED = 1e-3  # knots are saved with five digits
_CERTAIN = {
    Shape.RISING: "Festgelegt: Mehr davon schadet nie.",
    Shape.FALLING: "Festgelegt: Mehr davon nützt nie.",
}


def worth(ranker: AdditiveRanker, feature: Feature) -> Worth:
    """Return what the values of a feature are worth.

    Raises
    ------
    KeyError
        The ranker has no curve of it.
    ValueError
        The feature declares no axis.
    """
    axis, curve = feature.axis, ranker.curve(feature.name)
    if axis is None:
        raise ValueError(f"{feature.name} has no axis")
    readings = tuple(_read(axis, curve))
    at = np.array([reading.at for reading in readings])
    if not axis.levels:
        first, last = axis.store([axis.ticks[0], axis.ticks[-1]])
        at = np.unique(np.clip(curve.knots, first, last))
    few, many = (np.interp(at, curve.knots, log_odds) for log_odds in (curve.few, curve.many))
    return Worth(feature, axis, at, few, many, readings)


def drawable(ranker: AdditiveRanker) -> Iterator[Worth]:
    """Yield the worth of every feature that has both a curve and an axis, as declared."""
    curves = {curve.feature for curve in ranker.curves}
    for feature in FEATURES:
        if feature.axis is not None and feature.name in curves:
            yield worth(ranker, feature)


def factor(log_odds: float) -> str:
    """Return how often the odds are what they are usually: 0.69 -> "2,0-mal"."""
    times = float(np.exp(log_odds))
    return f"{number(times, 1 if times >= 0.95 else 2)}-mal"


def _read(axis: Axis, curve: Curve) -> Iterator[Reading]:
    """Read a curve at the ticks within what was learned from."""
    low, high = curve.knots[0] - _ROUNDED, curve.knots[-1] + _ROUNDED
    for tick in axis.ticks:
        at = float(axis.store(tick))
        if low <= at <= high:
            few, many = (float(np.interp(at, curve.knots, y)) for y in (curve.few, curve.many))
            figure = "" if axis.levels else axis.figure(tick)
            yield Reading(axis.word(tick), figure, at, few, many)
