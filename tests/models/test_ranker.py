from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import models
from matcher import Matcher, features
from matcher.features import NAMES
from models import MissingModelError, Ranker, StaleArtifactError, load_ranker


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(models.ARTIFACTS, tmp_path / "artifacts"))


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return load_ranker(models.ARTIFACTS)


def test_contributions_sum_to_the_score(ranker):
    matrix = np.random.default_rng(7).normal(size=(50, len(NAMES))).astype(np.float32)
    base, parts = ranker.contributions(matrix)
    assert parts.shape == (50, len(NAMES))
    assert np.allclose(base + parts.sum(axis=1), ranker.score(matrix), atol=1e-9)


def test_the_shipped_artifact_fits_data_features_and_text_model(ranker, dataset, matcher):
    made = ranker.provenance
    assert made.data_version == dataset.version
    assert made.feature_fingerprint == features.fingerprint()
    assert made.text_model == matcher.text_model_name
    assert ranker.feature_names == NAMES
    assert made.cooperations == sum(len(c.participants) >= 2 for c in dataset.cooperations)


def test_the_version_tells_rankers_of_one_day_apart(ranker, tmp_path):
    ranker.save(tmp_path)
    assert load_ranker(tmp_path).version == ranker.version
    meta = tmp_path / "ranker.json"
    other = json.loads(meta.read_text("utf-8")) | {"offset": ranker.offset + 0.001}
    meta.write_text(json.dumps(other), "utf-8")
    assert load_ranker(tmp_path).version != ranker.version


def test_the_card_describes_the_shipped_ranker(ranker):
    card = (Path(models.__file__).parent / "CARD.md").read_text("utf-8")
    assert f"`{ranker.version}`" in card
    assert f"`{ranker.provenance.data_version}`" in card


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("data_version", "2020-01-01+0", "die Daten"),
        ("feature_fingerprint", "0", "die Merkmale"),
        ("text_model", "anderes", "das Textmodell"),
    ],
)
def test_a_stale_ranker_is_refused_with_the_command_that_renews_it(folder, field, value, expected):
    path = folder / "ranker.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {field: value}), "utf-8")
    with pytest.raises(StaleArtifactError, match=rf"{expected}.*„make train“"):
        Matcher.load(artifacts=folder)


@pytest.mark.parametrize(
    "name", ["ranker_odds.txt", "ranker_order.txt", "ranker.json", "task_area.npz"]
)
def test_missing_and_broken_artifacts(folder, name):
    (folder / name).write_text("kaputt")
    with pytest.raises(MissingModelError, match=r"beschädigt.*„make train“"):
        Matcher.load(text_model=None, artifacts=folder)
    (folder / name).unlink()
    with pytest.raises(MissingModelError, match=r"fehlt.*„make train“"):
        Matcher.load(text_model=None, artifacts=folder)


def test_quality_of_another_ranker_is_not_shown(folder):
    models.write_quality(folder, {"ranker": "dieser", "ndcg_at_10": 0.5})
    assert models.read_quality(folder, "dieser")["ndcg_at_10"] == 0.5
    assert models.read_quality(folder, "ein anderer") == {}
    (folder / "quality.json").write_text("kaputt")
    assert models.read_quality(folder, "dieser") == {}
    (folder / "quality.json").unlink()
    assert models.read_quality(folder, "dieser") == {}
