"""Curves in the words and units of officials."""

from __future__ import annotations

import numpy as np
import pytest

import models
from matcher import curves
from matcher.features import FEATURES, NAMES
from matcher.features.axis import Axis, log, log1p, log_share, named, share
from matcher.features.declare import Feature
from matcher.result import Factor
from models.additive import AdditiveRanker, Curve
from models.ranker import Provenance
from models.shape import Shape

BY_NAME = {feature.name: feature for feature in FEATURES}
WITH_AXIS = [feature for feature in FEATURES if feature.axis is not None]


def made_of(**lines: tuple[list[float], list[float], list[float]]) -> AdditiveRanker:
    """Return a ranker made by hand: knots, few and many by feature."""
    learned = [Curve(name, *map(np.array, given), np.zeros(0)) for name, given in lines.items()]
    provenance = Provenance("2026-01-01+0", "0", "keins", 2, 2, 20, "2026-01-01")
    return AdditiveRanker(NAMES, -4.0, learned, [], provenance)


@pytest.mark.parametrize(
    ("axis", "stored", "tick", "word"),
    [
        (Axis("Weg", (25,), "km", log1p), np.log(26), 25, "25 km"),
        (Axis("Einwohner", (5_000,), "", log), np.log(5000), 5_000, "5.000"),
        (Axis("Anteil", (12.5,), "%", share), 0.125, 12.5, "12,5 %"),
        (Axis("Verhältnis", (50,), "%", log_share), np.log(0.5), 50, "50 %"),
        (named("Kreis", "verschiedene", "derselbe"), 1, 1, "derselbe"),
    ],
)
def test_an_axis_says_how_stored_values_are_read(axis, stored, tick, word):
    assert axis.store(tick) == pytest.approx(stored)
    assert axis.word(tick) == word.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize("feature", WITH_AXIS, ids=lambda feature: feature.name)
def test_every_declared_axis_can_be_drawn(feature):
    stored = np.asarray(feature.axis.store(feature.axis.ticks))
    assert np.isfinite(stored).all()
    assert (np.diff(stored) > 0).all()
    assert not feature.shape.constant, "it has no curve"
    if feature.shape is Shape.LEVELS:
        assert feature.axis.levels


def test_a_curve_is_read_at_its_ticks_within_what_was_learned_from():
    ranker = made_of(log_seat_km=([0.0, np.log(51)], [0.5, -0.5], [0.2, -0.2]))
    worth = curves.worth(ranker, BY_NAME["log_seat_km"])
    assert [r.figure for r in worth.readings] == ["0", "5", "10", "25", "50"]
    assert worth.readings[0].few == 0.5
    assert worth.readings[-1].many == pytest.approx(-0.2)
    assert worth.readings[2].few == pytest.approx(0.5 - np.log(11) / np.log(51))
    assert worth.note == "Festgelegt: Mehr davon nützt nie."


def test_a_curve_is_drawn_within_its_axis_only():
    ranker = made_of(border_share=([0.0, 2.0], [0.0, 1.0], [0.0, 2.0]))
    worth = curves.worth(ranker, BY_NAME["border_share"])
    assert worth.at.tolist() == [0, 1]
    assert worth.few.tolist() == [0, 0.5]
    assert worth.span == 1


def test_what_has_no_axis_or_no_curve_is_not_drawn():
    ranker = made_of(shared=([0.0, 1.0], [0.0, 1.0], [0.0, 1.0]), jaccard=([0.0], [0.0], [0.0]))
    assert [worth.feature.name for worth in curves.drawable(ranker)] == ["shared"]
    with pytest.raises(ValueError, match="jaccard has no axis"):
        curves.worth(ranker, BY_NAME["jaccard"])
    with pytest.raises(KeyError):
        curves.worth(ranker, BY_NAME["log_seat_km"])


def test_the_sum_of_a_factor_is_that_of_its_features_over_all_pairs(matcher):
    km, border = np.log1p(np.array([0.0, 300])), np.array([0.0, 1000])
    ranker = made_of(
        log_seat_km=(km, np.array([1.0, -1]), np.zeros(2)),
        border_km=(border, np.array([0.25, 0.25]), np.array([0.5, 0.5])),
        size_ratio=(border, np.array([9.0, 9]), np.array([9.0, 9])),
    )
    worth = curves.in_sum(ranker, matcher.knowledge, Factor.PROXIMITY, BY_NAME["log_seat_km"])
    assert {round(reading.many, 9) for reading in worth.readings} == {0.5}
    nearest = worth.readings[1]
    assert nearest.word == "5\N{NO-BREAK SPACE}km"
    assert nearest.few == pytest.approx(1.25 - 2 * np.log(6) / np.log(301), abs=0.15)
    assert "2 Merkmalen" in worth.note


def test_the_shipped_curves_run_as_their_shapes_say():
    ranker = models.load_ranker(models.ARTIFACTS)
    assert isinstance(ranker, AdditiveRanker)
    seen = set()
    for worth in curves.drawable(ranker):
        seen.add(worth.feature.name)
        steps = np.concatenate([np.diff(worth.few), np.diff(worth.many)])
        if worth.feature.shape is Shape.RISING:
            assert steps.min() >= -1e-9, worth.feature.name
        if worth.feature.shape is Shape.FALLING:
            assert steps.max() <= 1e-9, worth.feature.name
    assert seen == {feature.name for feature in WITH_AXIS}


def test_factors_are_read_as_numbers():
    assert curves.factor(np.log(2)) == "2,0-mal"
    assert curves.factor(np.log(0.5)) == "0,50-mal"


def test_an_axis_is_optional():
    feature = Feature("x", "distance", False, "", Shape.FREE, lambda query, knowledge: 0)
    assert feature.axis is None
