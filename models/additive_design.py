"""Searches prepared for learning: each value as its place between two knots of its curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.additive import Doubles, GateInput
from models.ranker import Examples, Floats
from models.shape import Shape

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_CLOSEST = 0.01  # knots lie at least this share of the feature's range apart


@dataclass(frozen=True, slots=True)
class Design:
    """Searches with every value replaced by its place.

    A value lies between knot `place` and the next, `share` of the way; places count over all curves
    laid end to end, `width` numbers each. The last number of a curve is for missing values.

    Attributes
    ----------
    place, share
        (q, n, f).
    constants
        (q, inputs) what gates see.
    partners, candidate
        (q, n) 1 where the body is a partner; whether it is a candidate.
    weights
        (q,) mean 1.
    lengths, has_missing
        (f,) knots of each curve; whether values are missing.
    shapes
        (f,) what is certain about each curve.
    usual
        (f, width) mean weight of each knot over all candidates, each cooperation the same.
    """

    place: Ints
    share: Floats
    constants: Floats
    partners: Floats
    candidate: Bools
    weights: Floats
    lengths: Ints
    has_missing: Bools
    shapes: tuple[Shape, ...]
    usual: Floats

    @property
    def width(self) -> int:
        """Numbers a curve."""
        return int(self.usual.shape[1])

    def average(self, worth: Floats) -> Floats:
        """Return the mean of each curve over all candidates, (..., f), from (..., f, width)."""
        return np.asarray((worth * self.usual).sum(axis=-1))


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


def place_knots(examples: Examples, column: int, shape: Shape, count: int) -> Doubles:
    """Place knots where partners and others lie; at least `_CLOSEST` of the range apart."""
    values = examples.features[:, :, column]
    if shape is Shape.LEVELS:
        return np.unique(values[~np.isnan(values)]).astype(np.float64)
    partners, others = values[examples.labels == 1], values[examples.labels == 0]
    partners, others = partners[~np.isnan(partners)], others[~np.isnan(others)]
    at = np.linspace(0, 1, count)
    found = np.unique(
        np.concatenate([np.quantile(partners, at[::2]), np.quantile(others, [0, *at[1::2], 1])])
    ).astype(np.float64)
    kept = [found[0]]
    for value in found[1:]:
        if value - kept[-1] > _CLOSEST * (found[-1] - found[0]):
            kept.append(value)
    return np.array(kept)


def encode(
    examples: Examples,
    names: Sequence[str],
    inputs: Sequence[GateInput],
    columns: Sequence[int],
    knots: Sequence[Doubles],
    shapes: Sequence[Shape],
) -> Design:
    """Prepare searches.

    Parameters
    ----------
    examples
        The searches.
    names
        Of their columns.
    inputs
        What gates see.
    columns, knots, shapes
        Of each curve.
    """
    width = max(len(k) for k in knots) + 1
    size = (*examples.labels.shape, len(columns))
    place, share = np.empty(size, np.int64), np.empty(size, np.float32)
    missing = np.zeros(len(columns), bool)
    for j, (column, k) in enumerate(zip(columns, knots, strict=True)):
        values = examples.features[:, :, column]
        left = np.clip(np.searchsorted(k, values, side="right") - 1, 0, max(len(k) - 2, 0))
        right = np.minimum(left + 1, len(k) - 1)
        gap = np.maximum(k[right] - k[left], 1e-12)
        absent = np.isnan(values)
        missing[j] = absent.any()
        place[:, :, j] = j * width + np.where(absent, width - 2, left)
        share[:, :, j] = np.where(absent, 1, np.clip((values - k[left]) / gap, 0, 1))
    first = examples.features[:, 0].astype(np.float64)
    constants = [given.read(first[:, names.index(given.feature)]) for given in inputs]
    candidate = ~np.isnan(examples.labels)
    return Design(
        place,
        share,
        np.array(constants, np.float32).reshape(len(inputs), len(first)).T,
        np.where(candidate, examples.labels, 0).astype(np.float32),
        candidate,
        (examples.weights / examples.weights.mean()).astype(np.float32),
        np.array([len(k) for k in knots], np.int64),
        missing,
        tuple(shapes),
        _usual(place, share, candidate * examples.weights[:, None], len(columns), width),
    )


def _usual(place: Ints, share: Floats, weight: Floats, count: int, width: int) -> Floats:
    total = np.zeros(count * width)
    for part, between, each in zip(place, share, weight, strict=True):
        upper = between * each[:, None]
        total += np.bincount(part.ravel(), (each[:, None] - upper).ravel(), len(total))
        total += np.bincount(part.ravel() + 1, upper.ravel(), len(total))
    return np.asarray(total / weight.sum(), np.float32).reshape(count, width)
