from __future__ import annotations

import dataclasses

import pytest

from eval import card
from eval.bench import library_rows, markdown
from eval.evaluate import RANKER, evaluate
from eval.measures import METRICS
from eval.rules import RULES


@pytest.fixture(scope="module")
def results(dataset):
    """Return the whole evaluation on a tenth of the cooperations: seconds instead of minutes."""
    few = dataclasses.replace(dataset, cooperations=dataset.cooperations[::10])
    return evaluate(few, show_progress=False)


def test_every_system_is_measured_on_every_fold(results):
    assert {*RULES, RANKER} < set(results["systems"])
    for system in results["systems"].values():
        for metric in METRICS:
            assert len(system["folds"][metric]) == results["folds"]
            assert 0 < system["mean"][metric] <= 1
    paired = results["paired"]
    assert paired["better"] + paired["worse"] + paired["equal"] == results["cooperations"]
    assert 0 < results["task_area_accuracy"] < 1


def test_learning_from_few_cooperations_still_helps(results):
    systems = results["systems"]
    assert systems[RANKER]["mean"]["recall@25"] > systems["nearest first"]["mean"]["recall@25"]


def test_the_card_says_what_was_measured(results):
    written = card.render(results)
    assert card.table(results) in written
    measured = results["systems"][RANKER]["mean"]["ndcg@10"]
    assert f"| {RANKER} | {measured:.3f} |" in written
    assert card.quality(results)["ndcg_at_10"] == measured


def test_the_benchmark_compares_on_the_real_data(matcher):
    rows = list(library_rows(matcher, runs=2))
    assert all(row["p50_ms"] > 0 for row in rows)
    compared = {row["against"]: row["ratio"] for row in rows if "ratio" in row}
    assert set(compared) == {"one body at a time", "TF-IDF of scikit-learn", "difflib of Python"}
    assert markdown(rows).count("\n") == len(rows) + 1
