from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from eval.ranking import baselines
from eval.ranking.baselines import NAMES, baseline_scores
from eval.ranking.measures import ranking_figures
from eval.ranking.protocol import Fold, split
from eval.ranking.retrieval import TUNED
from eval.ranking.validation import best, hold_out
from matcher import training
from matcher.training import Rows
from tests.eval.ranking.made_rows import rows_of


@pytest.fixture(scope="module")
def small(matcher):
    """Return what is known with an eighth of the cooperations: seconds instead of minutes."""
    every = np.arange(len(matcher.knowledge.cooperations))
    return matcher.knowledge.without(every[every % 8 != 0])


@pytest.fixture(scope="module")
def fold(small) -> Fold:
    groups = training.near_duplicates(small)
    return split(small, groups, np.flatnonzero(groups % 5 == 0), 0, show_progress=False)


@pytest.fixture(scope="module")
def scores(small, fold, quick_baselines):
    return baseline_scores(fold, small.requests, [c.request for c in small.cooperations])


def quality(rows: Rows, values) -> float:
    return float(ranking_figures(rows, values)["ndcg@10"].mean())


def test_every_baseline_scores_every_query_and_body(fold, scores):
    assert set(scores) == set(NAMES)
    for values in scores.values():
        assert values.shape == fold.test.labels.shape
        assert values.dtype == np.float32
        assert np.isfinite(values).all()


def test_learning_helps_and_activity_alone_does_not(fold, scores):
    by_name = {name: quality(fold.test, values) for name, values in scores.items()}
    assert by_name["logistic regression"] > by_name["nearest first"]
    assert max(by_name, key=by_name.__getitem__) not in {"most active", "indicator distance"}
    assert by_name["most active"] < by_name["nearest first"] / 2


def test_the_best_choice_is_the_one_that_ranks_the_partner_first():
    nan = np.nan
    rows = rows_of([[nan, 0, 1, 0]], [0])
    places = {"last": [9, 3, 1, 2], "first": [9, 1, 3, 2], "first too": [9, 2, 3, 1]}
    assert best(places, lambda name: np.array([places[name]]), rows) == "first"


@pytest.mark.parametrize("name", TUNED)
def test_the_tuned_choice_is_the_best_of_its_grid(fold, name):
    validation = hold_out(fold)

    def inner(choice) -> float:
        return quality(validation.rows, choice(validation.state, validation.asked))

    chosen = baselines.tune(TUNED[name], validation)
    assert chosen in TUNED[name]
    assert inner(chosen) == max(inner(choice) for choice in TUNED[name])


def test_what_tunes_is_neither_known_then_nor_hidden_by_the_fold(small, fold):
    validation = hold_out(fold)
    asked = {fold.state.cooperations[i].id for i in validation.rows.cooperation}
    known = {c.id for c in validation.state.cooperations}
    hidden = {small.cooperations[i].id for i in fold.hidden}
    assert not asked & known
    assert not (asked | known) & hidden
    assert 0.1 < len(asked) / len(fold.state.cooperations) < 0.3
    group = dict(zip([c.id for c in fold.state.cooperations], fold.groups, strict=True))
    assert not {group[i] for i in asked} & {group[i] for i in known}
    first = validation.rows.cooperation[0]
    assert validation.asked.texts[0] == fold.state.cooperations[first].request
    assert np.array_equal(validation.asked.vectors[0], fold.state.requests[first])


def test_labels_of_the_test_change_no_score(small, fold, scores, quick_baselines):
    flipped = dataclasses.replace(fold.test, labels=1 - fold.test.labels)
    requests = [c.request for c in small.cooperations]
    again = baseline_scores(dataclasses.replace(fold, test=flipped), small.requests, requests)
    for name in NAMES:
        assert np.array_equal(again[name], scores[name])
