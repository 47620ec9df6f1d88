from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from rich.console import Console

from eval import card
from eval.baselines import LINEAR, RULES, TUNED
from eval.bench import library_rows, markdown
from eval.evaluate import RANKER, RANKERS, evaluate
from eval.measures import METRICS
from eval.robustness import ENGLISH
from eval.slices import POSITIONS
from eval.tables import show
from eval.variants import VARIANTS


@pytest.fixture(scope="module")
def measured(dataset):
    """Return the whole evaluation on a tenth of the cooperations: a minute instead of many."""
    few = dataclasses.replace(dataset, cooperations=dataset.cooperations[::10])
    return evaluate(few, show_progress=False)


@pytest.fixture(scope="module")
def results(measured):
    return measured[0]


def test_every_system_is_measured_on_every_fold(results):
    expected = {*RULES, *TUNED, *LINEAR, *RANKERS}
    assert set(results["systems"]) == expected
    for system in results["systems"].values():
        for metric in METRICS:
            assert len(system["folds"][metric]) == results["folds"]
            assert 0 < system["mean"][metric] <= 1
        assert system["interval"]["low"] <= system["interval"]["mean"] <= system["interval"]["high"]
    paired = results["paired"]
    assert set(paired["against"]) == expected - {*RANKERS}
    for entry in paired["against"].values():
        assert entry["better"] + entry["worse"] + entry["equal"] == results["cooperations"]
        assert entry["p_holm"] >= entry["p_value"]
    assert 0 < results["task_area"]["accuracy"] < 1
    json.dumps(results, allow_nan=False)


def test_learning_from_few_cooperations_still_helps(results):
    systems = results["systems"]
    assert systems[RANKER]["mean"]["recall@25"] > systems["nearest first"]["mean"]["recall@25"]


def test_slices_groups_and_wordings_are_all_there(results):
    assert set(results["positions"][RANKER]) <= set(POSITIONS)
    assert set(results["slices"][RANKER]) == {
        "segment", "ties", "group size", "task area", "novelty",
    }  # fmt: skip
    total = sum(v["queries"] for v in results["slices"][RANKER]["segment"].values())
    assert total == results["queries"]
    assert {*VARIANTS} <= set(results["robustness"]) <= {*VARIANTS, ENGLISH}
    for figures in results["groups"].values():
        assert 0 <= figures["group recall"] <= 1
        assert 0 <= figures["exact-size precision"] <= 1


def test_the_query_table_holds_what_the_means_rest_on(measured):
    results, queries = measured
    ours = queries[queries["system"] == RANKER]
    assert len(ours) == results["queries"]
    folds = ours.groupby(["fold", "cooperation"])[list(METRICS)].mean().groupby("fold").mean()
    mean = results["systems"][RANKER]["mean"]["ndcg@10"]
    assert folds["ndcg@10"].mean() == pytest.approx(mean, abs=1e-3)


def test_learned_by_time_asked_by_time(results, dataset):
    later = [c for c in dataset.cooperations[::10] if (c.start_year or 0) > 2017]
    assert results["forward"]["cooperations"] == sum(len(c.participants) > 1 for c in later)


def test_the_card_says_what_was_measured(results):
    written = card.render(results)
    assert card.table(results) in written
    measured = results["systems"][RANKER]["mean"]["ndcg@10"]
    assert f"| {RANKER} | {measured:.3f} |" in written
    assert f"| nDCG@10 | {measured:.3g} | at least 0.7 |" in written
    assert card.quality(results)["ndcg_at_10"] == measured


def test_what_is_printed_names_each_system(results):
    console = Console(record=True, width=120, quiet=False)
    show(results, console)
    printed = console.export_text()
    assert all(name in printed for name in results["systems"])
    assert np.isfinite(results["minutes"])


def test_the_benchmark_compares_on_the_real_data(matcher):
    rows = list(library_rows(matcher, runs=2))
    assert all(row["p50_ms"] > 0 for row in rows)
    compared = {row["against"]: row["ratio"] for row in rows if "ratio" in row}
    assert set(compared) == {
        "one body at a time",
        "TF-IDF of scikit-learn",
        "difflib of Python",
        "all computed anew",
    }
    assert markdown(rows).count("\n") == len(rows) + 1
