"""What is told about two bodies is worked out once, and is true of the data."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.features import make_query
from matcher.reasons.asked import Asked
from matcher.reasons.declare import KINDS
from matcher.reasons.pair import Pairs


@pytest.fixture
def pairs(matcher) -> Pairs:
    return Pairs(matcher.directory, matcher.knowledge)


def test_a_sentence_that_does_not_depend_on_the_matter_is_kept(pairs, matcher, row):
    [pair] = pairs.of(row("Soest"), [row("Werl")])
    asked = Asked(
        matcher.knowledge, make_query(matcher.knowledge, row("Soest"), None), row("Soest")
    )
    text = KINDS["distance"].sentence(pair, asked)
    KINDS["experience"].sentence(pair, asked)
    assert pair.told == {"distance": text}
    assert pairs.of(row("Soest"), [row("Werl")]) == [pair]
    assert pairs.of(row("Soest"), np.array([row("Werl")]))[0] is pair


def test_cooperations_of_both_come_newest_first(pairs, matcher, row):
    [pair] = pairs.of(row("Soest"), [row("Bad Sassendorf")])
    known = matcher.knowledge.cooperations
    both = {"05974040", "05974008"}
    assert {known[i].id for i in pair.shared} == {
        c.id for c in known if both <= set(c.participants)
    }
    years = [known[i].start_year or 0 for i in pair.shared]
    assert years == sorted(years, reverse=True)


def test_neighbours_that_work_with_a_body_are_counted(pairs, matcher, row):
    [pair] = pairs.of(row("Soest"), [row("Kreis Soest")])
    land, known = matcher.knowledge.bodies, matcher.knowledge.cooperations
    near = [matcher.directory.keys[r] for r in pair.company.neighbours]
    assert "05974008" in near
    assert all(land.kind[r] == land.kind[row("Soest")] for r in pair.company.neighbours)
    tied = [key for key in near if any({key, "05974"} <= set(c.participants) for c in known)]
    assert pair.company.tied_neighbours[row("Kreis Soest")] == len(tied)
