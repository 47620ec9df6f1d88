from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from data import DataError
from data.dataset import TABLES
from data.errors import Problem
from data.provenance import update_descriptor
from service import server
from service.app import create_app
from service.cli import app as command
from service.loading import load_matcher
from service.settings import Settings, SettingsError, read_settings

BUILDING = {"alembic", "onnx", "pandera", "pyogrio", "sentence_transformers", "sklearn", "torch"}


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_lives_at_once_and_is_ready_when_loaded(matcher, asked, monkeypatch):
    go_on, outcome = threading.Event(), []

    def slow(_settings):
        assert go_on.wait(20)
        return matcher

    monkeypatch.setattr("service.app.load_matcher", slow)
    app = create_app(Settings(), loaded=outcome.append)
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.get("/health/live").status_code == 200
        for response in (
            client.get("/health/ready"),
            client.get("/v1/meta"),
            client.get("/"),
            client.post("/v1/matches", json=asked),
            client.post("/v1/matches", json={}),
        ):
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["Retry-After"] == "5"
            assert response.headers["X-Request-ID"]
            assert "noch geladen" in response.json()["detail"]
        go_on.set()
        wait_until(lambda: outcome)
        assert outcome == [None]
        assert client.get("/health/ready").json()["status"] == "ready"
        assert client.post("/v1/matches", json=asked).status_code == 200


def test_what_fails_while_loading_is_told(monkeypatch):
    broken = DataError([Problem("districts.csv", "Die Datei fehlt.")])

    def fail(_settings):
        raise broken

    monkeypatch.setattr("service.app.load_matcher", fail)
    outcome: list[Exception | None] = []
    with TestClient(create_app(Settings(), loaded=outcome.append)) as client:
        wait_until(lambda: outcome)
        assert outcome == [broken]
        assert client.get("/health/ready").status_code == 503

    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(DataError, match="fehlt"),
    ):
        server.run(Settings(), listener, lambda: None)


@pytest.mark.parametrize(
    ("host", "sentence"),
    [("127.0.0.1", "Port ist schon belegt"), ("192.0.2.1", "gehört nicht zu diesem Rechner")],
)
def test_a_port_that_cannot_be_opened_is_told_before_loading(host, sentence):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(command, ["serve", "--host", host, "--port", str(port)])
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "geladen" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("IKZ_PORT", "abc", "IKZ_PORT: Hier wird eine ganze Zahl erwartet."),
        ("IKZ_PORT", "0", "IKZ_PORT: Der Wert muss mindestens 1 sein."),
        ("IKZ_LOG_LEVEL", "laut", "IKZ_LOG_LEVEL: Zulässig sind: DEBUG, INFO, WARNING, ERROR"),
    ],
)
@pytest.mark.parametrize("arguments", [["serve"], ["data", "check"], ["match", "Soest", "Archiv"]])
def test_a_wrong_setting_is_named_without_a_traceback(
    monkeypatch, name, value, sentence, arguments
):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError):
        read_settings()
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 1
    assert sentence in done.stderr


def test_the_log_level_may_be_written_small(monkeypatch):
    monkeypatch.setenv("IKZ_LOG_LEVEL", "debug")
    assert read_settings().log_level == "DEBUG"


def test_a_start_imports_nothing_that_only_building_needs():
    program = (
        "import sys; from matcher import Matcher; from service import server; Matcher.load(); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.split())
    assert {"matcher", "onnxruntime", "sqlalchemy"} <= imported
    assert not imported & BUILDING


def test_a_broken_line_is_named_before_anybody_is_sent_to_training(tmp_path):
    folder = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    path = folder / "matter_texts.jsonl"
    lines = path.read_text("utf-8").splitlines()
    lines[4] = lines[4][:40]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    update_descriptor(folder)  # whoever did so did not look
    with pytest.raises(DataError, match=r"matter_texts\.jsonl, Zeile 5: keine gültige Zeile"):
        load_matcher(Settings(data_dir=folder))
