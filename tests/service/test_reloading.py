"""Reload in a real process, while it is asked: what is broken is refused, nobody sees half."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

import models
from data.dataset import TABLES
from tests.service.process import Process, serving


@pytest.fixture
def folders(tmp_path) -> tuple[Path, Path]:
    tables = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    artifacts = Path(shutil.copytree(models.ARTIFACTS, tmp_path / "artifacts"))
    return tables, artifacts


def reloaded(service: Process) -> dict[str, str]:
    """Send the signal and return how the reload ended, and the version that is served then."""
    os.kill(service.child.pid, signal.SIGHUP)
    end = time.monotonic() + 120
    last = None
    while time.monotonic() < end:
        answer = httpx.get(f"{service.address}/health/ready", timeout=30).json()
        last = answer["reload"]
        if last and last["status"] != "running" and _newer(service, last["at"]):
            return {"status": last["status"], "model": answer["parts"]["model"]["version"]}
        time.sleep(0.2)
    raise AssertionError(last)


_SEEN: dict[int, str] = {}


def _newer(service: Process, at: str) -> bool:
    before = _SEEN.get(service.port, "")
    _SEEN[service.port] = max(before, at)
    return at > before


def test_data_and_model_are_replaced_under_load_or_not_at_all(tmp_path, folders):
    tables, artifacts = folders
    ranker = artifacts / "ranker.json"
    old = ranker.read_text("utf-8")
    versions: set[str] = set()
    failures: list[object] = []
    stop = threading.Event()

    with serving(tmp_path, data_dir=tables, artifacts_dir=artifacts) as service:

        def ask() -> None:
            with httpx.Client(timeout=60) as client:
                while not stop.is_set():
                    answer = client.post(
                        f"{service.address}/v1/matches",
                        json={"body": "05974008", "task_area": "archiv", "title": "Archiv"},
                    )
                    if answer.status_code != 200:
                        failures.append((answer.status_code, answer.text))
                        return
                    versions.add(answer.json()["model"]["version"])

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            first = httpx.get(f"{service.address}/health/ready").json()["parts"]["model"]["version"]

            ranker.write_text(old.replace('"base": -', '"base": -1', 1), "utf-8")
            assert reloaded(service) == {"status": "refused", "model": first}

            ranker.write_text(old, "utf-8")
            districts = tables / "districts.csv"
            whole = districts.read_bytes()
            districts.write_bytes(whole[:-20])
            assert reloaded(service) == {"status": "refused", "model": first}
            districts.write_bytes(whole)

            changed = json.loads(old)
            changed["base"] -= 0.5
            ranker.write_text(json.dumps(changed), "utf-8")
            models.write_manifest(artifacts)
            outcome = reloaded(service)
            assert outcome["status"] == "ok"
            assert outcome["model"] != first
            time.sleep(1)
        finally:
            stop.set()
            asking.join()
        assert failures == []
        assert versions == {first, outcome["model"]}
        log = service.log.read_text("utf-8")
    assert "„ranker.json“ ist beschädigt" in log
    assert "districts.csv" in log
    assert "Traceback" not in log
