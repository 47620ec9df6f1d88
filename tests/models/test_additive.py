"""The additive ranker: curves, gates, exact contributions, what is certain by construction."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from models import MissingModelError
from models.additive import AdditiveRanker, Curve, GateInput
from models.additive_descent import Settings
from models.additive_fit import fit_additive
from models.ranker import Examples, Provenance
from models.shape import Shape

PROVENANCE = Provenance("2026-01-01+0", "0", "keins", 2, 2, 20, "2026-01-01")
SHAPES = {
    "km": Shape.FALLING,
    "ties": Shape.RISING,
    "relation": Shape.LEVELS,
    "budget": Shape.FREE,
    "size": Shape.CONSTANT,
    "standing": Shape.CONSTANT_LEVELS,
}
LEANING = {("size", None): 1.0}
QUICK = Settings(epochs=6, batch=8)


@pytest.fixture
def ranker() -> AdditiveRanker:
    """A ranker made by hand: a kilometre costs 0.1 among few, 0.3 among many."""
    km = Curve(
        "km", np.array([0.0, 10]), np.array([0.5, -0.5]), np.array([1.5, -1.5]),
        np.array([np.log(3)]),
    )  # fmt: skip
    budget = Curve(
        "budget", np.array([1.0, 3]), np.array([-1.0, 1]), np.array([-1.0, 1]), np.array([0.0]),
    )  # fmt: skip
    size = GateInput("size", None, mean=5, spread=2, odds=0.3)
    return AdditiveRanker(("km", "budget", "size"), -4.0, [km, budget], [size], PROVENANCE)


@pytest.fixture(scope="module")
def examples() -> Examples:
    """Two hundred searches among thirty bodies: partners are near, and tied where the group is small."""
    rng = np.random.default_rng(3)
    km, ties = rng.uniform(0, 50, (200, 30)), rng.integers(0, 5, (200, 30)).astype(float)
    relation, budget = rng.integers(0, 3, (200, 30)), rng.uniform(1, 7, (200, 30))
    budget[:, 3] = np.nan
    size = np.repeat(rng.uniform(0, 4, 200)[:, None], 30, axis=1)
    standing = np.repeat(rng.integers(0, 2, 200)[:, None], 30, axis=1)
    odds = 2 - 0.15 * km + np.where(size < 2, 1.5, 0.1) * ties + (relation == 1) - 2
    labels = (rng.random((200, 30)) < 1 / (1 + np.exp(-odds))).astype(np.float32)
    labels[:, 1] = 1
    labels[np.arange(200), 0] = np.nan
    features = np.stack([km, ties, relation, budget, size, standing], axis=2).astype(np.float32)
    return Examples(features, labels, np.ones(200, np.float32), np.arange(200) // 2)


@pytest.fixture(scope="module")
def learned(examples) -> AdditiveRanker:
    return fit_additive(examples, SHAPES, LEANING, PROVENANCE, QUICK)


def row(*values: float) -> np.ndarray:
    return np.array([values], np.float32)


def test_a_curve_is_straight_between_knots_and_level_outside(ranker):
    worth = [ranker.contributions(row(km, 2, 5))[1][0, 0] for km in (0, 2.5, 10, 99)]
    assert worth == pytest.approx([1.0, 0.5, -1.0, -1.0]), "midway between few and many"


def test_a_gate_leans_to_one_curve_by_what_is_the_same_for_all_bodies(ranker):
    usual, many, limit = (ranker.contributions(row(0, 2, size))[1][0, 0] for size in (5, 7, 99))
    assert usual == pytest.approx(0.5 + 0.5)
    assert many == pytest.approx(0.5 + 0.75), "one spread up: odds of 3 to 1"
    assert limit == pytest.approx(0.5 + 27 / 28), "beyond three spreads it stays"


def test_what_is_not_known_says_nothing(ranker, learned):
    assert ranker.contributions(row(0, np.nan, 5))[1][0, 1] == 0
    assert learned.contributions(row(5, 2, 1, np.nan, 2, 1))[1][0, 3] == 0


def test_a_constant_counts_for_all_bodies_of_a_search(ranker):
    assert ranker.contributions(row(5, 2, 7))[1].tolist() == [[0, 0, 0.3]]


def test_contributions_and_base_are_the_score(learned, examples):
    matrix = examples.features[7]
    base, parts = learned.contributions(matrix)
    assert parts.shape == matrix.shape
    assert np.abs(base + parts.sum(axis=1) - learned.score(matrix)).max() < 1e-9


def test_searches_together_score_as_one_by_one(learned, examples):
    together = learned.score(examples.features)
    assert together.shape == examples.labels.shape
    assert np.array_equal(together[11], learned.score(examples.features[11]))


def test_what_is_certain_holds_at_every_value(learned, examples):
    for few_or_many in ("few", "many"):
        assert (np.diff(getattr(learned.curve("km"), few_or_many)) <= 0).all()
        assert (np.diff(getattr(learned.curve("ties"), few_or_many)) >= 0).all()
    matrix = np.repeat(examples.features[:1, 5], 60, axis=0)
    matrix[:, 0] = np.linspace(0, 60, 60)
    assert (np.diff(learned.score(matrix)) <= 0).all()


def test_it_learns_what_the_examples_were_made_with(learned):
    km, relation, ties = (learned.curve(name) for name in ("km", "relation", "ties"))
    assert km.few[0] > km.few[-1] + 1
    assert relation.knots.tolist() == [0, 1, 2]
    assert relation.few.argmax() == relation.many.argmax() == 1
    assert np.ptp(ties.few) > 2 * np.ptp(ties.many), "ties were made to count in small groups"


def test_a_curve_is_zero_on_average(learned, examples):
    rows = examples.features[~np.isnan(examples.labels)]
    for curve in learned.curves:
        values = rows[:, learned.feature_names.index(curve.feature)]
        for side in (curve.few, curve.many):
            assert abs(np.nanmean(np.interp(values, curve.knots, side))) < 0.01


def test_probabilities_are_about_right(learned, examples):
    candidate = ~np.isnan(examples.labels)
    chance = 1 / (1 + np.exp(-learned.score(examples.features)[candidate]))
    assert chance.mean() == pytest.approx(examples.labels[candidate].mean(), abs=0.05)


def test_learning_twice_gives_the_same_bits(learned, examples):
    again = fit_additive(examples, SHAPES, LEANING, PROVENANCE, QUICK)
    assert again.digest == learned.digest


def test_saved_and_loaded_it_is_the_same(learned, examples, tmp_path):
    learned.save(tmp_path)
    loaded = AdditiveRanker.load(tmp_path)
    assert loaded.version == learned.version
    assert np.array_equal(loaded.score(examples.features), learned.score(examples.features))


@pytest.mark.parametrize("broken", ["kaputt", "{}", '{"curves": [{}]}', "[]"])
def test_missing_and_broken_artifacts_are_named(tmp_path, broken):
    with pytest.raises(MissingModelError, match=r"fehlt.*lernt sie neu an"):
        AdditiveRanker.load(tmp_path)
    (tmp_path / "ranker.json").write_text(broken, "utf-8")
    with pytest.raises(MissingModelError, match=r"beschädigt.*lernt sie neu an"):
        AdditiveRanker.load(tmp_path)


def test_the_artifact_can_be_read(ranker, tmp_path):
    ranker.save(tmp_path)
    found = json.loads((tmp_path / "ranker.json").read_text("utf-8"))
    assert found["curves"][0]["feature"] == "km"
    assert found["curves"][0]["knots"] == [0, 10]
    assert found["inputs"][0]["odds"] == 0.3


def test_serving_needs_no_library_that_only_training_needs():
    code = "import sys; import models.additive; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
