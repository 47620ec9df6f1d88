from __future__ import annotations

import json

import pytest

from data import DataError
from data.cooperations import to_record
from eval.ranking.external import evaluate_file
from eval.ranking.learning import RANKER
from eval.ranking.measures import METRICS


def test_a_file_is_measured_and_what_is_known_is_left_out(matcher, fresh):
    results = evaluate_file(fresh, matcher)
    assert (results["records"], results["already_known"]) == (6, 1)
    assert (results["cooperations"], results["queries"]) == (5, 15)
    assert {"nearest first", RANKER} <= set(results["systems"])
    for system in results["systems"].values():
        assert all(0 <= system["mean"][metric] <= 1 for metric in METRICS)
    # The nearly same description is known already and lies before it or right behind.
    assert 0.1 < results["own_description_mrr"] < 1
    json.dumps(results, allow_nan=False)


def test_the_file_does_not_change_what_is_known(matcher, fresh):
    before = matcher.knowledge.participation.sum()
    evaluate_file(fresh, matcher)
    assert matcher.knowledge.participation.sum() == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"participants": ["05974008", "99999999"]}, "99999999"),
        ({"task_area": "Raumfahrt"}, "task_area"),
    ],
)
def test_a_broken_record_is_named(matcher, fresh, change, expected):
    lines = fresh.read_text("utf-8").splitlines()
    lines[1] = json.dumps(json.loads(lines[1]) | change)
    fresh.write_text("\n".join(lines), "utf-8")
    with pytest.raises(DataError, match=expected):
        evaluate_file(fresh, matcher)


def test_a_file_with_nothing_new_says_so(matcher, dataset, tmp_path):
    path = tmp_path / "alt.jsonl"
    path.write_text(json.dumps(to_record(dataset.cooperations[0])), "utf-8")
    with pytest.raises(DataError, match="keine neue Kooperation"):
        evaluate_file(path, matcher)
