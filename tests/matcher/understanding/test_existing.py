from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from data import Status
from matcher.understanding.existing import MOST_JOINABLE, MOST_OWN, find_existing, related
from models.same_matter import SameMatter

SURE, LIKELY, NO = 4.0, 1.0, -4.0


@pytest.fixture
def model() -> SameMatter:
    """Return a model whose log-odds are the one feature; own ones are a step likelier."""
    return SameMatter(("x",), (0.0,), (1.0,), (1.0,), 0.0, 1.0, 1.0, 0.6, "v1")


@pytest.fixture
def known(dataset):
    """Return six cooperations: active, ended, planned, active, active, ended."""
    statuses = (Status.ACTIVE, Status.ENDED, Status.PLANNED, *[Status.ACTIVE] * 2, Status.ENDED)
    some = dataset.cooperations[:6]
    return tuple(structs.replace(c, status=s) for c, s in zip(some, statuses, strict=True))


def find(model, known, scores, own, reach):
    features = np.array(scores, np.float32)[:, None]
    return [
        (e.index, e.relation)
        for e in find_existing(
            model, features, known, np.array(own, bool), np.array(reach, bool).__getitem__
        )
    ]


def test_own_cooperations_come_first_and_ended_ones_are_told_as_such(model, known):
    found = find(model, known, [LIKELY, SURE, NO, SURE, NO, NO], [1, 1, 1, 0, 0, 0], [1] * 6)
    assert found == [(1, "ended"), (0, "member"), (3, "joinable")]


def test_a_planned_one_counts_as_own(model, known):
    assert find(model, known, [NO, NO, SURE, NO, NO, NO], [0, 0, 1, 0, 0, 0], [0] * 6) == [
        (2, "member")
    ]


def test_what_has_ended_or_is_out_of_reach_cannot_be_joined(model, known):
    assert find(model, known, [NO, NO, NO, SURE, NO, SURE], [0] * 6, [1, 1, 1, 0, 1, 1]) == []


def test_a_strange_cooperation_needs_more_than_an_own_one(model, known):
    hint = -1.2  # own: sigmoid(0.8) = 0.69, strange: 0.23
    model = replace(model, own_intercept=2.0)
    assert find(model, known, [hint] * 6, [1, 0, 0, 0, 0, 0], [1] * 6) == [(0, "member")]


def test_few_are_shown(model, known):
    assert len(find(model, known, [SURE] * 6, [1, 1, 1, 1, 0, 0], [1] * 6)) == MOST_OWN + 1
    assert len(find(model, known, [SURE] * 6, [0] * 6, [1] * 6)) == MOST_JOINABLE


def test_evidence_is_what_is_likelier_related_than_not(model):
    assert related(model, np.array([[0.1], [-0.1]], np.float32)).tolist() == [True, False]
