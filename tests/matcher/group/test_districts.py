"""A Kreis is left out where each municipality has the task itself."""

from __future__ import annotations

import pytest
from msgspec import structs

from data import Kind
from matcher import Filters, MatchRequest
from matcher.group.districts import only_municipal, shared_by_districts


@pytest.fixture
def task(matcher):
    return {task.task: task for task in matcher.interpreter.tasks.tasks}


@pytest.fixture
def group(matcher):
    def of(body, text, **more):
        found = matcher.match(MatchRequest(body=body, description=text, **more)).consortium
        return [matcher.directory[key].kind for key in found.bodies], found

    return of


def test_known_cooperations_tell_which_tasks_a_kreis_does(matcher, task):
    tasks, records = matcher.interpreter.tasks, matcher.knowledge.cooperations
    shared = shared_by_districts(tasks, records, matcher.directory)
    assert "Gemeindestraßen und Bauhof" in shared
    assert "Standesamt" not in shared


def test_it_takes_the_law_and_no_known_kreis(task):
    registry = task["Standesamt"]
    assert only_municipal(registry, frozenset())
    assert not only_municipal(registry, frozenset({"Standesamt"}))
    assert not only_municipal(structs.replace(registry, duty="freiwillig"), frozenset())
    assert not only_municipal(task["Archiv"], frozenset())
    assert not only_municipal(task["Gesundheitsamt"], frozenset())
    assert not only_municipal(None, frozenset())


@pytest.mark.parametrize(
    ("body", "text"), [("05974008", "Uns fehlen Standesbeamte"), ("05770012", "Standesamt")]
)
def test_the_kreis_is_left_out_and_not_offered(group, body, text):
    kinds, found = group(body, text)
    assert len(kinds) > 1
    assert Kind.DISTRICT not in kinds
    assert found.district is None


def test_whoever_wants_it_gets_it(group):
    assert Kind.DISTRICT in group("05770012", "Standesamt mit dem Kreis")[0]
    assert Kind.DISTRICT in group("05770012", "Standesamt gemeinsam mit dem Kreis Herford")[0]
    only = Filters(kinds=(Kind.DISTRICT,))
    assert set(group("05770012", "Standesamt", filters=only)[0][1:]) == {Kind.DISTRICT}
