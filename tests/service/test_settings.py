from __future__ import annotations

import logging
from pathlib import Path

import pytest

from data import DataError
from models import MissingModelError
from service.settings import Settings
from service.state import load_matcher

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_each_setting_is_documented(name):
    assert Settings.model_fields[name].description
    assert f"`IKZ_{name.upper()}`" in README.read_text("utf-8")


def test_a_missing_text_model_leaves_the_service_degraded(caplog):
    with caplog.at_level(logging.WARNING):
        matcher = load_matcher(Settings(text_model="/gibt/es/nicht"))
    assert matcher.degraded
    assert "Das Textmodell „/gibt/es/nicht“ lässt sich nicht laden" in caplog.text
    assert "startet eingeschränkt" in caplog.text


def test_a_missing_ranker_is_no_reason_to_start_degraded(tmp_path):
    with pytest.raises(MissingModelError, match=r"Die Rangfolge fehlt.*make train"):
        load_matcher(Settings(artifacts_dir=tmp_path))
    with pytest.raises(MissingModelError):
        load_matcher(Settings(artifacts_dir=tmp_path, text_model=""))


def test_broken_data_are_no_reason_to_start(tmp_path):
    with pytest.raises(DataError, match="Die Datei fehlt"):
        load_matcher(Settings(data_dir=tmp_path))
