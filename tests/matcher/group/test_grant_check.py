"""The state grant is decided as far as its rule does, and no further."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from matcher.group.grant_check import GroupFacts, funding
from matcher.result import Eligible

TODAY = date(2026, 11, 26)
NEW = GroupFacts(
    partners=2, outside=False, existing=False, joining=False, carried=None, government_region="Arnsberg"
)  # fmt: skip


@pytest.mark.parametrize(("partners", "most"), [(2, 175_000), (3, 210_000), (6, 315_000)])
def test_a_new_cooperation_by_the_number_of_partners(partners, most):
    told = funding(structs.replace(NEW, partners=partners), TODAY)
    assert (told.eligible, told.max_eur, told.as_of) == (Eligible.YES, most, "2021-08-31")
    assert told.authority == "Bezirksregierung Arnsberg"
    assert told.apply_until == "2026-12-31"
    assert "15 %" in told.why


def test_a_single_partner_in_the_land_has_a_fixed_amount():
    told = funding(structs.replace(NEW, partners=1, outside=True), TODAY)
    assert (told.eligible, told.max_eur) == (Eligible.YES, 75_000)


def test_an_existing_cooperation_is_no_new_one():
    told = funding(structs.replace(NEW, existing=True), TODAY)
    assert (told.eligible, told.max_eur) == (Eligible.CHECK, None)
    assert "besteht schon" in told.why


def test_joining_has_to_be_checked():
    told = funding(structs.replace(NEW, joining=True), TODAY)
    assert (told.eligible, told.max_eur) == (Eligible.CHECK, None)
    assert "Beitritt" in told.why


def test_a_member_that_shares_the_task_already_has_to_be_told():
    told = funding(structs.replace(NEW, practised=True), TODAY)
    assert (told.eligible, told.max_eur) == (Eligible.CHECK, None)
    assert "nicht bekannt" not in told.why


def test_nobody_brings_in_a_task_that_is_not_its_own():
    told = funding(structs.replace(NEW, carried=False), TODAY)
    assert (told.eligible, told.max_eur) == (Eligible.NO, None)
    assert "Beteiligten haben diese Aufgabe" in told.why


def test_with_the_kreis_in_the_group_nobody_is_said_to_lack_the_task():
    told = funding(structs.replace(NEW, carried=False, with_carrier=True), TODAY)
    assert told.eligible == Eligible.NO
    assert "Beteiligten haben diese Aufgabe" not in told.why
    assert "Kreis" in told.why


def test_alone_there_is_nothing_to_fund():
    assert funding(structs.replace(NEW, partners=1), TODAY).eligible == Eligible.NO


def test_after_the_last_day_no_amount_is_promised():
    told = funding(NEW, date(2027, 1, 1))
    assert (told.eligible, told.max_eur) == (Eligible.CHECK, None)
    assert "31.12.2026" in told.why


def test_each_answer_has_rule_date_and_source():
    for facts in (NEW, structs.replace(NEW, existing=True), structs.replace(NEW, partners=1)):
        told = funding(facts, TODAY)
        assert told.rule
        assert told.as_of
        assert told.source_url.startswith("https://")
