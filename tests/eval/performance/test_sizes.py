from __future__ import annotations

import numpy as np
import pytest

from eval.performance import sizes
from eval.performance.retrieval import inverted_file, placed
from eval.performance.wide import noisy, widened
from matcher.candidates import Candidates


@pytest.fixture(scope="module")
def wide(matcher):
    return widened(matcher.knowledge, sizes.seats_km(matcher.dataset), copies=14)


@pytest.fixture(scope="module")
def asked(matcher, wide):
    return list(sizes._asked(matcher.knowledge, wide, 10))


def test_copies_of_the_bodies_see_as_the_real_ones_do(matcher, wide):
    known = matcher.knowledge
    count = len(known.bodies)
    body, matter = next(sizes._asked(known, known, 1))
    real = sizes.exact_scores(known, matcher.ranker, body, matter)
    same = widened(known, sizes.seats_km(matcher.dataset), copies=1)
    made = sizes.exact_scores(same, matcher.ranker, body, matter)
    # Gaps between areas are guessed there, and far surroundings left out.
    assert np.corrcoef(real, made)[0, 1] > 0.99
    assert len(wide.bodies) == 14 * count
    assert np.array_equal(wide.bodies.seat_km[0][:count], same.bodies.seat_km[0])
    assert wide.bodies.seat_km[0][count:].min() > 50
    assert wide.bodies.home == slice(0, count)


def test_a_search_among_candidates_names_the_first_ten_of_all(matcher, wide, asked):
    bodies, found = wide.bodies, 0
    candidates = Candidates.among(bodies.seats, bodies.kind, wide.ties.cooperations)
    for body, matter in asked:
        scores = sizes.exact_scores(wide, matcher.ranker, body, matter)
        rows, some = sizes.candidate_scores(wide, matcher.ranker, candidates, body, matter)
        assert len(rows) < len(bodies) / 8
        scores[body], some[rows == body] = -np.inf, -np.inf
        first = np.argsort(-scores, kind="stable")[:10]
        assert np.isin(first, rows).mean() >= 0.9
        found += len(np.intersect1d(first, rows[np.argsort(-some, kind="stable")[:10]]))
    assert found >= 0.99 * 10 * len(asked) - 1


def test_an_inverted_file_finds_what_an_exact_search_finds(matcher):
    descriptions, requests = placed(matcher.knowledge)
    vectors, questions = noisy(descriptions, 4_000), noisy(requests, 20, seed=1)
    exact = np.argsort(-questions @ vectors.T, axis=1)[:, :10]
    found = inverted_file(vectors).search(questions, 10)[1]
    shares = [len(np.intersect1d(a, b)) / 10 for a, b in zip(exact, found, strict=True)]
    assert np.mean(shares) >= 0.95


def test_the_exponent_is_the_slope_of_a_power_law():
    rows = [{"size": n, "ms": 3 * n**1.5} for n in (10, 100, 1_000)]
    assert sizes.exponent(rows, "size", "ms") == pytest.approx(1.5)
