from __future__ import annotations

import json
import re
import subprocess
import sys

import pandas as pd
import pytest
from threadpoolctl import threadpool_info, threadpool_limits
from typer.testing import CliRunner

from eval import stored
from eval.__main__ import app
from eval.report import documents
from eval.served import Served
from service.commands import training

RUNNER = CliRunner()


class Reached(Exception):  # noqa: N818 (it tells that all went well)
    """The work would begin here."""


@pytest.fixture
def served(monkeypatch, matcher, tmp_path):
    """Serve the loaded matcher, with results in a folder of their own and no documents written."""
    monkeypatch.setattr(Served, "matcher", lambda *_, **__: matcher)
    monkeypatch.setattr(Served, "results", tmp_path)
    monkeypatch.setattr(documents, "write", list)
    return tmp_path


def run(*arguments: str):
    return RUNNER.invoke(app, arguments)


def test_help_names_every_command_and_loads_nothing_heavy():
    command = [sys.executable, "-X", "importtime", "-m", "eval", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for command in app.registered_commands:
        assert (command.name or command.callback.__name__) in done.stdout
    assert not re.search(r"\| +(pandas|matcher|torch)$", done.stderr, re.M)


@pytest.mark.parametrize("command", ["evaluate", "ablation", "outreach", "bench"])
def test_what_is_published_is_computed_with_one_thread(command, monkeypatch):
    """What is published does not depend on how many threads a machine gives to linear algebra."""
    seen = spy(monkeypatch, Served, "matcher")
    with threadpool_limits(2, user_api="blas"):
        result = run(command)
    assert isinstance(result.exception, Reached)
    assert set(seen) == {1}


def test_training_computes_with_one_thread(monkeypatch, tmp_path):
    seen = spy(monkeypatch, training, "build_knowledge")
    with threadpool_limits(2, user_api="blas"), pytest.raises(Reached):
        training.train(artifacts=tmp_path)
    assert set(seen) == {1}


def spy(monkeypatch, module, work: str) -> list[int]:
    """Return the threads of linear algebra, filled when the work would begin."""
    seen: list[int] = []

    def begin(*_: object, **__: object) -> None:
        seen.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        raise Reached

    monkeypatch.setattr(module, work, begin)
    return seen


RESULTS = {"ranker": "r", "ablation": {"folds": 5, "systems": {}}, "minutes": 1.0}


@pytest.fixture
def evaluated(served, monkeypatch):
    """Stand in for the evaluation: its figures are tested where they are made."""
    asked: list[tuple] = []
    published: list[dict] = []

    def evaluate(matcher, fit, folds, ablation):
        asked.append((folds, ablation))
        return dict(RESULTS), pd.DataFrame({"ndcg@10": [0.5]})

    monkeypatch.setattr("eval.ranking.evaluation.evaluate", evaluate)
    monkeypatch.setattr("eval.report.published.quality", lambda results: {"of": results["ranker"]})
    monkeypatch.setattr("models.write_quality", lambda _, figures: published.append(figures))
    return asked, published


def test_a_whole_evaluation_is_stored(served, evaluated):
    asked, published = evaluated
    done = run("evaluate", "--json")
    assert json.loads(done.stdout) == RESULTS
    assert asked == [(5, True)]
    assert published == [{"of": "r"}]
    assert stored.read(served, stored.EVALUATION) == {"ranker": "r", "minutes": 1.0}
    assert stored.read(served, stored.ABLATION) == {
        "ranker": "r", "rounds": None, "folds": 5, "systems": {},
    }  # fmt: skip
    assert (served / stored.QUERIES).is_file()


@pytest.mark.parametrize("quick", [("--folds", "2"), ("--rounds", "10")])
def test_a_quick_look_writes_nothing(served, evaluated, quick):
    assert run("evaluate", "--json", *quick).exit_code == 0
    assert list(served.iterdir()) == []
    assert evaluated[1] == []


def test_cooperations_prints_json(served, fresh):
    done = run("cooperations", str(fresh), "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["cooperations"] == 5
    table = run("cooperations", str(fresh))
    assert "5 cooperations, 15 queries" in table.stdout


def test_a_missing_file_is_named(served):
    done = run("cooperations", "gibt-es-nicht")
    assert done.exit_code == 1
    assert "fehlt" in done.stderr


def test_feedback_sums_up_judgements(tmp_path):
    path = tmp_path / "urteile.csv"
    path.write_text(
        "request_id,ags,verdict,model_version,time\na,05974040,fits,v1,2026-11-01\n", "utf-8"
    )
    done = run("feedback", str(path), "--json")
    assert json.loads(done.stdout)["v1"]["precision"] == 1
    path.write_text("ags,verdict\n", "utf-8")
    assert "es fehlt die Spalte" in run("feedback", str(path)).stderr
