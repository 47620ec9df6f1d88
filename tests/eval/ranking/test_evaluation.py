from __future__ import annotations

import dataclasses
import json
from types import SimpleNamespace

import numpy as np
import pytest
from msgspec import structs
from rich.console import Console

import models
from eval import stored
from eval.ranking.ablation import ALL
from eval.ranking.baselines import NAMES
from eval.ranking.evaluation import evaluate
from eval.ranking.learning import RANKER, RANKERS
from eval.ranking.measures import METRICS
from eval.ranking.positions import POSITIONS
from eval.ranking.robustness import ENGLISH
from eval.ranking.wordings import WORDINGS
from eval.report import card, card_quality, published
from eval.report.ranking_table import show
from matcher import features
from matcher.parts import build_knowledge
from models.additive import AdditiveRanker

FOLDS, REWORDED = 2, 2
EACH = 16  # one cooperation of so many


@pytest.fixture(scope="module")
def learned() -> list[tuple[str, ...]]:
    """Hold the names of the features of each ranker that the evaluation learned."""
    return []


def ridge(examples, names):
    """Learn in a moment, whatever ships: linear least squares with a penalty."""
    asked = ~np.isnan(examples.labels)
    known = np.nan_to_num(examples.features[asked])
    centre, spread = known.mean(axis=0), known.std(axis=0) + 1e-6
    scaled = (known - centre) / spread
    normal = scaled.T @ scaled + 10 * np.eye(len(names))
    weights = np.linalg.solve(normal, scaled.T @ examples.labels[asked])

    def score(matrix):
        return 10 * (np.nan_to_num(matrix) - centre) / spread @ weights - 5

    return SimpleNamespace(score=score)


@pytest.fixture(scope="module")
def measured(matcher, learned, quick_baselines):
    """Return the whole evaluation on a few of the cooperations, with a ranker of the test.

    Every figure is made as for the card; only how good the rankers are says nothing.
    """
    few = structs.replace(matcher.dataset, cooperations=matcher.dataset.cooperations[::EACH])
    served = dataclasses.replace(
        matcher, dataset=few, knowledge=build_knowledge(few, matcher.text_model)
    )

    def fit(examples, names):
        learned.append(names)
        return ridge(examples, names)

    return evaluate(served, fit, FOLDS, reworded=REWORDED, show_progress=False)


@pytest.fixture(scope="module")
def results(measured):
    return measured[0]


def test_every_system_is_measured_on_every_fold(results):
    expected = {*NAMES, *RANKERS}
    assert results["folds"] == FOLDS
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
    assert {*WORDINGS} <= set(results["robustness"]) <= {*WORDINGS, ENGLISH}
    assert all(results["robustness"][name]["cooperations"] == FOLDS * REWORDED for name in WORDINGS)
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
    later = [c for c in dataset.cooperations[::EACH] if (c.start_year or 0) > 2017]
    assert results["forward"]["cooperations"] == sum(len(c.participants) > 1 for c in later)


def test_rankers_are_learned_by_what_is_given(results, learned):
    """Each fold learns the ranker and that from half; the ablation adds one a family."""
    families = len(features.FAMILIES)
    assert len(learned) == FOLDS * (2 + families) + 2
    assert learned.count(features.NAMES) == 2 * FOLDS + 2
    for name, family in features.FAMILIES.items():
        kept = tuple(feature for feature in features.NAMES if feature not in family.names)
        assert learned.count(kept) == FOLDS, name


def test_the_ablation_rests_on_the_same_cooperations(results):
    ablation = results["ablation"]
    assert (ablation["folds"], ablation["cooperations"]) == (FOLDS, results["cooperations"])
    systems = ablation["systems"]
    assert set(systems) == {ALL, *(f"without {name}" for name in features.FAMILIES)}
    whole = systems[ALL]
    assert whole["change"] == {"mean": 0, "low": 0, "high": 0}
    interval = results["systems"][RANKER]["interval"]
    assert whole["mean"]["ndcg@10"] == pytest.approx(interval["mean"])
    for system in systems.values():
        change = system["mean"]["ndcg@10"] - whole["mean"]["ndcg@10"]
        assert system["change"]["mean"] == pytest.approx(change)
        assert system["change"]["low"] <= system["change"]["mean"] <= system["change"]["high"]
    assert all(systems[name]["mean"] != whole["mean"] for name in systems if name != ALL)


def test_the_card_says_what_was_measured(results):
    heard = stored.read(stored.RESULTS, stored.UNDERSTANDING)
    trials = stored.read(stored.RESULTS, stored.TRIALS)
    ranker = AdditiveRanker.load(models.ARTIFACTS)
    written = card.render(results, heard, trials, ranker, results["ranker"])
    assert card_quality.table(results) in written
    measured = results["systems"][RANKER]["mean"]["ndcg@10"]
    assert f"| {RANKER} | {measured:.3f} |" in written
    assert f"| nDCG@10 | {measured:.3g} | at least 0.7 |" in written
    assert published.quality(results)["ndcg_at_10"] == measured


def test_what_is_printed_names_each_system(results):
    console = Console(record=True, width=120, quiet=False)
    show(results, console)
    printed = console.export_text()
    assert all(name in printed for name in results["systems"])
    assert all(name in printed for name in results["ablation"]["systems"])
    assert np.isfinite(results["minutes"])
