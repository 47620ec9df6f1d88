"""Evidence is of the matter; what merely ties two bodies stands apart."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.features import make_query
from matcher.reasons.evidence import evidence, ties
from matcher.reasons.pair import Pair


@pytest.fixture
def pair(matcher, row):
    query = make_query(matcher.knowledge, row("Soest"), None)
    return Pair(matcher.directory, matcher.knowledge, query, row("Soest"), row("Bad Sassendorf"))


def test_only_what_fits_is_evidence_and_the_rest_are_ties(pair):
    known = pair.knowledge.cooperations
    assert len(pair.shared) > 1
    one = pair.shared[0]
    fitting = np.zeros(len(known), bool)
    fitting[one] = True
    shown = evidence(pair, fitting)
    assert [entry.cooperation for entry in shown] == [known[one].id]
    assert shown[0].shared
    others = {entry.cooperation for entry in ties(pair, shown)}
    assert known[one].id not in others
    assert others <= {known[i].id for i in pair.shared}
    assert len(others) == min(3, len(pair.shared) - 1)


def test_where_nothing_fits_there_is_none(pair):
    assert evidence(pair, np.zeros(len(pair.knowledge.cooperations), bool)) == ()


def test_shared_ones_lead_then_those_that_run(pair):
    shown = evidence(pair, np.ones(len(pair.knowledge.cooperations), bool))
    assert len(shown) == 3
    keys = [(not entry.shared, entry.status == "beendet") for entry in shown]
    assert keys == sorted(keys)
    took_part = {c.id for c in pair.knowledge.cooperations if pair.theirs.key in c.participants}
    assert {entry.cooperation for entry in shown} <= took_part
