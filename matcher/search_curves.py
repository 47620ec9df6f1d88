"""What nearness and size are worth in one search, read off all bodies that were scored.

The curves of the ranker (`matcher.curves`) are those of single features over all searches. Who
weighs one partner asks what nearness as a whole counts in this search, and where the partner lies:
the contributions of all bodies of a kind are averaged along kilometres and inhabitants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import Kind
from matcher.known.bodies import Bodies, Floats, Ints
from matcher.reasons.declare import KINDS
from matcher.result import Factor, Reason, SearchCurve

Scores = npt.NDArray[np.float64]
_STEPS = 14  # stretches of a curve, equally long in the logarithm; by judgement: still smooth
_LEAST_BODIES = 12  # fewer of a kind make no curve


class _Quantity(Struct, frozen=True):
    """What is weighed: the reasons in it, and where bodies lie along it, log(1 + readable)."""

    code: str
    holds: Callable[[str, Factor], bool]
    at: Callable[[Bodies, int], Floats]


NEARNESS, SIZE = "nearness", "size"
_QUANTITIES = (
    _Quantity(
        NEARNESS,
        lambda _, factor: factor is Factor.PROXIMITY,
        lambda bodies, searcher: np.asarray(np.log1p(bodies.seat_km[searcher])),
    ),
    _Quantity(SIZE, lambda code, _: code == SIZE, lambda bodies, _: bodies.log_population),
)


def search_curves(
    sums: Scores, searcher: int, bodies: Bodies, scored: Ints | None = None
) -> tuple[SearchCurve, ...]:
    """Return a curve for each quantity and each kind of body that there are enough of.

    Parameters
    ----------
    sums
        (k, reasons) log-odds of those that were scored, columns in the order of `KINDS`.
    searcher
        Row of the searching body.
    bodies
        All bodies.
    scored
        (k,) rows that were scored, None for all.
    """
    rows = np.arange(len(sums)) if scored is None else np.asarray(scored)
    others = rows != searcher
    return tuple(_curves(sums[others], searcher, bodies, rows[others]))


def own_worth(reasons: Sequence[Reason], code: str) -> float:
    """Return what a quantity adds to the score of one body, log-odds."""
    quantity = next(each for each in _QUANTITIES if each.code == code)
    return sum(r.contribution for r in reasons if quantity.holds(r.code, r.factor))


def _curves(sums: Scores, searcher: int, bodies: Bodies, rows: Ints) -> Iterator[SearchCurve]:
    for quantity in _QUANTITIES:
        columns = [
            place
            for place, kind in enumerate(KINDS.values())
            if quantity.holds(kind.code, kind.factor)
        ]
        worth, at = sums[:, columns].sum(axis=1), quantity.at(bodies, searcher)[rows]
        for kind in (Kind.MUNICIPALITY, Kind.DISTRICT):
            some = bodies.kind[rows] == kind.row
            if some.sum() >= _LEAST_BODIES:
                yield SearchCurve(quantity.code, kind.value, *_averaged(at[some], worth[some]))


def _averaged(at: Floats, worth: Scores) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the means of both over equal stretches of the first; an empty one is left out."""
    edges = np.linspace(at.min(), at.max(), _STEPS + 1)[1:-1]
    stretch = np.digitize(at, edges)
    count = np.bincount(stretch, minlength=_STEPS)
    filled = count > 0
    means = (
        np.bincount(stretch, weights=values, minlength=_STEPS)[filled] / count[filled]
        for values in (at, worth)
    )
    places, heights = (tuple(mean.tolist()) for mean in means)
    return places, heights
