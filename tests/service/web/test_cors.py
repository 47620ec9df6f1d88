"""Who may call the interface from another site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings, SettingsError
from service.web.cors import add_cors

PORTAL = "https://portal.example.nrw"


class Portal(Settings):
    """The service as an operator sets it up for some portals."""

    cors_origins: tuple[str, ...] = (f"{PORTAL}/",)


@pytest.fixture(scope="module")
def open_client(matcher) -> Iterator[TestClient]:
    with TestClient(create_app(Portal(), matcher), raise_server_exceptions=False) as client:
        yield client


def preflight(client, origin, path="/v1/matches", method="POST", headers="content-type"):
    return client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": headers,
        },
    )


def test_a_listed_portal_may_ask(open_client):
    response = preflight(open_client, PORTAL)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == PORTAL
    assert response.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.headers["X-Request-ID"]
    answer = open_client.get("/v1/bodies?q=soest", headers={"Origin": PORTAL})
    assert answer.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    ["https://portal.example.nrw.evil.example", "http://portal.example.nrw", "null",
     "https://portal.example.nrw:8443", "https://example.nrw"],
)  # fmt: skip
def test_nobody_else_may(open_client, origin):
    refused = preflight(open_client, origin)
    assert refused.status_code == 405
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "Access-Control-Allow-Origin" not in refused.headers
    answer = open_client.get("/v1/bodies?q=soest", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT"])
def test_a_portal_may_not_change_things(open_client, method):
    assert preflight(open_client, PORTAL, method=method).status_code == 400


@pytest.mark.parametrize("path", ["/", "/export", "/static/style.css", "/health/live"])
def test_only_the_interface_is_open(open_client, path):
    response = open_client.get(path, headers={"Origin": PORTAL})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"{}", 422), (b"{", 400), (b" " * 300_000, 413)],
)
def test_a_portal_can_read_errors(open_client, content, status):
    headers = {"Origin": PORTAL, "Content-Type": "application/json"}
    response = open_client.post("/v1/suggestions", content=content, headers=headers)
    assert response.status_code == status
    assert response.headers["Access-Control-Allow-Origin"] == PORTAL


def test_without_a_list_no_portal_may(client):
    assert "Access-Control-Allow-Origin" not in preflight(client, PORTAL).headers


@pytest.mark.parametrize("origin", ["*", "portal.example.nrw", f"{PORTAL}/pfad", "", "https://*"])
def test_what_is_no_origin_is_refused(app, origin):
    with pytest.raises(SettingsError, match="IKZ_CORS_ORIGINS"):
        add_cors(app, [PORTAL, origin])
