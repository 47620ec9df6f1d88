from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pytest
from rich.console import Console

from data import TaskArea
from eval.outreach import forward, pair_rules, weight_grid
from eval.outreach.lift import figures_of
from eval.outreach.lines import RankedLines
from eval.outreach.moment import SETTINGS, at, candidates, region_names
from eval.outreach.systems import OURS
from eval.outreach.truth import Truth, make_truth
from eval.report import outreach_table
from matcher.outreach.fits import Fits, approachable, plausible
from matcher.outreach.need import make_need

AREAS = (TaskArea.ARCHIV, TaskArea.IT, TaskArea.VOLKSHOCHSCHULE)
YEAR = 2018


def by_distance(state, groups) -> Fits:
    """Stand in for a ranker: fits fall with the distance."""
    assert len(groups) == len(state.cooperations)
    near = -np.log1p(state.bodies.seat_km)
    approached = approachable(state.bodies)
    near[~approached] = near[:, ~approached] = -np.inf
    np.fill_diagonal(near, -np.inf)
    return Fits(AREAS, np.stack([near] * len(AREAS)).astype(np.float32))


@pytest.fixture(scope="module")
def moment(matcher):
    return at(matcher.knowledge, YEAR, by_distance)


def test_a_state_knows_only_what_began_by_the_year(matcher, moment):
    years = [c.start_year for c in moment.state.cooperations]
    assert None not in years
    assert max(years) <= YEAR
    later = [matcher.knowledge.cooperations[i].start_year for i in moment.truth.cooperations]
    assert min(later) == YEAR + 1
    early = make_truth(
        matcher.knowledge,
        np.array([c.start_year or 0 for c in matcher.knowledge.cooperations]), 2015, 2018,
    )  # fmt: skip
    assert {matcher.knowledge.cooperations[i].start_year for i in early.cooperations} <= {
        2016, 2017, 2018,
    }  # fmt: skip


def test_truth_holds_the_pairs_of_later_cooperations(matcher, moment):
    known = matcher.knowledge
    index = int(moment.truth.cooperations[0])
    cooperation = known.cooperations[index]
    rows = known.bodies.keys.get_indexer([k for k in cooperation.participants if k[0] == "0"])
    area = tuple(TaskArea).index(cooperation.task_area)
    for pair in combinations(sorted(rows.tolist()), 2):
        assert 0 in moment.truth.lines[(area, *pair)]
    assert moment.truth.came_true(area, tuple(rows.tolist()))


def test_known_ties_are_never_ranked(moment):
    state = moment.state
    strict = candidates(state, "new ties")
    loose = candidates(state, "new task")
    assert not (strict & (state.shared_with(np.arange(len(state.bodies))) > 0)).any()
    assert (loose | ~strict).all()
    for area in AREAS:
        row = tuple(TaskArea).index(area)
        members = state.participation[state.areas[:, row] > 0]
        assert not (loose[row] & (members.T @ members > 0)).any()
    assert not np.tril(loose[0]).any()


def test_a_ranking_by_hand():
    table = np.full((2, 4, 4), -np.inf, np.float32)
    for line, value in {(0, 0, 1): 3, (1, 0, 1): 2, (0, 0, 2): 2, (1, 2, 3): 1}.items():
        table[line] = value
    lines = RankedLines.of(table, np.array([5, 9]), np.ones((2, 4, 4), bool))
    found = list(zip(lines.area.tolist(), lines.first.tolist(), lines.second.tolist(), strict=True))
    assert found == [(5, 0, 1), (5, 0, 2), (9, 0, 1), (9, 2, 3)]
    assert lines.limited(2).first.tolist() == [0, 0, 2]
    assert len(RankedLines.of(table, np.array([5, 9]), np.ones((2, 4, 4), bool), most=2).area) == 2
    truth = Truth(np.array([7, 8]), {(5, 0, 2): [1], (9, 2, 3): [0, 1]}, 4)
    assert truth.hits(lines).tolist() == [0, 1, 0, 1]
    assert truth.incidence(lines).toarray().tolist() == [[0, 0], [0, 1], [0, 0], [1, 1]]
    assert truth.came_true(9, (3, 2, 0))
    assert not truth.came_true(9, (0, 1))
    assert truth.came_together((0, 2))


def test_an_oracle_is_always_right(matcher, moment):
    open_pairs = candidates(moment.state, "new ties")
    table = np.zeros(open_pairs.shape, np.float32)
    for line in moment.truth.lines:
        table[line] = 1
    everything = np.arange(31)
    rankings = {
        "oracle": RankedLines.of(table, everything, open_pairs),
        "nothing × frequent areas": RankedLines.of(-table, everything, open_pairs),
    }
    figures = figures_of(
        rankings, "oracle", moment.truth, open_pairs, moment.state.bodies, ["a", "b", "c", "d", "e"],
        plausible(moment.state),
    )  # fmt: skip
    assert figures["systems"]["oracle"]["precision@200"] == 1
    lift = figures["lift@200"]
    assert lift["over_random"] == pytest.approx(1 / figures["random"])
    assert lift["over_best_rule"] is None
    assert lift["over_random"] > lift["over_random_plausible"] > 1
    assert lift["interval"][0] < 1 < lift["interval"][1]
    assert figures["true_lines"] == len(moment.truth.open_lines(open_pairs).area)


def test_rules_say_what_their_names_say(moment):
    need = make_need(moment.state)
    rules = pair_rules.scores(moment.state, need)
    land = moment.state.bodies
    neighbours = rules["neighbours of one segment × frequent areas"][0]
    apart = (land.border_km == 0) | (land.status[:, None] != land.status[None, :])
    assert np.isneginf(neighbours[apart]).all()
    row = tuple(TaskArea).index(TaskArea.IT)
    peers = rules["peers without the task × frequent areas"][row]
    assert np.isneginf(peers[~need.without[row]]).all()
    nearest = rules["nearest, then frequent areas"]
    order = nearest[:, 0, 1:427].max(axis=0).argmax()
    assert order == land.seat_km[0, 1:427].argmin()
    assert nearest[:, 0, 1].argmax() == moment.state.areas.sum(axis=0).argmax()


def test_all_figures_of_a_small_run(matcher, monkeypatch):
    monkeypatch.setattr(forward, "TUNED_ON", YEAR)
    monkeypatch.setattr(forward, "TUNED_UNTIL", 2020)
    monkeypatch.setattr(
        weight_grid,
        "GRID",
        {"gap": (0.0, 1.0), "signs": (0.0,), "evidence": (0.0, 1.0)},
    )
    names = region_names(matcher.dataset)
    results = forward.outreach_figures(matcher.knowledge, by_distance, names, (YEAR,))
    assert json.loads(json.dumps(results, allow_nan=False)) == results
    shown = results["years"][str(YEAR)]
    assert shown["tuned"]
    assert set(shown["new ties"]["regions"]) == {
        "Arnsberg", "Detmold", "Düsseldorf", "Köln", "Münster",
    }  # fmt: skip
    for setting in SETTINGS:
        for figures in shown[setting]["systems"].values():
            assert 0 <= figures["precision@200"] <= 1
            assert 0 <= figures["limited gini@200"] <= 1
    # Three areas, at most ten lines each.
    assert [g[OURS]["groups"] for g in shown["groups"]] == [30, 30]
    assert len(results["tuning"]) == 4
    console = Console(record=True, width=200)
    outreach_table.show(results, console)
    text = console.export_text()
    assert f"T = {YEAR} (tuned)" in text
    assert "lower bound" in text


def test_region_names_are_in_the_order_of_their_codes(matcher):
    land, names = matcher.knowledge.bodies, region_names(matcher.dataset)
    regions = matcher.dataset.bodies["government_region"]
    for row in (0, 100, 300, 410):
        assert names[land.region[row]] == regions.iloc[row]
