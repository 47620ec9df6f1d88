"""Descending the loss of an additive ranker.

The loss is that of a list: each search spreads its weight over its partners, and the softmax of
the scores is to agree (Cao et al. 2007, Learning to rank: from pairwise approach to listwise
approach, ListNet); to it comes the binary log-loss, so that scores are log-odds. Adam descends it;
curves that are known to rise or fall are projected onto such curves after each step. Gradients are
written out: a curve is linear in its knots.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from models.additive_design import Design, Ints
from models.ranker import Floats
from models.shape import Shape

_SEED = 20_262
_SIGNS = {Shape.RISING: 1, Shape.FALLING: -1}
_FIRST_BASE = -4.5  # log-odds: about one body in a hundred is a partner


class Settings(Struct, frozen=True):
    """How curves are learned.

    Attributes
    ----------
    knots
        At most so many a curve, half at quantiles of the partners, half at those of the others.
    smoothness
        Penalty on second differences of a curve's knots.
    curve_ridge, gate_ridge, likeness
        Penalty on squared log-odds at knots, on squared weights of gates beyond where they start,
        and on squared differences between the two curves of a feature.
    odds
        Weight of the binary log-loss beside the loss of the list.
    rate, epochs, batch
        Of Adam: step length, passes, searches a step.
    settled
        Share of the steps after which what is learned is averaged (Polyak and Juditsky 1992,
        Acceleration of stochastic approximation by averaging).
    sample
        Candidates of a search looked at in a step, drawn anew each time: its partners first.
    """

    knots: int = 20
    smoothness: float = 1.0
    curve_ridge: float = 0.0002
    gate_ridge: float = 0.01
    likeness: float = 0.0005
    odds: float = 0.3
    rate: float = 0.015
    epochs: int = 12
    batch: int = 32
    settled: float = 0.3
    sample: int = 128


SETTINGS = Settings()


def descend(
    design: Design, searches: Ints, start: Floats, settings: Settings
) -> tuple[Floats, Floats, Floats]:
    """Learn curves and gates from some of the searches prepared.

    Parameters
    ----------
    design
        All searches, prepared; f features, curves of at most `width` knots.
    searches
        Rows of those to learn from.
    start
        (inputs,) weights of gates, the same for all features, to begin with and to be drawn to.
    settings
        How to learn.

    Returns
    -------
    ndarray, ndarray, ndarray
        Worth at knots (2, f, width), weights of gates (inputs, f) and odds of constants
        (1 + inputs,), the first of which is that of every body; log-odds.
    """
    features = len(design.curves)
    learned = [
        np.zeros((2, features, design.width), np.float32),
        np.repeat(start[:, None], features, axis=1),
        np.zeros(1 + len(start), np.float32),
    ]
    learned[2][0] = _FIRST_BASE
    momentum = [np.zeros_like(part) for part in learned]
    square = [np.zeros_like(part) for part in learned]
    total = [np.zeros(part.shape) for part in learned]
    rng = np.random.default_rng(_SEED)
    count = len(searches)
    steps = settings.epochs * -(-count // settings.batch)
    settled = int(settings.settled * steps)
    step = 0
    for _ in range(settings.epochs):
        order = rng.permutation(count)
        for first in range(0, count, settings.batch):
            chosen = np.sort(searches[order[first : first + settings.batch]])
            drawn = _draw(design, chosen, settings.sample, rng)
            gradients = _gradients(design, chosen, drawn, learned, start, settings)
            step += 1
            _adam(learned, gradients, momentum, square, step, settings.rate)
            _project(learned[0], design)
            if step > settled:
                for mean, part in zip(total, learned, strict=True):
                    mean += part
    worth, gates, odds = (np.asarray(mean / (steps - settled), np.float32) for mean in total)
    return worth, gates, odds


def _adam(
    learned: list[Floats],
    gradients: tuple[Floats, ...],
    momentum: list[Floats],
    square: list[Floats],
    step: int,
    rate: float,
) -> None:
    """Take one step; Kingma and Ba (2015), Adam: a method for stochastic optimization, alg. 1."""
    length = rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    for part, gradient, first, second in zip(learned, gradients, momentum, square, strict=True):
        first += 0.1 * (gradient - first)
        second += 0.001 * (gradient**2 - second)
        part -= (length * first / (np.sqrt(second) + 1e-8)).astype(np.float32)


def _draw(design: Design, chosen: Ints, count: int, rng: np.random.Generator) -> Ints:
    """Draw candidates of some searches, (searches, count): partners first, unless they are many."""
    partner = design.partners[chosen] > 0
    crowd = partner.sum(axis=1, keepdims=True) > count // 2
    key = rng.random(partner.shape, np.float32) - (partner & ~crowd)
    key[~design.candidate[chosen]] = 2
    if count >= key.shape[1]:
        return np.argsort(key, axis=1)
    return np.argpartition(key, count, axis=1)[:, :count]


def _gradients(
    design: Design,
    chosen: Ints,
    drawn: Ints,
    learned: list[Floats],
    start: Floats,
    settings: Settings,
) -> tuple[Floats, Floats, Floats]:
    """Return the gradients of loss and penalties for some candidates of some searches.

    Gates are the same for all candidates of a search: it reads one curve a feature, between the two
    that are learned, and what it says about that curve is shared out between them.
    """
    worth, gates, odds = learned
    place = design.place[chosen[:, None], drawn].astype(np.int64)
    share, constants = design.share[chosen[:, None], drawn], design.constants[chosen]
    gate = 1 / (1 + np.exp(-constants @ gates))
    few, many = design.centred(worth)
    mixed = few + gate[:, :, None] * (many - few)
    place += (np.arange(len(chosen)) * few.size)[:, None, None]
    score = _read(mixed, place, share).sum(axis=2)
    by_list, by_odds = _slopes(
        design, chosen, drawn, score + odds[0] + (constants @ odds[1:])[:, None]
    )
    by_odds *= np.float32(settings.odds)
    by_knot = _by_knot(by_list + by_odds, place, share, mixed.shape)
    by_worth = np.stack(
        [
            design.centred_gradient(np.einsum("qf,qfk->fk", part, by_knot))
            for part in (1 - gate, gate)
        ]
    )
    difference = settings.likeness * (worth[0] - worth[1])
    by_worth[0] += difference
    by_worth[1] -= difference
    by_worth += _bending(worth, design, settings)
    between = np.einsum("qfk,fk->qf", by_knot, many - few)
    by_gate = constants.T @ (between * gate * (1 - gate))
    return (
        by_worth,
        by_gate + np.float32(settings.gate_ridge) * (gates - start[:, None]),
        np.concatenate([[by_odds.sum()], constants.T @ by_odds.sum(axis=1)]).astype(np.float32),
    )


def _read(worth: Floats, place: Ints, share: Floats) -> Floats:
    """Return what each value is worth on curves laid end to end."""
    flat = worth.ravel()
    low = flat[place]
    return np.asarray(low + share * (flat[place + 1] - low))


def _slopes(design: Design, chosen: Ints, drawn: Ints, score: Floats) -> tuple[Floats, Floats]:
    """Return the gradients of both losses by the score, (searches, drawn)."""
    rows = chosen[:, None]
    partners, candidate = design.partners[rows, drawn], design.candidate[rows, drawn]
    # Those drawn stand in for all that are no partners: they weigh accordingly more.
    others = (design.candidate[chosen] & (design.partners[chosen] == 0)).sum(axis=1, keepdims=True)
    seen = (candidate & (partners == 0)).sum(axis=1, keepdims=True)
    whole = partners.sum(axis=1, keepdims=True) == design.partners[chosen].sum(
        axis=1, keepdims=True
    )
    times = np.where((partners == 0) & whole, others / np.maximum(seen, 1), 1).astype(np.float32)
    shown = np.where(candidate, score + np.log(times), -np.inf)
    chance = np.exp(shown - shown.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    wanted = partners / np.maximum(partners.sum(axis=1, keepdims=True), 1)
    weight = design.weights[chosen][:, None] / np.float32(len(chosen))
    miss = np.where(candidate, (1 / (1 + np.exp(-score)) - partners) * times, 0)
    return (
        ((chance - wanted) * weight).astype(np.float32),
        np.asarray(miss * weight, np.float32),
    )


def _by_knot(slope: Floats, place: Ints, share: Floats, shape: tuple[int, ...]) -> Floats:
    """Return the gradient of the loss by the knots that each search reads, (searches, f, width)."""
    each = np.broadcast_to(slope[:, :, None], share.shape)
    upper = each * share
    index, size = place.ravel(), int(np.prod(shape))
    found = np.bincount(index, (each - upper).ravel(), size)
    found[1:] += np.bincount(index, upper.ravel(), size)[:-1]
    return np.asarray(found.reshape(shape), np.float32)


def _bending(worth: Floats, design: Design, settings: Settings) -> Floats:
    """Return the gradient of the penalties on curves, each side by itself."""
    third = np.arange(2, design.width)[None, :]
    ordered = np.array([shape is not Shape.LEVELS for shape in design.shapes])
    inside = (third < design.lengths[:, None]) & ordered[:, None]
    bend = (worth[..., 2:] - 2 * worth[..., 1:-1] + worth[..., :-2]) * inside
    slope = np.zeros_like(worth)
    slope[..., 2:] += bend
    slope[..., 1:-1] -= 2 * bend
    slope[..., :-2] += bend
    return np.asarray(settings.smoothness * slope + settings.curve_ridge * worth, np.float32)


def _project(worth: Floats, design: Design) -> None:
    """Make curves rise or fall where that is certain: the nearest such curve (least squares).

    By the max-min formula of isotonic regression, for all curves at once (Robertson, Wright and
    Dykstra 1988, Order restricted statistical inference, theorem 1.4.4).
    """
    sign = np.array([_SIGNS.get(shape, 0) for shape in design.shapes], np.float32)
    bound = np.flatnonzero(sign)
    curves = worth[:, bound, :-1] * sign[bound, None]
    first, last = np.indices((curves.shape[-1],) * 2)
    sums = np.concatenate([np.zeros_like(curves[..., :1]), curves.cumsum(axis=-1)], axis=-1)
    means = (sums[..., None, 1:] - sums[..., :-1, None]) / np.maximum(last - first + 1, 1)
    outside = (last < first) | (last >= design.lengths[bound, None, None])
    means = np.where(outside, np.inf, means)
    lowest = np.minimum.accumulate(means[..., ::-1], axis=-1)[..., ::-1]
    risen = np.where(first > last, -np.inf, lowest).max(axis=-2)
    inside = np.arange(curves.shape[-1]) < design.lengths[bound, None]
    worth[:, bound, :-1] = np.where(inside, risen, curves) * sign[bound, None]
