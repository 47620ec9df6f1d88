from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from data import DataError
from models import MissingModelError
from service.commands.serve import reached_at
from service.loading import load_matcher
from service.settings import Settings, SettingsError, read_settings

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_each_setting_is_documented(name):
    assert Settings.model_fields[name].description
    assert f"`IKZ_{name.upper()}`" in README.read_text("utf-8")


def test_a_missing_text_model_leaves_the_service_degraded(caplog, monkeypatch):
    # What its library says of a folder that is missing is told by the tests of the model.
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
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


def test_origins_are_a_list_with_commas(monkeypatch):
    monkeypatch.setenv("IKZ_CORS_ORIGINS", "https://a.example, https://b.example:8443,")
    assert Settings().cors_origins == ("https://a.example", "https://b.example:8443")
    monkeypatch.setenv("IKZ_CORS_ORIGINS", "")
    assert Settings().cors_origins == ()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("IKZ_BASE_URL", "partnersuche.nrw", "IKZ_BASE_URL: Die Adresse muss mit http"),
        ("IKZ_MAIL_FROM", "a@b.de\nBcc: c@d.de", "IKZ_MAIL_FROM: Bitte eine E-Mail-Adresse"),
        ("IKZ_SEARCH_DAYS", "0", "IKZ_SEARCH_DAYS: Der Wert muss mindestens 1 sein."),
        ("IKZ_SMTP_PORT", "70000", "IKZ_SMTP_PORT: Der Wert darf höchstens 65.535 sein."),
    ],
)
def test_wrong_addresses_and_numbers_are_named(monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=sentence):
        read_settings()


def test_secrets_are_not_printed_with_the_settings(monkeypatch):
    monkeypatch.setenv("IKZ_SMTP_PASSWORD", "geheim-1")
    monkeypatch.setenv("IKZ_DATABASE_URL", "postgresql+psycopg://ikz:geheim-2@db/ikz")
    monkeypatch.setenv("IKZ_BASE_URL", "https://partnersuche.example/")
    settings = read_settings()
    assert "geheim" not in repr(settings)
    assert settings.smtp_password.get_secret_value() == "geheim-1"
    assert settings.base_url == "https://partnersuche.example"


def test_links_lead_to_the_port_served_unless_an_address_is_set(monkeypatch):
    assert reached_at(Settings(), 9000).base_url == "http://127.0.0.1:9000"
    monkeypatch.setenv("IKZ_BASE_URL", "https://partner.example")
    assert reached_at(Settings(), 9000).base_url == "https://partner.example"
