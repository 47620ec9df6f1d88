"""What one could do with what exists, and whom to ask."""

from __future__ import annotations

import pytest
from msgspec import structs

from matcher import MatchRequest
from matcher.result import ExistingCooperation
from service.matching.background import Background
from service.matching.known_steps import next_step, whom_to_ask

SEARCHER, SOEST, KREIS, LIPPSTADT = "05974008", "05974040", "05974", "05974028"


@pytest.fixture(scope="module")
def known(matcher) -> Background:
    result = matcher.match(MatchRequest(body=SEARCHER, description="Archiv"))
    return Background.of(result, matcher)


def entry(relation="joinable", bodies=(SOEST, KREIS), status="aktiv"):
    return ExistingCooperation("x1", "Archiv", 0.9, status, relation, 2015, bodies, "https://x.de")


@pytest.mark.parametrize(
    ("relation", "status", "step"),
    [
        ("member", "aktiv", "Erweitern"),
        ("joinable", "aktiv", "Beitreten"),
        ("ended", "beendet", "Neu beginnen"),
        ("joinable", "geplant", "Mitplanen"),
        ("member", "geplant", "Mitplanen"),
    ],
)
def test_each_relation_opens_a_step(relation, status, step):
    assert next_step(entry(relation, status=status)) == step


def test_whoever_carries_the_task_out_is_asked_first(known):
    record = structs.replace(
        known.knowledge.cooperations[0], id="x1", lead=KREIS, participants=(SOEST, KREIS)
    )
    within = Background(known.result, known.directory, known.knowledge)
    within.records["x1"] = record
    assert whom_to_ask(entry(), within) == KREIS


def test_else_the_nearest_of_the_same_kind(known):
    assert whom_to_ask(entry(bodies=(SEARCHER, LIPPSTADT, SOEST, KREIS)), known) == SOEST
    assert whom_to_ask(entry(bodies=(SEARCHER, KREIS)), known) == KREIS


def test_of_a_large_group_of_ones_own_nobody_is_picked_out(known):
    many = tuple(body.key for body in known.directory.members(KREIS))
    assert SEARCHER in many
    assert whom_to_ask(entry(bodies=many), known) is None
    assert whom_to_ask(entry(bodies=tuple(k for k in many if k != SEARCHER)), known) == SOEST


def test_nobody_is_left_to_ask(known):
    assert whom_to_ask(entry(bodies=(SEARCHER,)), known) is None


def test_whom_the_text_does_not_want_is_not_asked(matcher):
    text = "Archiv gemeinsam führen, aber nicht mit Soest"
    known = Background.of(matcher.match(MatchRequest(body=SEARCHER, description=text)), matcher)
    assert whom_to_ask(entry(bodies=(SEARCHER, SOEST)), known) is None
    assert whom_to_ask(entry(bodies=(SEARCHER, SOEST, LIPPSTADT)), known) == LIPPSTADT
