from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.service.reading import HTML, headings, page

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/kommunen/Bad%20Sasendorf", "Gemeint sein könnte: Bad Sassendorf"),
        ("/kommunen/09162000", "liegt in Bayern"),
        ("/kommunen/05999999", "steht nicht im Gemeindeverzeichnis"),
        ("/kooperationen/nichts", "Die Kooperation „nichts“ ist nicht bekannt."),
        ("/nichts", "Diese Adresse gibt es nicht."),
    ],
)
def test_what_does_not_exist_is_told_to_people_and_to_programs(client, address, sentence):
    text = page(client, address, 404)
    assert headings(text) == ["Seite nicht gefunden"]
    assert sentence in text
    for headers in ({}, {"Accept": "application/json"}):
        response = client.get(address, headers=headers)
        assert response.status_code == 404
        assert response.headers["content-type"] == PROBLEM
        assert sentence in response.json()["detail"]
        assert "Accept" in response.headers["Vary"]


def test_a_suggestion_can_be_followed(client):
    assert 'href="/kommunen/05974008"' in page(client, "/kommunen/Bad%20Sasendorf", 404)


@pytest.mark.parametrize("address", ["/v1/bodies/09162000", "/v1/nichts", "/health/nichts"])
def test_the_interface_answers_json_even_to_browsers(client, address):
    response = client.get(address, headers=HTML)
    assert response.status_code == 404
    assert response.headers["content-type"] == PROBLEM


def test_failures_and_waiting_are_pages_too(matcher):
    app = create_app(Settings(), matcher)

    @app.get("/kaputt")
    def broken() -> None:
        raise RuntimeError("geheim")

    client = TestClient(app, raise_server_exceptions=False)
    text = page(client, "/kaputt", 500)
    assert "geheim" not in text
    response = client.get("/kaputt", headers=HTML | {"X-Request-ID": "abc-1"})
    assert "<code>abc-1</code>" in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    app.state.ikz = None
    response = client.get("/kommunen", headers=HTML)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert headings(response.text) == ["Zurzeit nicht möglich"]


def test_a_broken_error_page_does_not_hide_the_error(client, monkeypatch):
    monkeypatch.setattr(
        "service.web.error_pages.TEMPLATES.TemplateResponse", lambda *_, **__: 1 / 0, raising=True
    )
    response = client.get("/nichts", headers=HTML)
    assert response.status_code == 404
    assert response.headers["content-type"] == PROBLEM
