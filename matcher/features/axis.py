"""How the values of a feature are shown to officials: in their words and units.

Features are stored as the ranker learns best from them, mostly as logarithms; a curve is read in
kilometres, inhabitants and percent.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from matcher.german import number

Doubles = npt.NDArray[np.float64]
Store = Callable[[npt.ArrayLike], Doubles]


class Axis(Struct, frozen=True):
    """The horizontal axis of a curve.

    Attributes
    ----------
    label
        What is measured, in German.
    ticks
        Values at which the curve is read, in readable units, ascending.
    unit
        Of the ticks, in German; empty where the label says it.
    store
        Gives the stored value of readable ones.
    levels
        For a feature whose numbers are names: the German name of each, in their order. Ticks are
        their numbers then.
    """

    label: str
    ticks: tuple[float, ...]
    unit: str = ""
    store: Store = np.asarray
    levels: tuple[str, ...] = ()

    def word(self, tick: float) -> str:
        """Return a tick as it is read: "25 km", "0,5 %", "Nachbar im selben Kreis"."""
        if self.levels:
            return self.levels[int(tick)]
        unit = f"\N{NO-BREAK SPACE}{self.unit}" if self.unit else ""
        return self.figure(tick) + unit

    def figure(self, tick: float) -> str:
        """Return a tick without its unit, with as many decimals as it has: "0,5"."""
        decimals = next(d for d in range(4) if d == 3 or round(tick, d) == tick)
        return number(tick, decimals)


def named(label: str, *levels: str) -> Axis:
    """Return the axis of a feature whose numbers 0, 1, … are names of levels."""
    return Axis(label, tuple(map(float, range(len(levels)))), levels=levels)


def log1p(readable: npt.ArrayLike) -> Doubles:
    """Store as log(1 + x)."""
    return np.asarray(np.log1p(readable))


def log(readable: npt.ArrayLike) -> Doubles:
    """Store as the natural logarithm."""
    return np.asarray(np.log(readable))


def share(readable: npt.ArrayLike) -> Doubles:
    """Store percent as a share of 1."""
    return np.asarray(readable, np.float64) / 100


def log_share(readable: npt.ArrayLike) -> Doubles:
    """Store percent as the natural logarithm of a share."""
    return np.asarray(np.log(share(readable)))
