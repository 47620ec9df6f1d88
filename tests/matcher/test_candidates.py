"""Few are looked at closely, and the first ten of all are among them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from matcher import Matcher, MatchRequest
from matcher import candidates as module
from matcher.candidates import NEAREST, Candidates
from matcher.features import make_query

# A row of places a kilometre apart; every tenth is a Kreis.
COUNT = 6_000
SEATS = np.column_stack([np.arange(COUNT), np.zeros(COUNT)]).astype(float)
KIND = (np.arange(COUNT) % 10 == 0).astype(np.int64)
# Two cooperations that lead far away, one after the other, and one of strangers.
MEMBERS = [[3, 5_000], [5_000, 4_000], [2_001, 2_002]]


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    took_part = np.zeros((COUNT, len(MEMBERS)), np.float32)
    for number, members in enumerate(MEMBERS):
        took_part[members, number] = 1
    return Candidates.among(SEATS, KIND, csr_array(took_part))


def test_few_are_chosen_each_once_in_order(candidates):
    rows = candidates.of(3, np.zeros(3, np.float32))
    assert len(rows) < COUNT / 10
    assert (np.diff(rows) > 0).all()
    assert 3 in rows


def test_the_nearest_of_each_kind_are_among_them(candidates):
    rows = candidates.of(3_003, np.zeros(3, np.float32))
    for kind in (0, 1):
        near = rows[KIND[rows] == kind]
        own = np.flatnonzero(kind == KIND)
        nearest = own[np.argsort(np.abs(own - 3_003), kind="stable")[: NEAREST // 8]]
        assert np.isin(nearest, near).all()


def test_partners_and_their_partners_are_among_them_however_far(candidates):
    assert np.isin([5_000, 4_000], candidates.of(3, np.zeros(3, np.float32))).all()
    assert not np.isin([5_000, 4_000], candidates.of(13, np.zeros(3, np.float32))).any()


def test_who_is_known_for_the_matter_is_among_them_however_far(candidates):
    known = np.array([0, 0, 1], np.float32)
    assert np.isin([2_001, 2_002], candidates.of(3, known)).all()
    assert not np.isin([2_001, 2_002], candidates.of(3, np.zeros(3, np.float32))).any()


@pytest.fixture
def few(matcher, monkeypatch) -> Matcher:
    """Serve the same with candidates, as where there are many bodies."""
    assert matcher._candidates is None
    monkeypatch.setattr(module, "NEAREST", 100)
    served, seats, known = replace(matcher), matcher.dataset.bodies, matcher.knowledge
    vars(served)["_candidates"] = Candidates.on_earth(
        seats["longitude"], seats["latitude"], known.bodies.kind, known.ties.cooperations
    )
    return served


def test_candidates_are_found_where_there_are_many_bodies(matcher, monkeypatch):
    monkeypatch.setattr(module, "EXACT_UP_TO", 100)
    assert replace(matcher)._candidates is not None


def test_an_answer_among_candidates_is_that_among_all(matcher, few):
    text = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln"
    asked = MatchRequest(body="05974008", description=text, limit=10)
    mine, all_scored = few.match(asked), matcher.match(asked)
    assert [m.body for m in mine.matches] == [m.body for m in all_scored.matches]
    assert [m.score for m in mine.matches] == pytest.approx(
        [m.score for m in all_scored.matches], abs=1e-6
    )
    query = make_query(matcher.knowledge, 3, None)
    assert len(few._candidates.of(3, query.similar_weight)) < len(matcher.knowledge.bodies)


def test_whom_one_asks_about_is_scored_though_far(few, matcher):
    far = "05334002"
    asked = MatchRequest(body="05974008", description="Archiv gemeinsam führen", explain=(far,))
    mine, real = few.match(asked).matches[-1], matcher.match(asked).matches[-1]
    assert (mine.body, mine.score) == (far, pytest.approx(real.score, abs=1e-6))


def test_where_filters_leave_few_these_are_all_scored(candidates):
    passing = np.zeros(COUNT, bool)
    passing[5_500:5_600] = True
    rows = candidates.to_score(np.array([3]), np.zeros(3, np.float32), passing, np.array([77]))
    assert np.array_equal(rows, [3, 77, *range(5_500, 5_600)])


def test_an_answer_across_the_border_is_that_among_all_who_may_be_proposed(across):
    text = "Gemeinsame Vollstreckung, auch jenseits der Landesgrenze"
    asked = MatchRequest(body="05770032", description=text, limit=10)
    all_scored = across.match(asked)
    served, seats, bodies = replace(across), across.dataset.bodies, across.knowledge.bodies
    vars(served)["_candidates"] = Candidates.on_earth(
        seats["longitude"],
        seats["latitude"],
        bodies.kind,
        across.knowledge.ties.cooperations,
        bodies.administers & bodies.served,
    )
    mine = served.match(asked)
    assert [m.body for m in mine.matches] == [m.body for m in all_scored.matches]
    assert [m.score for m in mine.matches] == pytest.approx(
        [m.score for m in all_scored.matches], abs=1e-6
    )
    assert mine.consortium.bodies == all_scored.consortium.bodies


def test_who_may_not_be_proposed_is_no_candidate():
    eligible = np.arange(COUNT) % 3 > 0
    took_part = csr_array((COUNT, len(MEMBERS)), dtype=np.float32)
    found = Candidates.among(SEATS, KIND, took_part, eligible)
    rows = found.of(3_004, np.zeros(3, np.float32))
    assert eligible[np.setdiff1d(rows, [3_004])].all()
    looked_at = np.flatnonzero(eligible & (np.arange(COUNT) < 3_010))
    passing = eligible.copy()
    rows = found.to_score(
        np.array([3_004]), np.zeros(3, np.float32), passing, np.array([5_999]), looked_at
    )
    assert np.isin(np.setdiff1d(rows, [3_004, 5_999]), looked_at).all()
