from __future__ import annotations

import numpy as np
import pytest

from models import MissingModelError, StaleArtifactError
from models.is_matter import IsMatter, TextExamples


@pytest.fixture(scope="module")
def examples() -> TextExamples:
    rng = np.random.default_rng(5)
    texts = [f"Standesamt gemeinsam {i}" for i in range(60)] + [
        f"hallo und so {i}" for i in range(60)
    ]
    labels = np.array([1] * 60 + [0] * 60)
    vectors = rng.normal(0, 1, (120, 8)).astype(np.float32)
    vectors[:, 0] += np.where(labels, 2, -2)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    signs = rng.normal(0, 1, (120, 2)).astype(np.float32)
    strata = ["matter" if label else "none" for label in labels]
    return TextExamples(texts, vectors, signs, labels, strata, np.ones(120, np.float32))


def test_matters_are_told_and_the_share_refused_is_the_one_allowed(examples):
    model, chances = IsMatter.fit(examples, 0.05, "v1")
    assert (chances[examples.labels == 1] < model.threshold).mean() <= 0.05
    assert (chances[examples.labels == 0] < model.threshold).mean() > 0.95


def test_a_saved_model_tells_the_same_and_refuses_other_data(examples, tmp_path):
    model, _ = IsMatter.fit(examples, 0.05, "v1")
    model.save(tmp_path)
    again = IsMatter.load(tmp_path, "v1")
    told, told_again = (
        one.probability(examples.vectors[:5], examples.signs[:5], one.wording(examples.texts[:5]))
        for one in (model, again)
    )
    assert told_again == pytest.approx(told, abs=1e-5)
    assert again.threshold == model.threshold
    with pytest.raises(StaleArtifactError, match="make train"):
        IsMatter.load(tmp_path, "v2")


def test_a_missing_or_broken_model_is_told_with_its_mend(tmp_path):
    with pytest.raises(MissingModelError, match="make train"):
        IsMatter.load(tmp_path)
    (tmp_path / "is_matter.npz").write_bytes(b"no archive")
    with pytest.raises(MissingModelError, match="beschädigt"):
        IsMatter.load(tmp_path)
