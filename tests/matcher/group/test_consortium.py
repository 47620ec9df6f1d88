"""The group keeps to what exists, to who is named and to what the wishes ask."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from msgspec import structs

from data import LegalForm
from matcher.conditions import Conditions
from matcher.features import make_query
from matcher.group import consortium
from matcher.known.forecast import SCALARS
from matcher.result import Eligible
from matcher.understanding import GroupRule

TODAY = date(2026, 11, 26)
FACTS = consortium.Facts(
    existing=False,
    joining=False,
    practised=False,
    task=None,
    carried=None,
    outside=False,
    today=TODAY,
)


@pytest.fixture
def propose(matcher, row):
    """Propose for Soest; the matter foretells four members, the nearest fit best."""
    bodies = matcher.knowledge.bodies
    query = make_query(matcher.knowledge, row("Soest"), None)
    query.expectation.scalars[SCALARS.index("log_size")] = np.log(4)
    scores = -bodies.seat_km[row("Soest")].astype(np.float64)

    def of(group=GroupRule(), wanted=(), together=(), out=(), view=None):  # noqa: B008 - frozen
        ruled_out = np.isin(matcher.directory.names, out)
        asked = Conditions(
            np.array([row("Soest")]), np.array([row(n) for n in wanted], np.int64), (), (),
            {"filters": ruled_out}, group,
        )  # fmt: skip
        shared = np.zeros(len(bodies), bool)
        shared[[row(name) for name in together]] = True
        lifted = scores.copy()
        lifted[asked.wanted] += 1_000
        found = consortium.propose_for(
            query, lifted, asked.passing, view or (lambda member, candidates: np.zeros(len(candidates))),
            asked, shared, bodies,
        )  # fmt: skip
        return [matcher.directory.names[i] for i in found]

    return of


def test_without_a_wish_it_is_as_large_as_the_words_foretell(propose):
    group = propose()
    assert len(group) == 4
    assert group[0] == "Soest"


@pytest.mark.parametrize(("partners", "size"), [((1, 1), 2), ((2, 3), 4), ((5, 6), 6), ((1, 2), 3)])
def test_a_number_of_partners_bounds_it(propose, partners, size):
    assert len(propose(GroupRule(partners=partners))) == size


def test_the_own_kreis_is_in_where_it_is_wanted(propose):
    assert propose(GroupRule(with_district=True))[:2] == ["Soest", "Kreis Soest"]


def test_all_that_are_named_find_room(propose):
    named = ("Köln", "Bonn", "Münster", "Aachen")
    assert set(propose(wanted=named)) == {"Soest", *named}


def test_named_ones_come_before_whoever_fits_the_group_better(propose):
    def drawn_elsewhere(member, candidates):
        return 1_000.0 * np.arange(len(candidates))

    named = ("Köln", "Bonn")
    assert set(propose(wanted=named, view=drawn_elsewhere)[:3]) == {"Soest", *named}


def test_what_exists_is_no_answer_where_a_wish_rules_it_out(propose):
    assert "Köln" not in propose(together=("Soest", "Köln"), out=("Köln",))
    some = propose(together=("Soest", "Köln", "Bonn"), out=("Köln",))
    assert set(some) == {"Soest", "Bonn"}


def test_what_exists_is_proposed_as_it_is(propose):
    assert set(propose(together=("Soest", "Köln", "Bonn"))) == {"Soest", "Köln", "Bonn"}


def test_who_asks_for_a_number_or_a_name_gets_a_new_group(propose):
    assert "Köln" not in propose(GroupRule(partners=(1, 1)), together=("Soest", "Köln"))
    assert "Köln" not in propose(wanted=("Werl",), together=("Soest", "Köln"))


@pytest.fixture
def describe(matcher, row):
    def of(names, facts=FACTS):
        query = make_query(matcher.knowledge, row(names[0]), None)
        group = np.array([row(name) for name in names])
        return consortium.describe(group, query, matcher.knowledge, matcher.directory, facts)

    return of


def test_a_group_in_words(describe):
    group = describe(["Bad Sassendorf", "Soest", "Werl"])
    assert group.names == ("Bad Sassendorf", "Soest", "Werl")
    assert group.reasons[1] == "Mit Grenze zu einem anderen Mitglied der Gruppe: 2 von 2."
    assert group.reasons[3].startswith("Zwischen 12.194 und 47.776 Einwohner (")
    assert group.funding.authority == "Bezirksregierung Arnsberg"
    assert (group.funding.eligible, group.funding.max_eur) == (Eligible.YES, 210_000)
    assert not group.existing


def test_what_exists_is_no_new_cooperation(describe):
    group = describe(["Bad Sassendorf", "Soest"], structs.replace(FACTS, existing=True))
    assert group.existing
    assert "schon zusammen" in group.reasons[0]
    assert group.funding.eligible is not Eligible.YES


def test_what_is_extended_keeps_its_form(describe):
    form = LegalForm.ZWECKVERBAND
    group = describe(["Bad Sassendorf", "Soest"], structs.replace(FACTS, existing=True, form=form))
    assert [(share.form, share.share) for share in group.legal_forms] == [(form, 1.0)]
