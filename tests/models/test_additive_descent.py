"""Learning the additive ranker: its gradient is that of its loss, its curves are the nearest."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import isotonic_regression

from models.additive_descent import Settings, _gradients, _project
from models.additive_design import encode, place_knots
from models.ranker import Examples
from models.shape import Shape

SHAPES = {"a": Shape.FREE, "b": Shape.FREE, "c": Shape.RISING, "d": Shape.CONSTANT}
LOSS_ALONE = Settings(smoothness=0, curve_ridge=0, gate_ridge=0, likeness=0)
QUERIES, BODIES = 6, 12


@pytest.fixture(scope="module")
def design():
    rng = np.random.default_rng(0)
    features = rng.normal(size=(QUERIES, BODIES, 4)).astype(np.float32)
    features[:, :, 3] = features[:, :1, 3]
    features[:, 2, 1] = np.nan
    labels = (rng.random((QUERIES, BODIES)) < 0.3).astype(np.float32)
    labels[:, 1], labels[:, 0] = 1, np.nan
    weights = np.linspace(0.5, 1.5, QUERIES).astype(np.float32)
    return encode(Examples(features, labels, weights, np.arange(QUERIES)), SHAPES, 5)


def loss(design, worth, gates, odds) -> float:
    """The loss in plain words: what lists and odds miss, search by search."""
    few, many = (side.astype(float) for side in design.centred(worth))
    gate = 1 / (1 + np.exp(-design.constants @ gates))
    mixed = few + gate[:, :, None] * (many - few)
    total = 0.0
    for query in range(QUERIES):
        flat, place, share = mixed[query].ravel(), design.place[query], design.share[query]
        score = (flat[place] + share * (flat[place + 1] - flat[place])).sum(axis=1)
        score += odds[0] + design.constants[query] @ odds[1:]
        inside = design.candidate[query]
        partner, score = design.partners[query][inside], score[inside]
        order = -(partner / partner.sum() * (score - np.log(np.exp(score).sum()))).sum()
        chance = (np.log1p(np.exp(score)) - partner * score).sum()
        total += design.weights[query] / QUERIES * (order + LOSS_ALONE.odds * chance)
    return total


def test_the_gradient_is_that_of_the_loss(design):
    rng = np.random.default_rng(1)
    learned = [
        rng.normal(size=(2, 3, design.width)).astype(np.float32),
        rng.normal(size=(1, 3)).astype(np.float32),
        np.array([-2, 0.3], np.float32),
    ]
    everyone = np.tile(np.arange(BODIES), (QUERIES, 1))
    start = np.zeros(1, np.float32)
    found = _gradients(design, np.arange(QUERIES), everyone, learned, start, LOSS_ALONE)
    for position, part in enumerate(learned):
        for index in np.ndindex(part.shape):
            ends = []
            for step in (1e-4, -1e-4):
                moved = [other.astype(float) for other in learned]
                moved[position][index] += step
                ends.append(loss(design, *moved))
            slope = (ends[0] - ends[1]) / 2e-4
            assert found[position][index] == pytest.approx(slope, abs=1e-6)


def test_what_is_not_known_neither_counts_nor_is_learned(design):
    worth = np.ones((2, 3, design.width), np.float32)
    assert not design.centred(worth)[..., -1].any()
    assert design.usual[:, -1].tolist() == [0, 0, 0]
    assert design.usual.sum(axis=1) == pytest.approx(1)


def test_curves_become_the_nearest_that_rise(design):
    worth = np.random.default_rng(2).normal(size=(2, 3, design.width)).astype(np.float32)
    before, length = worth.copy(), int(design.lengths[2])
    _project(worth, design)
    assert np.array_equal(worth[:, :2], before[:, :2]), "free"
    for side in (0, 1):
        nearest = isotonic_regression(before[side, 2, :length]).x
        assert worth[side, 2, :length] == pytest.approx(nearest, abs=1e-6)


def test_a_floor_on_which_most_bodies_lie_is_one_knot():
    partners, others = np.array([0, 0, 1, 2, 3.0]), np.concatenate([np.zeros(90), [0.5, 4]])
    knots = place_knots(partners, others, Shape.RISING, 5)
    assert knots[0] == 0
    assert knots[1] >= 0.5
    assert knots[-1] == 4
    assert len(knots) > 4


def test_levels_have_a_knot_each():
    knots = place_knots(np.array([3.0, 1]), np.array([np.nan, 7]), Shape.LEVELS, 2)
    assert knots.tolist() == [1, 3, 7]
