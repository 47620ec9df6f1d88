"""Searches prepared for learning: each value as its place between two knots of its curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from models.additive import Doubles, GateInput
from models.ranker import Examples, Floats
from models.shape import Shape

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
_CLOSEST = 0.002  # knots lie at least this share of the feature's range apart
_SAMPLED = 50_000  # others whose values place knots
_BLOCK = 64  # searches encoded at once: they fit the cache


class Design(Struct, frozen=True):
    """Searches with every value replaced by its place.

    A value lies between knot `place` and the next, `share` of the way; places count over all curves
    laid end to end, `width` numbers each. The last of a curve is 0: missing values lie there.

    Attributes
    ----------
    curves
        Names of the f features that have one.
    knots, shapes
        Of each of them; what is certain about it.
    inputs
        What gates see.
    place, share
        (q, n, f).
    constants
        (q, inputs) values of what gates see.
    partners, candidate
        (q, n) 1 where the body is a partner; whether it is a candidate.
    weights
        (q,) mean 1.
    usual
        (f, width) mean weight of each knot over all candidates with a value, each cooperation the
        same.
    """

    curves: tuple[str, ...]
    knots: tuple[Doubles, ...]
    shapes: tuple[Shape, ...]
    inputs: tuple[GateInput, ...]
    place: Places
    share: Floats
    constants: Floats
    partners: Floats
    candidate: Bools
    weights: Floats
    usual: Floats

    @property
    def width(self) -> int:
        """Numbers a curve."""
        return int(self.usual.shape[1])

    @property
    def lengths(self) -> Ints:
        """(f,) knots of each curve."""
        return np.array([len(knots) for knots in self.knots], np.int64)

    def centred(self, worth: Floats) -> Floats:
        """Return curves (..., f, width) less their mean over all candidates; missing stays 0."""
        less = worth - (worth * self.usual).sum(axis=-1)[..., None]
        less[..., -1] = 0
        return np.asarray(less)

    def centred_gradient(self, by_worth: Floats) -> Floats:
        """Return the gradient by curves (f, width) from that by `centred` ones."""
        slope = by_worth.copy()
        slope[:, -1] = 0
        return np.asarray(slope - slope.sum(axis=1, keepdims=True) * self.usual, np.float32)


def gate_inputs(examples: Examples, shapes: Mapping[str, Shape]) -> list[GateInput]:
    """Centre and scale the constants; a named constant gives one input for each level but one."""
    inputs = []
    for column, (name, shape) in enumerate(shapes.items()):
        if not shape.constant:
            continue
        values = examples.features[:, 0, column].astype(np.float64)
        levels: Sequence[float | None] = (None,)
        if shape is Shape.CONSTANT_LEVELS:
            found, count = np.unique(values, return_counts=True)
            # The most frequent level is where all others are 0.
            levels = [float(level) for level in np.delete(found, count.argmax())]
        for level in levels:
            given = GateInput(name, level, 0.0, 1.0).given(values)
            mean = float(np.average(given, weights=examples.weights))
            # A level is rare or not: by its own spread a rare one would count enormously.
            spread = float(given.std()) if level is None else 1.0
            inputs.append(GateInput(name, level, mean, spread or 1.0))
    return inputs


def _sampled_rows(examples: Examples) -> tuple[Ints, Ints]:
    """Return where values of partners and of others stand, in features laid out (q · n, f).

    Of the others so many that quantiles are settled, evenly spread over the searches.
    """
    partners, others = (np.flatnonzero(examples.labels == label) for label in (1, 0))
    return partners, others[:: max(1, len(others) // _SAMPLED)]


def place_knots(partners: Floats, others: Floats, shape: Shape, count: int) -> Doubles:
    """Place knots where partners and others lie.

    Many features have a floor where most bodies lie (no ties, no votes): it is one knot, and
    quantiles are taken above it.

    Parameters
    ----------
    partners, others
        Values of the feature for them; NaN where unknown.
    shape
        Levels have a knot each.
    count
        At most about so many knots otherwise.
    """
    known = np.concatenate([partners, others])
    known = known[~np.isnan(known)]
    if shape is Shape.LEVELS:
        return np.unique(known).astype(np.float64)
    floor, top = known.min(), known.max()
    at = np.linspace(0, 1, count)
    found = [floor, top]
    for values, shares in ((partners, at[::2]), (others, at[1::2])):
        above = values[values > floor]
        if len(above):
            found += np.quantile(above, shares).tolist()
    knots = np.unique(np.array(found, np.float64))
    kept = [knots[0]]
    for value in knots[1:]:
        if value - kept[-1] > _CLOSEST * (knots[-1] - knots[0]):
            kept.append(value)
    return np.array(kept)


def encode(examples: Examples, shapes: Mapping[str, Shape], count: int) -> Design:
    """Prepare searches.

    Parameters
    ----------
    examples
        The searches.
    shapes
        For each column of the features its name and what is certain about it.
    count
        At most about so many knots a curve.
    """
    names, inputs = tuple(shapes), gate_inputs(examples, shapes)
    columns = [i for i, name in enumerate(names) if not shapes[name].constant]
    kinds = tuple(shapes[names[column]] for column in columns)
    flat = examples.features.reshape(-1, len(names))
    partners, others = _sampled_rows(examples)
    knots = tuple(
        place_knots(flat[partners, column], flat[others, column], shape, count)
        for column, shape in zip(columns, kinds, strict=True)
    )
    place, share, usual = _places(examples, columns, knots)
    candidate = ~np.isnan(examples.labels)
    first = examples.features[:, 0].astype(np.float64)
    constants = [given.read(first[:, names.index(given.feature)]) for given in inputs]
    return Design(
        tuple(names[column] for column in columns),
        knots,
        kinds,
        tuple(inputs),
        place,
        share,
        np.array(constants, np.float32).reshape(len(inputs), len(first)).T,
        np.where(candidate, examples.labels, 0).astype(np.float32),
        candidate,
        (examples.weights / examples.weights.mean()).astype(np.float32),
        usual,
    )


def _places(
    examples: Examples, columns: Sequence[int], knots: Sequence[Doubles]
) -> tuple[Places, Floats, Floats]:
    """Return place and share of all values, and the mean weight of each knot; see `Design`."""
    width = max(len(k) for k in knots) + 1
    size = (*examples.labels.shape, len(columns))
    place, share = np.empty(size, np.int32), np.empty(size, np.float32)
    usual = np.zeros(len(columns) * width)
    for first in range(0, len(place), _BLOCK):
        block = slice(first, first + _BLOCK)
        for j, (column, k) in enumerate(zip(columns, knots, strict=True)):
            left, between = _between(examples.features[block, :, column], k, width)
            place[block, :, j], share[block, :, j] = left + j * width, between
        weight = ~np.isnan(examples.labels[block]) * examples.weights[block, None]
        usual += _filled(place[block], share[block], weight[:, :, None], len(usual))
    table = usual.reshape(len(columns), width)
    table[:, -1] = 0
    return place, share, np.asarray(table / table.sum(axis=1, keepdims=True), np.float32)


def _between(values: Floats, knots: Doubles, width: int) -> tuple[Places, Floats]:
    """Return after which knot each value lies, and how far on the way to the next."""
    at = np.interp(values, knots, np.arange(len(knots)))
    absent = np.isnan(at)
    left = np.clip(np.where(absent, 0, at), 0, max(len(knots) - 2, 0)).astype(np.int32)
    if not absent.any():
        return left, np.asarray(at - left, np.float32)
    return (
        np.where(absent, np.int32(width - 2), left),
        np.where(absent, 1, at - left).astype(np.float32),
    )


def _filled(place: Places, share: Floats, weight: Floats, size: int) -> Doubles:
    """Return the weight at each knot, (size,), of values between knots."""
    upper = share * weight
    index = place.ravel()
    total = np.bincount(index, (weight - upper).ravel(), size)
    total[1:] += np.bincount(index, upper.ravel(), size)[:-1]
    return np.asarray(total)
