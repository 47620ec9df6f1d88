"""The ranking written once more in plain Python gives the same scores."""

from __future__ import annotations

import numpy as np
import pytest

from eval.performance.reference import candidate
from eval.performance.reference.facts import Facts, Known
from eval.performance.reference.search import PlainSearch
from matcher.features import NAMES, features, make_query


@pytest.fixture(scope="module")
def facts(dataset) -> Facts:
    return Facts(dataset)


@pytest.fixture(scope="module")
def known(facts, dataset) -> Known:
    return Known(facts, dataset.cooperations)


def test_plain_python_gives_our_scores(matcher, facts, known):
    knowledge = matcher.knowledge
    text = knowledge.cooperations[790].request
    matter = knowledge.reader.read(knowledge.requests[790], text)
    # A municipality, a Kreis, an association: each sees the others in its own way.
    for body in (3, 400, len(facts) - 1):
        matrix = features(make_query(knowledge, body, matter), knowledge)[0]
        scores = matcher.ranker.score(matrix)
        search = PlainSearch(facts, known, body, matter)
        for other in range(1, len(facts) - 1, 17):
            if other == body:
                continue
            values = candidate.features(search, other)
            assert set(values) == set(NAMES)
            assert candidate.score(matcher.ranker, values) == pytest.approx(
                float(scores[other]), abs=1e-5
            )


def test_a_curve_is_straight_between_knots_and_level_outside(matcher):
    curve = matcher.ranker.curve("log_seat_km")
    middle = float((curve.knots[0] + curve.knots[1]) / 2)
    few, many = candidate._read(curve, middle)
    assert few == pytest.approx((curve.few[0] + curve.few[1]) / 2)
    assert candidate._read(curve, -99.0) == (curve.few[0], curve.many[0])
    assert candidate._read(curve, 99.0)[1] == curve.many[-1]
    assert np.isfinite(many)
