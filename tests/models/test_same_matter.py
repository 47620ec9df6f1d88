from __future__ import annotations

import numpy as np
import pytest

from models import MissingModelError, StaleArtifactError
from models.same_matter import SAME_MATTER, PairExamples, SameMatter, held_out, platt

NAMES = ("near", "noise")


@pytest.fixture(scope="module")
def examples() -> PairExamples:
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 2, 400)
    features = np.stack([labels + rng.normal(0, 0.5, 400), rng.normal(0, 1, 400)], axis=1)
    return PairExamples(features.astype(np.float32), labels, np.arange(400) // 4)


def test_log_odds_are_the_sum_that_the_coefficients_say(examples):
    model = SameMatter.fit(examples, NAMES, "v1")
    row = examples.features[0].astype(float)
    by_hand = model.intercept + sum(
        c * (x - m) / s
        for c, x, m, s in zip(model.coefficients, row, model.mean, model.scale, strict=True)
    )
    assert model.logits(examples.features[:1])[0] == pytest.approx(by_hand, abs=1e-6)
    assert model.coefficients[0] > 1 > abs(model.coefficients[1])


def test_log_odds_are_the_same_however_features_lie_in_memory(examples):
    model = SameMatter.fit(examples, NAMES, "v1")
    turned = np.asfortranarray(examples.features)
    assert model.logits(turned) == pytest.approx(model.logits(examples.features), abs=1e-12)


def test_a_saved_model_tells_the_same_and_refuses_other_data(examples, tmp_path):
    model = SameMatter.fit(examples, NAMES, "v1")
    model.save(tmp_path)
    assert SameMatter.load(tmp_path, "v1") == model
    with pytest.raises(StaleArtifactError, match="make train"):
        SameMatter.load(tmp_path, "v2")


def test_a_missing_or_broken_model_is_told_with_its_mend(tmp_path):
    with pytest.raises(MissingModelError, match="make train"):
        SameMatter.load(tmp_path)
    (tmp_path / SAME_MATTER).write_text("{}")
    with pytest.raises(MissingModelError, match="beschädigt"):
        SameMatter.load(tmp_path)


def test_no_fold_has_seen_its_groups(examples):
    folds = held_out(examples, NAMES)
    seen = [group for groups, _ in folds for group in groups]
    assert sorted(seen) == list(range(100))


def test_scaling_makes_shouted_log_odds_honest():
    rng = np.random.default_rng(1)
    honest = rng.normal(0, 2, 4_000)
    labels = (rng.random(4_000) < 1 / (1 + np.exp(-honest))).astype(np.int64)
    slope, intercept = platt(3 * honest + 1, labels)
    assert slope == pytest.approx(1 / 3, abs=0.05)
    assert intercept == pytest.approx(-1 / 3, abs=0.15)
