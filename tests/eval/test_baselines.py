from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from eval import baselines
from eval.baselines import LINEAR, RULES, TUNED, als, baseline_scores, bm25_votes, e5_votes
from eval.measures import ranking_figures
from eval.protocol import Fold, split
from eval.tuning import Asked, best, hold_out
from matcher import training
from matcher.training import Rows
from tests.eval.made_rows import rows_of

NAMES = {*RULES, *TUNED, *LINEAR}
BAD_SASSENDORF = "05974008"


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
def scores(small, fold):
    return baseline_scores(fold, small.requests, [c.request for c in small.cooperations])


def order(knowledge, searcher: int, values) -> list[str]:
    """Return the keys of the bodies from best to worst, without the searcher."""
    ranked = np.argsort(-values, kind="stable")
    return [str(knowledge.bodies.keys[i]) for i in ranked if i != searcher]


def quality(rows: Rows, values) -> float:
    return float(ranking_figures(rows, values)["ndcg@10"].mean())


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        # Soest and its Kreis have their seat in one town: 4.3 km; then Lippetal 8.0, Möhnesee 10.0.
        ("nearest first", ["05974040", "05974", "05974024", "05974032"]),
        # The Kreis does not border on its own municipality; Anröchte is 11.6 km away.
        ("border, then distance", ["05974040", "05974024", "05974032", "05974004"]),
        ("same Kreis, then distance", ["05974040", "05974", "05974024", "05974032"]),
    ],
)
def test_rules_of_place_rank_as_they_say(matcher, rule, first):
    known = matcher.knowledge
    searcher = known.bodies.keys.get_loc(BAD_SASSENDORF)
    assert order(known, searcher, RULES[rule](known, searcher))[:4] == first


@pytest.mark.parametrize("rule", ["shared cooperations, then distance", "most active"])
def test_rules_of_record_count_first_and_measure_second(matcher, rule):
    known = matcher.knowledge
    searcher = int(known.bodies.keys.get_loc(BAD_SASSENDORF))
    count = known.activity if rule == "most active" else known.shared[searcher]
    km = known.bodies.seat_km[searcher]
    expected = [i for i in np.lexsort((km, -count)) if i != searcher]
    ranked = order(known, searcher, RULES[rule](known, searcher))
    assert ranked == [str(known.bodies.keys[i]) for i in expected]


def test_indicator_distance_is_euclid_over_z_scores(matcher):
    land = matcher.knowledge.bodies
    a, b = int(land.keys.get_loc(BAD_SASSENDORF)), int(land.keys.get_loc("05974040"))
    size = (land.log_population[a] - land.log_population[b]) / land.log_population.std()
    fiscal = (np.nan_to_num(land.fiscal, nan=np.nanmean(land.fiscal))) / np.nanstd(land.fiscal)
    squares = ((land.structure[a] - land.structure[b]) ** 2).sum() + size**2
    expected = -np.sqrt(squares + (fiscal[a] - fiscal[b]) ** 2)
    values = RULES["indicator distance"](matcher.knowledge, a)
    assert values[b] == pytest.approx(expected, rel=1e-4)
    assert values[a] == 0


def test_votes_go_to_the_participants_of_the_description_that_is_asked(matcher):
    known = matcher.knowledge
    index = int(np.argmax([len(c.description) for c in known.cooperations]))
    members = np.flatnonzero(known.participation[index])
    asked = Asked(
        known.passages[[index]], [known.cooperations[index].description], members[:1].astype(int)
    )
    for votes in (bm25_votes, e5_votes):
        # One voter: its participants get 1, so little a km takes nothing from their lead.
        values = votes(known, asked, count=1, weight=0.01)[0]
        assert set(np.argsort(-values)[: len(members)]) == set(members)


def test_bm25_without_a_known_word_leaves_the_distance(matcher):
    known = matcher.knowledge
    searcher = int(known.bodies.keys.get_loc(BAD_SASSENDORF))
    asked = Asked(known.passages[:1], ["xqzw"], np.array([searcher]))
    values = bm25_votes(known, asked, count=10, weight=1.0)[0]
    assert values == pytest.approx(-np.log1p(known.bodies.seat_km[searcher]))


def test_factors_find_those_who_work_with_the_searcher(matcher):
    known = matcher.knowledge
    searcher = int(known.activity.argmax())
    asked = Asked(known.passages[:1], [""], np.array([searcher]))
    values = als(known, asked, factors=48, regularization=0.05, weight=0.0)[0]
    top = [i for i in np.argsort(-values) if i != searcher][:10]
    others = np.delete(known.shared[searcher], searcher)
    assert known.shared[searcher][top].mean() > 5 * others.mean()
    assert known.shared[searcher][top].min() >= 1


def test_every_baseline_scores_every_query_and_body(fold, scores):
    assert set(scores) == NAMES
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


def test_labels_of_the_test_change_no_score(small, fold, scores):
    flipped = dataclasses.replace(fold.test, labels=1 - fold.test.labels)
    requests = [c.request for c in small.cooperations]
    again = baseline_scores(dataclasses.replace(fold, test=flipped), small.requests, requests)
    for name in NAMES:
        assert np.array_equal(again[name], scores[name])
