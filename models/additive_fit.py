"""Learning the curves and gates of an additive ranker.

The loss is that of a list: each search spreads its weight over its partners, and the softmax of
the scores is to agree (Cao et al. 2007, Learning to rank: from pairwise approach to listwise
approach, ListNet). Adam descends it; curves that are known to rise or fall are projected onto
such curves after each step. Gradients are written out: a curve is linear in its knots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression
from sklearn.linear_model import LogisticRegression

from models.additive import AdditiveRanker, Curve, Doubles, GateInput, rounded
from models.ranker import Examples, Floats, Provenance
from models.shape import Shape

Ints = npt.NDArray[np.int64]
_HELD_OUT = 5  # every fifth group of cooperations scales the score
_SEED = 20_262
_GATE_LIMIT = 1.5
_CLOSEST = 0.01  # knots lie at least this share of the feature's range apart
_SCALE_PENALTY = 1.0  # of the weights that constants get when the score is scaled


@dataclass(frozen=True, slots=True)
class Settings:
    """How curves are learned.

    Attributes
    ----------
    knots
        At most so many a curve, half at quantiles of the partners, half at those of the others.
    smoothness
        Penalty on second differences of a curve's knots.
    curve_ridge, gate_ridge
        Penalty on squared log-odds at knots, on squared weights of gates.
    rate, epochs, batch
        Of Adam: first step length (falling to 0 as a cosine), passes, searches a step.
    sample
        Candidates of a search looked at in a step, drawn anew each time: its partners first.
    """

    knots: int = 12
    smoothness: float = 0.01
    curve_ridge: float = 0.0002
    gate_ridge: float = 0.001
    rate: float = 0.03
    epochs: int = 12
    batch: int = 32
    sample: int = 128
    odds: float = 0.3


SETTINGS = Settings()


def fit_additive(
    examples: Examples,
    shapes: Mapping[str, Shape],
    provenance: Provenance,
    settings: Settings = SETTINGS,
) -> AdditiveRanker:
    """Train on searches.

    A fifth of the groups is held out first, to scale the score (Platt 1999, Probabilistic outputs
    for support vector machines); then all are learned from.

    Parameters
    ----------
    examples
        The searches.
    shapes
        For each column of the features its name and what is certain about it.
    provenance
        What the ranker is trained on.
    settings
        How to learn.
    """
    rng = np.random.default_rng(_SEED)
    drawn = rng.permutation(int(examples.groups.max()) + 1) % _HELD_OUT == 0
    held_out = drawn[examples.groups]
    trial = _learn(examples.where(~held_out), shapes, provenance, settings)
    scale, offset = _platt(trial, examples.where(held_out))
    whole = _learn(examples, shapes, provenance, settings)
    curves = [
        replace(
            curve,
            knots=rounded(curve.knots),
            worth=rounded(scale * curve.worth),
            missing=float(rounded(scale * curve.missing)),
            gate=rounded(curve.gate),
        )
        for curve in whole.curves
    ]
    inputs = [
        replace(
            given,
            mean=float(rounded(given.mean)),
            spread=float(rounded(given.spread)),
            odds=float(rounded(scale * given.odds)),
        )
        for given in whole.inputs
    ]
    base = float(rounded(offset + scale * whole.base))
    return AdditiveRanker(tuple(shapes), base, curves, inputs, provenance)


def _learn(
    examples: Examples, shapes: Mapping[str, Shape], provenance: Provenance, settings: Settings
) -> AdditiveRanker:
    """Learn curves and gates; base and odds are 0, curves 0 on average over all candidates."""
    names = tuple(shapes)
    inputs = _gate_inputs(examples, shapes)
    first = examples.features[:, 0].astype(np.float64)
    constants = np.column_stack(
        [given.read(first[:, names.index(given.feature)]) for given in inputs]
    ).astype(np.float32)
    columns = [i for i, name in enumerate(names) if not shapes[name].constant]
    knots = [_knots(examples, column, shapes[names[column]], settings.knots) for column in columns]
    design = _Design.of(examples, constants, columns, knots, [shapes[names[c]] for c in columns])
    worth, gates, odds = _descend(design, settings)
    worth = worth - (worth * design.usual).sum(axis=1, keepdims=True)
    curves = [
        Curve(
            names[column],
            knots[j],
            worth[j, : len(knots[j])],
            float(worth[j, -1]) if design.has_missing[j] else 0.0,
            gates[:, j],
        )
        for j, column in enumerate(columns)
    ]
    inputs = [replace(given, odds=float(odd)) for given, odd in zip(inputs, odds[1:], strict=True)]
    return AdditiveRanker(names, float(odds[0]), curves, inputs, provenance)


def _gate_inputs(examples: Examples, shapes: Mapping[str, Shape]) -> list[GateInput]:
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
            given = GateInput(name, level, 0.0, 1.0).read(values)
            mean = float(np.average(given, weights=examples.weights))
            # A level is rare or not: by its own spread a rare one would count enormously.
            spread = float(given.std()) if level is None else 1.0
            inputs.append(GateInput(name, level, mean, spread or 1.0))
    return inputs


def _knots(examples: Examples, column: int, shape: Shape, count: int) -> Doubles:
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


@dataclass(frozen=True, slots=True)
class _Design:
    """Searches with every value replaced by its place between two knots.

    A value lies between knot `place` and the next, `share` of the way; both count over all curves
    laid end to end, `width` numbers each. The last number of a curve is for missing values.
    """

    place: Ints  # (q, n, f)
    share: Floats  # (q, n, f)
    constants: Floats  # (q, inputs)
    partners: Floats  # (q, n)
    candidate: npt.NDArray[np.bool_]  # (q, n)
    weights: Floats  # (q,) mean 1
    lengths: Ints  # (f,) knots of each curve
    has_missing: npt.NDArray[np.bool_]  # (f,)
    shapes: tuple[Shape, ...]
    usual: Floats  # (f, width) mean weight of each knot over all candidates

    @property
    def width(self) -> int:
        return self.usual.shape[1]

    @classmethod
    def of(
        cls,
        examples: Examples,
        constants: Floats,
        columns: Sequence[int],
        knots: Sequence[Doubles],
        shapes: Sequence[Shape],
    ) -> _Design:
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
        candidate = ~np.isnan(examples.labels)
        return cls(
            place,
            share,
            constants,
            np.where(candidate, examples.labels, 0).astype(np.float32),
            candidate,
            (examples.weights / examples.weights.mean()).astype(np.float32),
            np.array([len(k) for k in knots], np.int64),
            missing,
            tuple(shapes),
            _usual(place, share, candidate * examples.weights[:, None], len(columns), width),
        )


def _usual(place: Ints, share: Floats, weight: Floats, count: int, width: int) -> Floats:
    """Return the mean weight of each knot over all candidates, each cooperation the same."""
    total = np.zeros(count * width)
    for part, between, each in zip(place, share, weight, strict=True):
        upper = between * each[:, None]
        total += np.bincount(part.ravel(), (each[:, None] - upper).ravel(), len(total))
        total += np.bincount(part.ravel() + 1, upper.ravel(), len(total))
    return np.asarray(total / weight.sum(), np.float32).reshape(count, width)


def _descend(design: _Design, settings: Settings) -> tuple[Floats, Floats, Floats]:
    """Descend the loss; return worth at knots (f, width) and weights of gates (inputs, f)."""
    features, inputs = len(design.lengths), design.constants.shape[1]
    learned = [
        np.zeros((features, design.width), np.float32),
        np.zeros((inputs, features), np.float32),
        np.zeros(inputs + 1, np.float32),
    ]
    learned[2][0] = -4.5
    momentum = [np.zeros_like(part) for part in learned]
    square = [np.zeros_like(part) for part in learned]
    rng = np.random.default_rng(_SEED)
    count = len(design.place)
    steps = settings.epochs * -(-count // settings.batch)
    step = 0
    for _ in range(settings.epochs):
        order = rng.permutation(count)
        for start in range(0, count, settings.batch):
            chosen = np.sort(order[start : start + settings.batch])
            drawn = _draw(design, chosen, settings.sample, rng)
            gradients = _gradients(design, chosen, drawn, *learned, settings)
            rate = settings.rate * 0.5 * (1 + np.cos(np.pi * step / steps))
            step += 1
            for part, gradient, first, second in zip(
                learned, gradients, momentum, square, strict=True
            ):
                # Kingma and Ba (2015), Adam: a method for stochastic optimization, alg. 1.
                first += 0.1 * (gradient - first)
                second += 0.001 * (gradient**2 - second)
                length = rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
                part -= (length * first / (np.sqrt(second) + 1e-8)).astype(np.float32)
                _project(learned[0], design)
    return learned[0], learned[1], learned[2]


def _draw(design: _Design, chosen: Ints, count: int, rng: np.random.Generator) -> Ints:
    """Draw candidates of some searches, (searches, count): partners first, unless they are many."""
    partner = design.partners[chosen] > 0
    crowd = partner.sum(axis=1, keepdims=True) > count // 2
    key = rng.random(partner.shape, np.float32) - (partner & ~crowd)
    key[~design.candidate[chosen]] = 2
    return (
        np.argpartition(key, count, axis=1)[:, :count] if count < key.shape[1] else np.argsort(key)
    )


def _gradients(
    design: _Design,
    chosen: Ints,
    drawn: Ints,
    worth: Floats,
    gates: Floats,
    odds: Floats,
    settings: Settings,
) -> tuple[Floats, Floats, Floats]:
    """Return the gradients of loss and penalties for some candidates of some searches."""
    rows = chosen[:, None]
    place, share, constants = (
        design.place[rows, drawn],
        design.share[rows, drawn],
        design.constants[chosen],
    )
    partners, candidate = design.partners[rows, drawn], design.candidate[rows, drawn]
    # Those drawn stand in for all that are no partners: they weigh accordingly more.
    others = (design.candidate[chosen] & (design.partners[chosen] == 0)).sum(axis=1, keepdims=True)
    seen = (candidate & (partners == 0)).sum(axis=1, keepdims=True)
    all_partners = design.partners[chosen].sum(axis=1, keepdims=True)
    full = partners.sum(axis=1, keepdims=True) == all_partners
    extra = np.where((partners == 0) & full, np.log(others / np.maximum(seen, 1)), 0)
    gate = np.exp(np.clip(constants @ gates, -_GATE_LIMIT, _GATE_LIMIT))
    flat = worth.ravel()
    low = flat[place]
    value = low + share * (flat[place + 1] - low) - (worth * design.usual).sum(axis=1)
    plain = np.einsum("qnf,qf->qn", value, gate)
    score = np.where(candidate, plain + extra, np.float32(-np.inf)).astype(np.float32)
    chance = np.exp(score - score.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    wanted = partners / np.maximum(partners.sum(axis=1, keepdims=True), 1)
    each_weight = design.weights[chosen][:, None] / np.float32(len(chosen))
    slope = (chance - wanted) * each_weight
    logit = plain + odds[0] + (constants @ odds[1:])[:, None]
    likely = 1 / (1 + np.exp(-logit))
    miss = (
        np.where(candidate, (likely - partners) * np.exp(extra), 0)
        * each_weight
        * np.float32(settings.odds)
    )
    slope = (slope + miss).astype(np.float32)
    by_odds = np.concatenate([[miss.sum()], constants.T @ miss.sum(axis=1)])
    each = slope[:, :, None] * gate[:, None, :]
    upper = each * share
    size = worth.size
    index = place.ravel()
    by_knot = np.bincount(index, (each - upper).ravel(), size)
    by_knot += np.bincount(index + 1, upper.ravel(), size)
    by_knot = by_knot.reshape(worth.shape)
    by_knot -= (slope.sum(axis=1) @ gate)[:, None] * design.usual
    by_gate = constants.T @ (np.einsum("qn,qnf->qf", slope, value) * gate)
    return (
        (by_knot + _bending(worth, design, settings)).astype(np.float32),
        by_gate + np.float32(settings.gate_ridge) * gates,
        by_odds.astype(np.float32),
    )


def _bending(worth: Floats, design: _Design, settings: Settings) -> Floats:
    """Return the gradient of the penalties on curves."""
    third = np.arange(2, design.width)[None, :]
    ordered = np.array([shape is not Shape.LEVELS for shape in design.shapes])
    bend = worth[:, 2:] - 2 * worth[:, 1:-1] + worth[:, :-2]
    bend = bend * ((third < design.lengths[:, None]) & ordered[:, None])
    slope = np.zeros_like(worth)
    slope[:, 2:] += bend
    slope[:, 1:-1] -= 2 * bend
    slope[:, :-2] += bend
    return np.asarray(settings.smoothness * slope + settings.curve_ridge * worth, np.float32)


def _project(worth: Floats, design: _Design) -> None:
    """Make curves rise or fall where that is certain: the nearest such curve (least squares)."""
    for row, length, shape in zip(worth, design.lengths, design.shapes, strict=True):
        if shape not in (Shape.RISING, Shape.FALLING):
            continue
        rising = shape is Shape.RISING
        steps = np.diff(row[:length])
        if ((steps < 0) if rising else (steps > 0)).any():
            row[:length] = isotonic_regression(row[:length], increasing=rising).x


def _platt(trial: AdditiveRanker, held_out: Examples) -> tuple[float, float]:
    """Return scale and offset that make the trial's scores log-odds on searches it did not see."""
    candidate = ~np.isnan(held_out.labels)
    weights = np.broadcast_to(held_out.weights[:, None], candidate.shape)[candidate]
    raw = trial.score(held_out.features)[candidate]
    fitted = LogisticRegression(C=np.inf).fit(
        raw[:, None], held_out.labels[candidate], sample_weight=weights
    )
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
