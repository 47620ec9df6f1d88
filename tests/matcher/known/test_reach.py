"""What a body could join, as the members of known groups lie."""

from __future__ import annotations

import numpy as np
import pytest

from data import Kind
from matcher.known.reach import beside, joinable

SASSENDORF, SOEST, BALVE, KREIS = "05974008", "05974040", "05962008", "05974"


@pytest.fixture
def known(matcher):
    return matcher.knowledge


@pytest.fixture
def row(matcher):
    return lambda key: matcher.directory[key].row


def test_beside_is_who_borders_or_has_the_same_kreis(known, row):
    near = beside(known.bodies, row(SASSENDORF))
    assert near[row(SOEST)]
    assert near[row(KREIS)]
    assert not near[row(BALVE)]
    assert not near[row(SASSENDORF)]
    assert not near[known.bodies.is_association].any()


def test_almost_all_members_of_known_groups_lie_beside_another(known):
    """That is what the first rule rests on: it holds for the data, or the rule is wrong."""
    found = []
    for members in known.participation > 0:
        rows = np.flatnonzero(members & ~known.bodies.is_association)
        found += [beside(known.bodies, int(r))[rows].any() for r in rows if len(rows) > 1]
    assert np.mean(found) >= 0.95


def test_kreise_reach_farther_than_municipalities(known):
    usual = known.usual_km
    assert 20 < usual[Kind.MUNICIPALITY.row] < usual[Kind.DISTRICT.row] < 80
    assert Kind.ASSOCIATION.row not in usual


def test_a_far_group_is_not_to_be_joined_a_near_one_is(known, row):
    titles = [c.title for c in known.cooperations]
    far = titles.index("Gegenseitige Hilfe der Standesämter Neuenrade und Balve")
    near = titles.index("VHS Lippstadt, Anröchte, Erwitte, Rüthen und Warstein")
    both = np.array([far, near])
    assert joinable(known, row(SASSENDORF), both).tolist() == [False, True]
    assert joinable(known, row("05962044"), both).tolist()[0] is True


def test_a_group_that_reaches_one_but_lies_far_is_not_to_be_joined(known, row):
    index = [c.title for c in known.cooperations].index(
        "Rheinisches Landestheater Neuss e.V. – Trägerverein"
    )
    kalkar = row("05154024")
    members = np.flatnonzero(known.participation[index])
    assert beside(known.bodies, kalkar)[members].any()
    assert not joinable(known, kalkar, np.array([index])).any()
