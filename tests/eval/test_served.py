from __future__ import annotations

from pathlib import Path

import pytest

import models
from data.region import HOME
from eval.served import Served
from eval.stored import RESULTS
from models import MissingModelError
from service.settings import Settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for name in ("TEXT_MODEL", "DATA_DIR", "ARTIFACTS_DIR"):
        monkeypatch.delenv(f"IKZ_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", list(Served.model_fields))
def test_each_setting_is_one_of_the_service_with_its_default(name):
    assert Served.model_fields[name].default == Settings.model_fields[name].default
    assert Served.model_config["env_prefix"] == Settings.model_config["env_prefix"]
    assert Served.model_config["env_file"] == Settings.model_config["env_file"]


def test_by_default_what_ships_is_measured():
    served = Served()
    assert (served.is_shipped, served.results, served.artifacts) == (
        True,
        RESULTS,
        models.ARTIFACTS,
    )
    assert Served(artifacts_dir=models.ARTIFACTS).is_shipped


def test_other_artifacts_keep_their_results_beside_them(monkeypatch, tmp_path):
    monkeypatch.setenv("IKZ_ARTIFACTS_DIR", str(tmp_path))
    served = Served()
    assert (served.is_shipped, served.results, served.artifacts) == (False, tmp_path, tmp_path)


def test_other_data_are_not_what_ships(monkeypatch, tmp_path):
    monkeypatch.setenv("IKZ_DATA_DIR", str(tmp_path))
    assert not Served().is_shipped


def test_the_settings_decide_what_is_loaded(monkeypatch, tmp_path):
    asked: list[object] = []
    monkeypatch.setattr("eval.served.Matcher.load", lambda *given: asked.extend(given))
    (tmp_path / ".env").write_text(f"IKZ_TEXT_MODEL=modell\nIKZ_ARTIFACTS_DIR={tmp_path}\n")
    Served().matcher()
    assert asked == [None, "modell", Path(tmp_path), False, HOME]


def test_without_a_text_model_there_is_nothing_to_measure(monkeypatch):
    monkeypatch.setenv("IKZ_TEXT_MODEL", "")
    with pytest.raises(MissingModelError, match="IKZ_TEXT_MODEL"):
        Served().matcher()
