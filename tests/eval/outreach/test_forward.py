from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from itertools import combinations

import numpy as np
import pytest
from rich.console import Console

from eval.outreach import forward, rules
from eval.outreach.hits import figures
from eval.outreach.moment import Moment, at
from eval.report import outreach_table
from matcher.outreach.groups import Group

YEAR = 2018


@pytest.fixture(scope="module")
def moment(matcher) -> Moment:
    return at(matcher.knowledge, matcher.dataset.matters, YEAR)


@pytest.fixture(scope="module")
def shown(moment):
    return forward.year_figures(moment)


def test_a_state_knows_only_what_began_by_the_year(matcher, moment):
    state = moment.prospects.knowledge
    years = [c.start_year for c in state.cooperations]
    assert None not in years
    assert max(years) <= YEAR
    assert {c.status.value for c in state.cooperations} == {"aktiv"}
    assert (state.bodies.leader == -1).all()
    later = [matcher.knowledge.cooperations[i].start_year for i in moment.later]
    assert min(later) == YEAR + 1
    assert max(moment.prospects.odds.moments) + 3 == YEAR
    assert all(p.since <= YEAR for p in moment.prospects.covered.providers)


def test_what_was_learned_does_not_change_with_the_future(matcher, moment):
    past = np.flatnonzero((matcher.knowledge.years > YEAR) | (matcher.knowledge.years == 0))
    without = at(matcher.knowledge.without(past), matcher.dataset.matters, YEAR)
    learned = moment.prospects.odds
    assert without.prospects.odds.weights == pytest.approx(learned.weights, rel=1e-6)
    assert not len(without.later)


def test_truth_holds_the_pairs_of_later_cooperations_in_their_matter(matcher, moment):
    index = int(moment.later[0])
    cooperation = matcher.knowledge.cooperations[index]
    keys = [key for key in cooperation.participants if key[0] == "0"]
    rows = sorted(matcher.knowledge.bodies.keys.get_indexer(keys).tolist())
    code = matcher.dataset.matters.of(cooperation).code
    matter = next(i for i, m in enumerate(moment.prospects.matters) if m.code == code)
    for pair in combinations(rows, 2):
        assert 0 in moment.came[matter, *pair]
        assert 0 in moment.reached(matter, pair)
        assert moment.came_true_in_area(cooperation.task_area.row, pair)
    assert moment.reached(matter, (rows[0],)) == set()


@pytest.mark.parametrize("rule", rules.RULES)
def test_rules_rank_open_pairs_by_what_they_say(moment, rule):
    prospects = moment.prospects
    matter = int(prospects.count.argmax())
    score = rules.score(prospects, rule, matter)
    assert score.shape == prospects.signals.first.shape
    assert np.isfinite(score).all()
    far = np.argmax(prospects.signals.pair[:, 0])
    assert score[far] < score.max()


def test_hits_and_lift_by_hand(moment):
    small = replace(
        moment,
        later=np.arange(2),
        came={(0, 1, 2): (0,), (0, 3, 4): (0, 1)},
        came_in_area=frozenset({(0, 1, 2), (0, 3, 4)}),
    )

    def group(matter, *rows):
        return Group(0, rows, -1, 0.0, 0.0, 0.0, matter)

    lists = {
        "ours": [group(0, 1, 2), group(0, 3, 4), group(1, 1, 2), group(0, 1, 3)],
        "rule": [group(0, 1, 3), group(0, 1, 2, 5)],
    }
    found = figures(small, lists, "ours", 4)
    assert found["precision"] == {"ours": 0.5, "rule": 0.25}
    assert found["cooperations"] == {"ours": 2, "rule": 1}
    assert found["in_area"] == {"ours": 0.75, "rule": 0.25}
    assert (found["best_rule"], found["over_best_rule"]) == ("rule", 2.0)
    assert found["interval"][0] <= 0.5 <= found["interval"][1]


def test_all_settings_are_measured_and_the_report_reads(shown):
    for setting in forward.SETTINGS:
        assert set(shown[setting]["50"]["precision"]) == {forward.OURS, *rules.RULES}
        assert shown[setting]["reachable"] <= shown["later"]
    unfunded = shown[forward.UNFUNDED]
    assert unfunded["reachable"] < shown[forward.ALL]["reachable"]
    results = {"years": {"2018": shown}, "seconds": 1}
    json.dumps(results, allow_nan=False)
    out = StringIO()
    outreach_table.show(results, Console(file=out, width=200))
    assert "over best rule" in out.getvalue()
    assert "Precision is a lower bound" in out.getvalue().replace("\n", " ")
