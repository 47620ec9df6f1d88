from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from matcher import Matcher
from service.app import create_app
from service.settings import Settings
from tests.service.conftest import BODY, TEXT


@pytest.fixture
def client(matcher: Matcher):
    with TestClient(create_app(Settings(), matcher), raise_server_exceptions=False) as client:
        yield client


def figures(client: TestClient) -> dict[tuple[str, frozenset], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["Cache-Control"] == "no-store"
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def requests(found, method: str, route: str, status: int) -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    return found.get(("ikz_requests_total", frozenset(labels.items())), 0.0)


def test_requests_are_counted_by_route_and_status(client):
    client.post("/v1/matches", json={"body": BODY, "description": TEXT})
    client.post("/v1/matches", json={})
    client.get("/v1/bodies", params={"q": "soest"})
    client.get(f"/v1/bodies/{BODY}")
    found = figures(client)
    assert requests(found, "POST", "/v1/matches", 200) == 1
    assert requests(found, "POST", "/v1/matches", 422) == 1
    assert requests(found, "GET", "/v1/bodies/{ags}", 200) == 1
    where = frozenset({"method": "POST", "route": "/v1/matches"}.items())
    assert found["ikz_request_duration_seconds_count", where] == 2
    assert found["ikz_request_duration_seconds_sum", where] > 0
    assert found["ikz_ready", frozenset()] == 1
    assert found["ikz_degraded", frozenset()] == 0
    assert requests(figures(client), "GET", "/metrics", 200) == 1


def test_nothing_that_was_asked_is_in_them_and_strangers_cannot_swell_them(client):
    client.get("/v1/bodies", params={"q": "geheimesvorhaben"})
    for number in range(20):
        client.get(f"/irgendwo/{number}")
        client.request(f"TUE{number}", "/v1/matches")
    told = client.get("/metrics").text
    assert "geheimesvorhaben" not in told
    assert BODY not in told
    assert "irgendwo" not in told
    assert "TUE" not in told
    assert requests(figures(client), "GET", "other", 404) == 20


def test_it_answers_before_the_models_are_loaded(monkeypatch, degraded):
    monkeypatch.setattr("service.app._load", lambda *_: None)
    app = create_app(Settings())
    with TestClient(app) as client:
        assert figures(client)["ikz_ready", frozenset()] == 0
    with TestClient(create_app(Settings(), degraded)) as client:
        assert figures(client)["ikz_degraded", frozenset()] == 1
