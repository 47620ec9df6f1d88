from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import models
from matcher import Matcher, features
from matcher.features import NAMES
from models import (
    DamagedArtifactError,
    Examples,
    MissingModelError,
    Provenance,
    Ranker,
    Shape,
    StaleArtifactError,
    load_ranker,
)
from models.additive_fit import fit_additive
from models.ranker import KINDS


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(models.ARTIFACTS, tmp_path / "artifacts"))


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return load_ranker(models.ARTIFACTS)


@pytest.fixture(scope="module", params=sorted(KINDS))
def each(request, tmp_path_factory) -> Ranker:
    """Every kind of ranker, learned from searches made up for it, saved and read back."""
    folder = tmp_path_factory.mktemp(request.param)
    LEARNED[request.param]().save(folder)
    return load_ranker(folder)


def _additive() -> Ranker:
    rng = np.random.default_rng(5)
    features = rng.normal(size=(60, 20, 3)).astype(np.float32)
    labels = (features[:, :, 0] + rng.normal(size=(60, 20)) > 1).astype(np.float32)
    labels[:, 0] = np.nan
    examples = Examples(features, labels, np.ones(60, np.float32), np.arange(60) // 2)
    shapes = dict.fromkeys("abc", Shape.FREE)
    return fit_additive(examples, shapes, {}, Provenance("d", "f", "t", 30, 60, 1140, "2026-01-01"))


LEARNED = {"additive": _additive}
MATRIX = np.random.default_rng(7).normal(size=(4, 50, 3)).astype(np.float32)


def test_contributions_sum_to_the_score(each):
    base, parts = each.contributions(MATRIX[0])
    assert parts.shape == (50, 3)
    assert np.abs(base + parts.sum(axis=1) - each.score(MATRIX[0])).max() < 1e-9


def test_many_searches_score_as_each_by_itself(each):
    together = each.score(MATRIX)
    assert together.shape == (4, 50)
    assert np.array_equal(together, np.stack([each.score(matrix) for matrix in MATRIX]))


def test_a_row_scores_whatever_stands_beside_it(each):
    alone = each.score(MATRIX[0, 7:8])
    assert np.abs(alone - each.score(MATRIX[0])[7]).max() < 1e-9


def test_it_tells_partners_from_others(each):
    better = MATRIX[0].copy()
    better[:, 0] += 2
    assert (each.score(better) > each.score(MATRIX[0])).mean() > 0.9


def test_it_knows_its_columns_and_what_it_learned_from(each):
    assert each.feature_names == ("a", "b", "c")
    assert each.provenance.queries == 60
    assert each.version == f"2026-01-01+{each.digest[:12]}"


def test_the_shipped_scores_come_apart_exactly(ranker):
    matrix = np.random.default_rng(7).normal(size=(50, len(NAMES))).astype(np.float32)
    base, parts = ranker.contributions(matrix)
    assert np.abs(base + parts.sum(axis=1) - ranker.score(matrix)).max() < 1e-9


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
    saved = json.loads(meta.read_text("utf-8"))
    other = saved | {"base": saved["base"] + 0.001}
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
    saved = json.loads(path.read_text("utf-8"))
    saved["provenance"][field] = value
    path.write_text(json.dumps(saved), "utf-8")
    models.write_manifest(folder)
    with pytest.raises(StaleArtifactError, match=rf"{expected}.*„make train“"):
        Matcher.load(artifacts=folder)


@pytest.mark.parametrize("name", ["ranker.json", "task_area.npz"])
def test_missing_and_broken_artifacts(folder, name):
    (folder / name).write_text("kaputt")
    with pytest.raises(DamagedArtifactError, match=rf"„{name}“ ist beschädigt.*„make train“"):
        Matcher.load(text_model=None, artifacts=folder)
    models.write_manifest(folder)  # written so: no checksum tells
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
