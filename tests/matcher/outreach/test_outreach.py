from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from data import LegalStatus, TaskArea
from matcher import RequestError
from matcher.features import NAMES, features, make_query
from matcher.outreach import (
    Outreach,
    OutreachFilters,
    merge,
    opportunity_id,
    score_chunk,
)
from matcher.outreach.fits import approachable, pair_features, plan, plausible
from matcher.outreach.groups import NEARLY_SAME, Group, score_group
from matcher.outreach.shape import shape_of
from matcher.outreach.spread import Spread, pick
from tests.matcher.conftest import AREAS


def test_features_of_all_pairs_are_those_of_single_searches_to_the_bit(matcher, row):
    knowledge, areas = matcher.knowledge, (TaskArea.ARCHIV, TaskArea.SPORT)
    asking = np.sort([row(name) for name in ("Bad Sassendorf", "Köln", "Kreis Olpe")])
    together = {area: matrix.copy() for area, matrix in pair_features(knowledge, asking, areas)}
    for area in areas:
        alone = np.concatenate(
            [
                features(make_query(knowledge, searcher, None, area), knowledge)[0, chosen]
                for searcher, chosen in zip(asking, plausible(knowledge)[asking], strict=True)
            ]
        )
        assert together[area].shape[1] == len(NAMES)
        assert np.array_equal(together[area], alone, equal_nan=True)


def test_pieces_of_searchers_follow_each_other(matcher, monkeypatch):
    knowledge, asking = matcher.knowledge, np.arange(0, 50, 7)
    (whole,) = [matrix.copy() for _, matrix in pair_features(knowledge, asking, (TaskArea.IT,))]
    monkeypatch.setattr("matcher.outreach.fits._AT_ONCE", 3)
    pieces = [matrix.copy() for _, matrix in pair_features(knowledge, asking, (TaskArea.IT,))]
    assert len(pieces) == 3
    assert np.array_equal(np.concatenate(pieces), whole, equal_nan=True)


def test_plausible_pairs_hold_neighbours_the_own_kreis_and_known_ties(matcher):
    knowledge, chosen = matcher.knowledge, plausible(matcher.knowledge)
    land = knowledge.bodies
    assert (chosen == chosen.T).all()
    assert not chosen[land.is_association].any()
    both = approachable(land)[:, None] & approachable(land)[None, :]
    same_kind = land.kind[:, None] == land.kind[None, :]
    assert chosen[(np.asarray(land.border_km) > 0) & same_kind & both].all()
    assert chosen[(knowledge.shared_with(np.arange(len(knowledge.bodies))) > 0) & both].all()
    assert chosen[np.asarray(land.contains) & both].all()


def test_chunks_put_together_are_the_whole_to_the_bit(matcher, outreach):
    everyone = np.flatnonzero(approachable(matcher.knowledge.bodies))
    parts = [
        score_chunk(matcher.knowledge, matcher.ranker, searchers, (area,))
        for area in (TaskArea.STANDESAMT, TaskArea.ARCHIV)
        for searchers in np.array_split(np.random.default_rng(1).permutation(everyone), 3)
    ]
    pieces = merge(matcher.knowledge, parts)
    for position, area in enumerate(pieces.areas):
        whole = outreach.fits.table[outreach.fits.areas.index(area)]
        assert np.array_equal(pieces.table[position], whole)
    with pytest.raises(ValueError, match="missing"):
        merge(matcher.knowledge, parts[:2])


def test_a_plan_holds_every_area_once():
    areas = tuple(TaskArea)
    assert [area for piece in plan(areas, 4) for area in piece] == list(areas)


def test_progress_is_told_after_each_chunk(outreach, calls):
    total = len(plan(AREAS))
    assert calls == [(done, total) for done in range(1, total + 1)]


def test_no_proposed_pair_has_a_known_cooperation_in_the_matter(lines, dataset):
    assert len(lines) > 30
    known = {
        (dataset.matters.of(cooperation).code, *pair)
        for cooperation in dataset.cooperations
        for pair in combinations(sorted(cooperation.participants), 2)
    }
    for line in lines:
        for pair in combinations(sorted(line.bodies), 2):
            assert (line.matter, *pair) not in known


def test_a_shared_leader_region_is_told(lines, dataset):
    regions = dataset.bodies["leader_region"]
    told = 0
    for line in lines:
        named = [r for r in regions[list(line.bodies)] if isinstance(r, str)]
        texts = " ".join(reason.text for reason in line.reasons)
        places = [b for b in line.bodies if len(b) == 8]
        shared = len(named) == len(places) and len(set(named)) == 1
        assert ("gehören zur LEADER-Region" in texts) == shared
        told += shared
    assert told


def test_groups_are_two_to_five_municipalities_and_at_most_their_kreis(lines, dataset):
    for line in lines:
        bodies = dataset.bodies.loc[list(line.bodies)]
        places = bodies[bodies["kind"] == "municipality"]
        above = bodies[bodies["kind"] == "district"]
        assert 2 <= len(places) <= 5
        assert len(places) + len(above) == len(bodies)
        assert line.with_district == (len(above) == 1)
        if line.with_district:
            assert set(places["district_ags"]) == set(above.index)
    assert any(line.with_district for line in lines)


@pytest.mark.parametrize("most", [1, 3])
def test_exposure_is_limited(outreach, most):
    found = outreach.opportunities(OutreachFilters(limit=100, max_per_body=most))
    counts: dict[str, int] = {}
    for line in found:
        for key in line.bodies:
            counts[key] = counts.get(key, 0) + 1
    assert found
    assert max(counts.values()) <= most


def test_no_two_lines_of_one_matter_are_nearly_the_same(lines):
    for first, second in combinations(lines, 2):
        if first.matter == second.matter:
            mine, theirs = set(first.bodies), set(second.bodies)
            assert len(mine & theirs) / len(mine | theirs) < NEARLY_SAME


def test_an_area_fills_at_most_its_share_unless_it_is_asked_for(outreach):
    mixed = outreach.opportunities(OutreachFilters(limit=40, max_per_area=5, max_per_matter=2))
    counts = [sum(line.task_area is area for line in mixed) for area in AREAS]
    assert max(counts) == 5
    matters = [line.matter for line in mixed]
    assert max(map(matters.count, matters)) == 2
    named = outreach.opportunities(OutreachFilters(task_areas=(TaskArea.ARCHIV,), max_per_area=1))
    assert len(named) > 7
    one = outreach.opportunities(OutreachFilters(matters=("vergabestelle",), max_per_matter=1))
    assert {line.matter for line in one} == {"vergabestelle"}
    assert len(one) > 4


def test_ids_are_stable(matcher, outreach, lines):
    again = Outreach(matcher.dataset, matcher.knowledge, outreach.fits)
    assert again.opportunities(OutreachFilters(limit=200, max_per_area=100)) == lines
    assert len({line.id for line in lines}) == len(lines)
    for line in lines:
        assert line.id == opportunity_id(line.task_area, reversed(line.bodies), line.matter)
    assert opportunity_id(TaskArea.ARCHIV, ["05974008", "05974040"]) == "o100b9c62cae0"


def test_scores_are_the_sum_of_their_parts(lines):
    assert [line.rank for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert sum(part.contribution for part in line.parts) == pytest.approx(line.score, abs=1e-5)
        assert {part.code for part in line.parts} == {"fit", "size", "gap", "spread", "evidence"}


@pytest.mark.parametrize(
    "filters",
    [
        OutreachFilters(task_areas=(TaskArea.ARCHIV,)),
        OutreachFilters(government_regions=("Detmold",)),
        OutreachFilters(districts=("05974",)),
        OutreachFilters(legal_status=(LegalStatus.SMALL,)),
        OutreachFilters(min_group=4),
        OutreachFilters(max_group=2),
        OutreachFilters(limit=3),
    ],
)
def test_filters(outreach, dataset, filters):
    found = outreach.opportunities(filters)
    assert 0 < len(found) <= filters.limit
    for line in found:
        bodies = dataset.bodies.loc[list(line.bodies)]
        places = bodies[bodies["kind"] == "municipality"]
        assert filters.min_group <= len(places) <= filters.max_group
        if filters.task_areas:
            assert line.task_area in filters.task_areas
        if filters.government_regions:
            assert places["government_region"].isin(filters.government_regions).any()
        if filters.districts:
            assert places["district_ags"].isin(filters.districts).any()
        if filters.legal_status:
            assert set(places["legal_status"]) == {s.value for s in filters.legal_status}


def test_what_an_office_does_not_call_about_is_not_proposed(outreach, lines, dataset):
    assert all(dataset.matters[line.matter].proposed for line in lines)
    assert not outreach.opportunities(OutreachFilters(task_areas=(TaskArea.SONSTIGES,)))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"government_regions": ("Bonn",)}, "/government_regions/0"),
        ({"districts": ("05974", "05974008")}, "/districts/1"),
        ({"min_group": 1}, "/min_group"),
        ({"min_group": 4, "max_group": 3}, "/min_group"),
        ({"max_per_body": 0}, "/max_per_body"),
        ({"limit": 0}, "/limit"),
        ({"max_per_matter": 0}, "/max_per_matter"),
    ],
)
def test_filters_that_cannot_be_are_refused(outreach, fields, field):
    with pytest.raises(RequestError) as error:
        outreach.opportunities(OutreachFilters(**fields))
    assert error.value.field == field


@pytest.mark.parametrize(
    ("names", "shape"),
    [
        (("Kirchhundem", "Lennestadt"), 3),
        (("Kirchhundem", "Lennestadt", "Kreis Olpe"), 7),
        (("Köln", "Lennestadt"), 0),
        (("Kreis Olpe", "Kreis Siegen-Wittgenstein"), 9),
        (("Köln", "Landschaftsverband Rheinland"), -1),
    ],
)
def test_shapes(matcher, outreach, row, names, shape):
    land = matcher.knowledge.bodies
    rows = np.array([row(name) for name in names])
    assert shape_of(land, rows) == shape
    if len(rows) == 2:
        assert outreach.shapes.of_pair[rows[0], rows[1]] == shape
        assert outreach.shapes.of_pair[rows[1], rows[0]] == shape


def test_the_spread_by_hand(matcher):
    land = matcher.knowledge.bodies

    def group(matter, score, *rows):
        return Group(0, rows, 3, score, 0.0, 0.0, matter)

    groups = [
        group(0, -5.0, 1, 2), group(0, -5.1, 1, 2, 3), group(0, -5.2, 4, 5), group(1, -5.3, 6, 7),
    ]  # fmt: skip
    plain = Spread(matter=0, area=0, region=0, segment=0)
    # Nearly the same group of one matter falls out, the rest stays in its order.
    assert pick(groups, land, plain, None) == [groups[0], groups[2], groups[3]]
    # A second line of a matter waits behind one of another that is a little worse.
    lowered = Spread(matter=0.35, area=0, region=0, segment=0)
    assert pick(groups, land, lowered, None) == [groups[0], groups[3], groups[2]]
    assert pick(groups, land, Spread(per_matter=1), None) == [groups[0], groups[3]]
    assert pick(groups, land, plain, 1) == [groups[0]]
    assert pick([], land, plain, None) == []


def test_a_group_is_scored_alone_as_it_is_when_it_grows(outreach):
    prospects = outreach.prospects
    grown = outreach.grown(OutreachFilters())
    assert any(len(group.rows) > 2 for group in grown)
    for group in grown[::37]:
        alone = score_group(prospects, group.matter, group.rows)
        assert alone.score == pytest.approx(group.score)
        inside = prospects.table(group.matter)[np.ix_(group.rows, group.rows)]
        pairs = inside[~np.eye(len(group.rows), dtype=bool)]
        assert group.score == pytest.approx(pairs.mean(), abs=1e-4)


def test_a_group_with_a_pair_too_far_apart_has_no_score(outreach, row):
    rows = tuple(sorted((row("Kleve"), row("Höxter"))))
    assert score_group(outreach.prospects, 0, rows).score == -np.inf
