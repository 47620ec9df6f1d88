"""Who is nearer, and what lies in which bin, against the plain way to count it."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.known.around import Nearness
from matcher.known.patterns import _KM_EDGES, _RATIO_EDGES, _bins
from matcher.known.relation import Relation

KIND = np.array([0, 0, 0, 1, 0, 0, 1])
COUNTS = np.array([True, True, False, True, True, True, True])


def test_a_rank_counts_who_of_its_kind_is_nearer():
    km = np.array([4, 0, 2, 1, 2, 2, 8], np.float32)
    # Three lie 2 km away: the third body has no administration and has one before it, as the first
    # of the two that count; these come one after the other.
    assert Nearness(KIND, COUNTS).ranks(km).tolist() == [3, 0, 1, 0, 1, 2, 1]


def test_ranks_are_those_of_a_stable_sort():
    rng = np.random.default_rng(5)
    kind = rng.integers(0, 3, 500)
    km = (rng.integers(0, 300, 500) / 4).astype(np.float32)
    ranks = Nearness(kind, np.ones(500, bool)).ranks(km)
    for value in range(3):
        rows = np.flatnonzero(kind == value)
        assert np.array_equal(ranks[rows[km[rows].argsort(kind="stable")]], np.arange(len(rows)))


@pytest.mark.parametrize("edges", [_KM_EDGES, _RATIO_EDGES])
def test_bins_are_those_of_numpy(edges):
    values = np.concatenate([edges, np.random.default_rng(1).normal(0, 60, 300)]).astype(np.float32)
    assert np.array_equal(_bins(values, edges), np.digitize(values, edges))


def test_the_first_relation_that_holds_is_told(matcher):
    bodies = matcher.knowledge.bodies
    soest, kreis, erwitte, dortmund = (
        bodies.keys.get_loc(key) for key in ("05974040", "05974", "05974020", "05913000")
    )
    assert bodies.relation[soest][kreis] == Relation.OWN_DISTRICT
    assert bodies.relation[kreis][soest] == Relation.MEMBER
    assert bodies.relation[soest][erwitte] in (
        Relation.NEIGHBOUR_SAME_DISTRICT,
        Relation.SAME_DISTRICT,
    )
    assert bodies.relation[soest][dortmund] == Relation.SAME_REGION
    assert bodies.hops[soest][soest] == 0
    assert bodies.hops[soest][bodies.neighbours(soest)].tolist() == [1] * len(
        bodies.neighbours(soest)
    )


def test_means_of_surroundings_are_the_same_for_some_bodies_and_for_all(across):
    bodies = across.knowledge.bodies
    weights = np.random.default_rng(2).random(len(bodies)).astype(np.float32)
    rows = np.arange(0, len(bodies), 3)
    assert np.allclose(bodies.around(weights, rows), bodies.around(weights)[rows], rtol=1e-5)
    assert bodies.gap_km.at(5, rows).tolist() == bodies.gap_km[5][rows].tolist()


def test_nobody_beyond_the_border_is_known_to_take_part(across):
    known = across.knowledge
    beyond, inside = len(known.bodies) - 1, known.bodies.home.stop - 5
    assert beyond > inside
    assert not known.took_part(beyond).any()
    some = np.array([0, 7])
    rows = np.array([inside, beyond])
    assert np.array_equal(known.members_of(some, rows), known.members_of(some)[:, rows])
    assert known.members_of(some)[:, : known.bodies.home.stop].sum() == sum(
        len(known.cooperations[index].participants) for index in some
    )
