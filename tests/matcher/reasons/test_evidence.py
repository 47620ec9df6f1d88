"""Evidence is of the matter; what merely ties two bodies stands apart."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.features import make_query
from matcher.reasons.asked import Asked
from matcher.reasons.evidence import evidence, ties
from matcher.reasons.pair import Pairs


@pytest.fixture
def pair(matcher, row):
    [found] = Pairs(matcher.directory, matcher.knowledge).of(row("Soest"), [row("Bad Sassendorf")])
    return found


@pytest.fixture
def asked(matcher, row):
    query = make_query(matcher.knowledge, row("Soest"), None)
    return Asked(matcher.knowledge, query, row("Soest"))


def test_only_what_fits_is_evidence_and_the_rest_are_ties(pair, asked):
    known, rows = pair.knowledge.cooperations, np.array([pair.candidate])
    assert len(pair.shared) > 1
    one = pair.shared[0]
    fitting = np.zeros(len(known), bool)
    fitting[one] = True
    [shown] = evidence(asked, rows, fitting)
    assert [entry.cooperation for entry in shown] == [known[one].id]
    assert shown[0].shared
    [tied] = ties(asked, rows, [shown])
    others = {entry.cooperation for entry in tied}
    assert known[one].id not in others
    assert others <= {known[i].id for i in pair.shared}
    assert len(others) == min(3, len(pair.shared) - 1)


def test_where_nothing_fits_there_is_none(pair, asked):
    nothing = np.zeros(len(pair.knowledge.cooperations), bool)
    assert evidence(asked, np.array([pair.candidate]), nothing) == [()]


def test_many_bodies_get_what_each_gets_alone(asked, matcher):
    rows, fitting = np.arange(0, 430, 7), np.arange(len(matcher.knowledge.cooperations)) < 60
    together = evidence(asked, rows, fitting)
    assert together == [evidence(asked, np.array([row]), fitting)[0] for row in rows]
    assert {len(entries) for entries in together} >= {0, 3}


def test_shared_ones_lead_then_those_that_run_then_the_most_alike(pair, asked):
    everything = np.ones(len(pair.knowledge.cooperations), bool)
    [shown] = evidence(asked, np.array([pair.candidate]), everything)
    assert len(shown) == 3
    keys = [(not entry.shared, entry.status == "beendet") for entry in shown]
    assert keys == sorted(keys)
    took_part = {c.id for c in pair.knowledge.cooperations if pair.theirs.key in c.participants}
    assert {entry.cooperation for entry in shown} <= took_part
