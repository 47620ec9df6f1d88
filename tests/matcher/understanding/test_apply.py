from __future__ import annotations

import numpy as np
import pytest

from matcher.understanding import (
    Wish,
    carrying_district,
    find_named,
    group_rule,
    passing,
    ruled_out,
)

SEARCHER = "05974008"  # Bad Sassendorf


def wish(code, value) -> Wish:
    return Wish(code, value, "", 0, 0)


def keys(land, mask) -> set[str]:
    return set(land.keys[mask])


def test_own_district_keeps_the_kreis_and_its_members_or_all_others(land):
    row = land.keys.get_loc(SEARCHER)
    inside = keys(land, passing([wish("own_district", True)], [], land, row))
    outside = keys(land, passing([wish("own_district", False)], [], land, row))
    assert {key[:5] for key in inside} == {"05974"}
    assert "05974" in inside
    assert not inside & outside
    assert len(inside | outside) == len(land)


@pytest.mark.parametrize(
    ("code", "value", "within", "without"),
    [
        ("kinds", ("district",), "05958", "05974040"),
        ("legal_status", ("kreisfrei",), "05915000", "05974040"),
        ("max_distance_km", 10, "05974040", "05315000"),
        ("adjacent", True, "05974040", "05974048"),
        ("min_population", 100_000, "05315000", "05974040"),
        ("max_population", 20_000, "05974048", "05974040"),
        ("with_district", False, "05974040", "05974"),
        ("region", ("057",), "05711000", "05974040"),
        ("region", ("-05974",), "05711000", "05974040"),
        ("region", ("05",), "05711000", "LVR"),
    ],
)
def test_a_wish_rules_out_what_it_does_not_mean(land, code, value, within, without):
    row = land.keys.get_loc(SEARCHER)
    kept = keys(land, passing([wish(code, value)], [], land, row))
    assert within in kept
    assert without not in kept


def test_who_is_named_stays_though_a_wish_means_others(land, gazetteer):
    row = land.keys.get_loc(SEARCHER)
    named = find_named("mit Soest, nicht mit Werl", gazetteer, SEARCHER)
    reasons = ruled_out([wish("own_district", False)], named, land, row)
    soest, werl = land.keys.get_loc("05974040"), land.keys.get_loc("05974052")
    assert not reasons["own_district"][soest]
    assert reasons["excluded"][werl]
    assert np.count_nonzero(reasons["excluded"]) == 1


def test_the_group_keeps_to_its_size_and_to_the_kreis():
    rule = group_rule([wish("group_size", (1, 2)), wish("with_district", True)])
    assert (rule.partners, rule.with_district) == ((1, 2), True)
    assert group_rule([wish("group_size", 3)]).partners == (3, 3)
    assert group_rule([]).partners is None


def test_the_own_kreis_carries_or_any_where_there_is_none(land):
    own = carrying_district(land, land.keys.get_loc(SEARCHER))
    any_district = carrying_district(land, land.keys.get_loc("05315000"))
    assert keys(land, own) == {"05974"}
    assert np.count_nonzero(any_district) == 31
