from __future__ import annotations

import time

import numpy as np
import pytest

from data import LegalStatus
from matcher.outreach import Prospects
from matcher.outreach.covered import Covered
from matcher.outreach.groups import grow
from matcher.outreach.odds import open_pairs
from matcher.outreach.prospects import FEWEST


@pytest.fixture(scope="module")
def covered(matcher) -> Covered:
    return Covered.find(matcher.knowledge, matcher.dataset.matters)


@pytest.fixture
def matter(covered):
    return [m.code for m in covered.matters].index


def kinds(covered, matter: int, body: int) -> list[str]:
    return [fact.kind for fact in covered.about(matter, body)]


def test_what_the_kreis_carries_by_law_is_covered(covered, matter, row):
    leitstelle = matter("leitstelle")
    assert covered.closed[leitstelle, row("Kirchhundem")]
    assert kinds(covered, leitstelle, row("Kirchhundem"))[-1] == "law"
    assert not covered.closed[leitstelle, row("Köln")]


def test_an_institution_of_the_kreis_covers_its_municipalities(covered, matter, row):
    vhs = matter("vhs")
    found = covered.about(vhs, row("Kirchhundem"))
    assert [(f.kind, f.name) for f in found] == [
        ("institution", "Volkshochschule des Kreises Olpe")
    ]
    assert found[0].source_url.startswith("http")
    assert covered.closed[vhs, row("Kirchhundem")]


def test_who_provides_may_be_joined_and_who_buys_may_not(covered, outreach, matter, row):
    vergabe = matter("vergabestelle")
    assert "carries" in kinds(covered, vergabe, row("Siegburg"))
    (bought,) = (f for f in covered.about(vergabe, row("Lohmar")) if f.kind == "bought")
    assert "Lohmar" in bought.name
    table = outreach.prospects.table(vergabe)
    assert np.isfinite(table[row("Siegburg"), row("Hennef (Sieg)")])
    assert not np.isfinite(table[row("Lohmar")]).any()
    assert not np.isfinite(table[row("Siegburg"), row("Lohmar")])


def test_who_has_it_done_does_not_do_it_for_others(covered, matter, row):
    wesen = matter("heilpraktiker")
    assert "bought" in kinds(covered, wesen, row("Bochum"))
    assert not covered.carriers[wesen, row("Bochum")]
    assert covered.carriers[wesen, row("Dortmund")]


def test_what_is_planned_is_told_as_planned_and_offers_nothing(covered, matter, row):
    sicherheit = matter("it-sicherheit")
    assert kinds(covered, sicherheit, row("Sankt Augustin")) == ["planned"]
    assert not covered.carriers[sicherheit, row("Sankt Augustin")]
    assert covered.members[sicherheit, row("Sankt Augustin")] == 1


def test_members_of_an_institution_are_together_in_its_matter(covered, matter, row):
    onleihe = covered.together[matter("onleihe")]
    assert onleihe[row("Solingen"), row("Remscheid")]
    assert not onleihe[row("Solingen"), row("Hilden")]


def test_who_shares_what_stands_in_for_a_matter_is_together_in_it(covered, matter, row):
    kasse, vollstreckung = matter("stadtkasse"), matter("vollstreckung")
    assert covered.together[kasse][row("Hückeswagen"), row("Wipperfürth")]
    assert (covered.together[kasse] == covered.together[vollstreckung]).all()


def test_a_matter_is_proposed_that_three_are_known_to_do(outreach):
    prospects = outreach.prospects
    running = prospects.covered.running
    codes = {prospects.matters[r].code for r in prospects.proposed}
    assert min(running[r] for r in prospects.proposed) == FEWEST == 3
    few = {m.code for r, m in enumerate(prospects.matters) if m.proposed and running[r] < FEWEST}
    assert few
    assert not few & codes


def test_one_of_a_group_could_do_it_for_all_others(outreach, matter, row):
    prospects = outreach.prospects
    brandschau, musikschule = matter("brandschau"), matter("musikschule")
    small = (row("Kierspe"), row("Meinerzhagen"))
    assert not prospects.one_carries(brandschau, small)
    assert prospects.one_carries(brandschau, (*small, row("Märkischer Kreis")))
    assert prospects.one_carries(brandschau, (row("Kierspe"), row("Lüdenscheid")))
    assert prospects.one_carries(musikschule, small)


def test_nobody_larger_than_all_who_let_it_be_done_is_in_a_group_for_it(outreach, matter, row):
    prospects, rp_kreis = outreach.prospects, matter("rp-kreis")
    assert prospects.one_carries(rp_kreis, (row("Herten"), row("Kreis Recklinghausen")))
    large = (row("Recklinghausen"), row("Kreis Recklinghausen"))
    assert not prospects.one_carries(rp_kreis, large)


def test_one_of_what_stands_in_for_another_is_enough(covered, matter):
    kasse, vollstreckung = matter("stadtkasse"), matter("vollstreckung")
    have = covered.members[kasse] > 0
    assert have.any()
    assert covered.closed[vollstreckung][have].all()


def test_a_second_business_park_stays_open(covered, matter):
    park = matter("gewerbegebiet")
    have = (covered.members[park] > 0) & covered.able[park]
    assert have.any()
    assert not covered.closed[park][have].any()


def test_a_small_town_has_no_youth_office(covered, matter):
    status = covered.knowledge.bodies.status
    adoption = matter("adoption")
    assert not covered.able[adoption, status == LegalStatus.SMALL.row].any()
    medium = status == LegalStatus.MEDIUM.row
    assert covered.able[adoption, medium].any()
    assert not covered.able[adoption, medium].all()


def test_nothing_known_says_nothing(covered, matter, row):
    assert covered.about(matter("wohngeld"), row("Köln")) == ()


def test_one_more_cooperation_is_taken_up_within_two_seconds(matcher, outreach):
    known = matcher.knowledge
    fresh = next(i for i, c in enumerate(known.cooperations) if c.title.endswith("für Lohmar"))
    smaller = known.without(np.array([fresh]))
    before = Prospects.of(smaller, matcher.dataset.matters, odds=outreach.prospects.odds)
    wanted = [i for i, m in enumerate(before.matters) if m.proposed]
    started = time.process_time()
    after = Prospects.of(known, matcher.dataset.matters, odds=before.odds)
    groups = grow(after, wanted)
    assert time.process_time() - started < 4  # 1.7 s of one core at rest; two on a busy machine
    assert groups
    matter = int(after.covered.of[fresh])
    assert open_pairs(after.covered, after.signals, matter).sum() < (
        open_pairs(before.covered, before.signals, matter).sum()
    )
