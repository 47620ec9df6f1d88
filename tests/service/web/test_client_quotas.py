from __future__ import annotations

import pytest
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.testclient import TestClient

from service.app import _STORED, create_app
from service.problems import LimitError
from service.settings import Settings
from service.web.client_quotas import _WRITING, ClientQuotas, place


@pytest.fixture
def client(matcher, tmp_path) -> TestClient:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    app = create_app(Settings(database_url=url, client_requests=3), matcher)
    return TestClient(app, raise_server_exceptions=False)


def test_each_answer_tells_what_is_left_and_the_next_one_is_refused(client):
    for left in (2, 1, 0):
        answer = client.get("/v1/bodies?q=Soest")
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"client";q=3;w=60'
        assert answer.headers["RateLimit"].startswith(f'"client";r={left};t=')
    refused = client.get("/v1/bodies?q=Soest")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit"].startswith('"client";r=0;t=')
    assert "zu viele Anfragen" in refused.json()["detail"]
    assert client.get("/v1/meta").status_code == 200  # each route has its own
    assert client.get("/health/live").headers.get("RateLimit") is None


def test_a_page_says_it_too(client):
    for _ in range(4):
        answer = client.get("/kommunen", headers={"Accept": "text/html"})
    assert answer.status_code == 429
    assert "zu viele Anfragen" in answer.text
    assert answer.headers["Content-Type"].startswith("text/html")


def test_windows_end_and_clients_and_routes_are_apart():
    now = [0.0]
    quotas = ClientQuotas(2, lambda: now[0])
    for client, route in (("a", "/x"), ("a", "/x"), ("b", "/x"), ("a", "/y")):
        quotas.count("GET", route, client)
    with pytest.raises(LimitError):
        quotas.count("GET", "/x", "a")
    now[0] = 60.0
    assert quotas.count("GET", "/x", "a")["RateLimit"] == '"client";r=1;t=60'


def test_what_makes_mails_has_a_lower_quota():
    quotas = ClientQuotas(6_000)
    assert quotas.count("POST", "/v1/searches", "a")["RateLimit-Policy"] == '"client";q=30;w=3600'


def test_without_a_limit_nothing_is_told():
    assert ClientQuotas(0).count("GET", "/x", "a") == {}


def test_memory_stays_bounded(monkeypatch):
    monkeypatch.setattr("service.web.client_quotas._MOST_CLIENTS", 10)
    quotas = ClientQuotas(2)
    for number in range(1_000):
        quotas.count("GET", "/x", str(number))
    assert len(quotas._windows) <= 10


def test_a_household_counts_as_one():
    assert place("2001:db8:0:1::1") == place("2001:db8:0:2::5")
    assert place("::ffff:192.0.2.1") == place("192.0.2.1")
    assert place("192.0.2.1") != place("192.0.2.2")


# They keep nothing, or count for themselves (logins).
_HARMLESS = {"/gesuche/neu/vorlage", "/benachrichtigung/neu/vorlage", "/anmelden"}


def test_whatever_a_stranger_can_make_it_keep_has_a_quota_by_the_hour():
    """A form for strangers that is added later may not be forgotten."""
    asked = {
        (method, route.path)
        for module in _STORED
        for route in module.router.routes
        for method in route.methods - {"GET", "HEAD"}
        if route.path not in _HARMLESS and not _knows_a_secret(route.dependant)
    }
    assert asked == set(_WRITING)


def _knows_a_secret(dependant: Dependant) -> bool:
    """Whether it asks for the session of staff or the secret of an owner."""
    fields = dependant.body_params + dependant.query_params
    names = {name for each in fields for name in (each.alias, *_inside(each))}
    called = getattr(dependant.call, "__name__", "") in ("page_staff", "api_staff", "_owner")
    return "token" in names or called or any(map(_knows_a_secret, dependant.dependencies))


def _inside(parameter: ModelField) -> tuple[str, ...]:
    return tuple(getattr(parameter.field_info.annotation, "model_fields", ()))
