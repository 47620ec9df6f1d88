"""What nearness and size are worth in one search."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec import structs

from data import Kind
from matcher.reasons.declare import KINDS
from matcher.request import MatchRequest
from matcher.result import Factor
from matcher.search_curves import NEARNESS, SIZE, own_worth, search_curves


@pytest.fixture(scope="module")
def sums(matcher):
    """Return made-up contributions: nearness falls with the distance, size is all the same."""
    bodies = matcher.knowledge.bodies
    found = np.zeros((len(bodies), len(KINDS)))
    found[:, list(KINDS).index("distance")] = 4 - bodies.seat_km[0] / 10
    found[:, list(KINDS).index("district")] = 1
    found[:, list(KINDS).index("size")] = 0.5
    return found


def test_all_that_tells_of_nearness_is_summed_and_averaged_along_kilometres(matcher, sums):
    curves = {(c.code, c.kind): c for c in search_curves(sums, 0, matcher.knowledge.bodies)}
    near = curves[NEARNESS, Kind.MUNICIPALITY.value]
    kilometres = np.expm1(near.at)
    assert (np.diff(near.at) > 0).all()
    assert near.worth == pytest.approx(5 - kilometres / 10, abs=0.6)  # a mean over a stretch
    assert (np.diff(near.worth) < 0).all()
    size = curves[SIZE, Kind.MUNICIPALITY.value]
    assert size.worth == pytest.approx(np.full(len(size.at), 0.5))


def test_only_bodies_that_were_scored_count_and_few_make_no_curve(matcher, sums):
    bodies = matcher.knowledge.bodies
    towns = np.flatnonzero(bodies.kind == Kind.MUNICIPALITY.row)
    (near, size) = search_curves(sums[towns[:50]], 0, bodies, towns[:50])
    assert (near.code, size.code) == (NEARNESS, SIZE)
    assert max(near.at) <= np.log1p(bodies.seat_km[0][towns[:50]]).max()
    assert search_curves(sums[towns[:10]], 0, bodies, towns[:10]) == ()


def test_the_worth_of_one_body_is_the_sum_of_its_reasons(matcher):
    asked = MatchRequest(body="05974008", description="Archiv gemeinsam führen")
    assert matcher.match(asked).curves == ()  # only a page draws them
    result = matcher.match(structs.replace(asked, curves=True))
    assert {curve.code for curve in result.curves} == {NEARNESS, SIZE}
    reasons = result.matches[0].reasons
    near = sum(r.contribution for r in reasons if r.factor is Factor.PROXIMITY)
    assert own_worth(reasons, NEARNESS) == pytest.approx(near)
    assert own_worth(reasons, SIZE) == sum(r.contribution for r in reasons if r.code == "size")
