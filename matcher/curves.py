"""What each value of a feature is worth, in the words and units of officials.

A curve of the additive ranker is in log-odds over stored values; here it gets the axis that its
feature declares, and factors: by how much the odds to be a partner rise or fall against the mean of
all searches learned from, other things being equal.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from msgspec import Struct, structs

from matcher.features import FEATURES, columns, make_query
from matcher.features.axis import Axis
from matcher.features.declare import Feature
from matcher.german import number
from matcher.known.knowledge import Knowledge
from matcher.reasons.declare import KINDS
from matcher.result import Factor
from models.additive import AdditiveRanker, Curve
from models.shape import Shape

Doubles = npt.NDArray[np.float64]
FEW, MANY = "wenige Partner", "große Gruppen, ganzer Kreis"
"""The two kinds of searches that each feature has a curve for."""


class Reading(Struct, frozen=True):
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


class Worth(Struct, frozen=True):
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
    note
        How it came about, in German: what was certain before anything was learned; of how many
        features it is the sum.
    """

    feature: Feature
    axis: Axis
    at: Doubles
    few: Doubles
    many: Doubles
    readings: tuple[Reading, ...]
    note: str

    @property
    def span(self) -> float:
        """Log-odds between the worst and the best value, in whichever kind of search it is more."""
        return float(max(np.ptp(self.few), np.ptp(self.many)))


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
    note = _CERTAIN.get(feature.shape, "")
    return Worth(feature, axis, at, few, many, readings, note)


def drawable(ranker: AdditiveRanker) -> Iterator[Worth]:
    """Yield the worth of every feature that has both a curve and an axis, as declared."""
    curves = {curve.feature for curve in ranker.curves}
    for feature in FEATURES:
        if feature.axis is not None and feature.name in curves:
            yield worth(ranker, feature)


def in_sum(ranker: AdditiveRanker, knowledge: Knowledge, group: Factor, along: Feature) -> Worth:
    """Return what all features of a factor are worth together, along one of them.

    Near bodies have short ways, a common border and often a Kreis in common: one curve alone says
    little. So the curves of all features that do not depend on the matter are summed for every
    pair of bodies, and averaged over the pairs around each tick of the axis.

    Raises
    ------
    ValueError
        The feature declares no axis.
    """
    if along.axis is None:
        raise ValueError(f"{along.name} has no axis")
    curves = {curve.feature: curve for curve in ranker.curves}
    chosen = [
        f for f in FEATURES
        if f.name in curves and not f.of_matter and KINDS[f.reason].factor is group
    ]  # fmt: skip
    bodies = np.arange(len(knowledge.bodies))
    query = make_query(knowledge, bodies, None)
    others = ~np.eye(len(bodies), dtype=bool)
    total = np.zeros((2, int(others.sum())))
    for feature, column in zip(chosen, columns(query, knowledge, chosen), strict=True):
        total += _both(curves[feature.name], column[others].astype(np.float64))
    (place,) = columns(query, knowledge, [along])
    ticks = along.axis.store(along.axis.ticks)
    nearest = np.abs(place[others][:, None] - ticks).argmin(axis=1)
    readings = tuple(
        Reading(*_words(along.axis, tick), float(ticks[i]), *map(float, total[:, there].mean(1)))
        for i, tick in enumerate(along.axis.ticks)
        if (there := nearest == i).any()
    )
    at, few, many = np.array([(r.at, r.few, r.many) for r in readings]).T
    note = f"Zusammen aus {len(chosen)} Merkmalen, im Mittel über alle Paare von Kommunen."
    axis = structs.replace(along.axis, label=f"{group.label} insgesamt: {along.axis.label}")
    return Worth(along, axis, at, few, many, readings, note)


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
            few, many = map(float, _both(curve, np.array([at]))[:, 0])
            yield Reading(*_words(axis, tick), at, few, many)


def _words(axis: Axis, tick: float) -> tuple[str, str]:
    return axis.word(tick), "" if axis.levels else axis.figure(tick)


def _both(curve: Curve, values: Doubles) -> Doubles:
    """Return (2, …) log-odds of values, for few and for many."""
    read = np.stack([np.interp(values, curve.knots, line) for line in (curve.few, curve.many)])
    return np.nan_to_num(read, nan=0.0)
