"""What no well-meaning client sends; none of it may end as a 500."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

_START = rb'{"body": "05974008", "description": "Archiv", '


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_only_json_is_read(client, kind):
    headers = {"Content-Type": kind} if kind else {}
    response = client.post("/v1/matches", content=_START + b'"limit": 1}', headers=headers)
    assert response.status_code == 415
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "Der Inhalt muss als application/json gesendet werden."


@pytest.mark.parametrize(
    ("rest", "pointer"),
    [
        (rb'"task_area": "\ud800"}', "/task_area"),
        (rb'"title": "\ud800"}', "/title"),
        (rb'"filters": {"kinds": ["\ud800"]}}', "/filters/kinds/0"),
    ],
)
def test_half_a_character_is_no_text(client, rest, pointer):
    response = client.post(
        "/v1/matches", content=_START + rest, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error == {"pointer": pointer, "detail": "Der Text enthält ungültige Zeichen."}


def test_a_long_word_is_not_sent_back(client, asked):
    response = client.post("/v1/matches", json=asked | {"task_area": "x" * 100_000})
    assert response.status_code == 422
    assert "Höchstens 200 Zeichen, angegeben sind 100000." in response.text
    assert len(response.content) < 1_000


@pytest.mark.parametrize("content", [b"[" * 100_000, _START + b'"limit": 1' + b"0" * 5_000 + b"}"])
def test_json_that_cannot_be_read(client, content):
    response = client.post(
        "/v1/matches", content=content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400


def test_a_file_where_the_form_expects_text(client, caplog):
    response = client.post("/", data={"body": "Soest"}, files={"text": ("a.txt", b"geheim")})
    assert response.status_code == 422
    assert "Bitte beschreiben, was gemeinsam erledigt werden soll." in response.text
    assert "geheim" not in response.text


def test_a_district_is_meant_where_districts_are_asked_for(client, asked):
    def keys(district):
        wanted = asked | {"filters": {"districts": [district]}, "limit": 500}
        return [m["body"]["ags"] for m in client.post("/v1/matches", json=wanted).json()["matches"]]

    assert keys("Soest") == keys("Kreis Soest") == keys("05974")


def test_openapi_describes_errors_as_they_are_sent(client):
    document = client.get("/openapi.json").json()
    assert "HTTPValidationError" not in document["components"]["schemas"]
    sent = client.post("/v1/matches", json={}).json()
    for operations in document["paths"].values():
        for operation in operations.values():
            assert "default" not in operation["responses"]
            described = operation["responses"]["500"]["content"]["application/problem+json"]
            assert described["schema"]["$ref"] == "#/components/schemas/Problem"
    assert set(document["components"]["schemas"]["Problem"]["properties"]) == set(sent)


def test_meta_counts_bodies_without_a_known_cooperation(client):
    coverage = client.get("/v1/meta").json()["coverage"]
    known = coverage["bodies_with_known_cooperation"]
    assert known + coverage["bodies_without_known_cooperation"] == coverage["bodies"]


def test_no_text_is_described_as_if_any_character_were_taken(client):
    """NUL is refused everywhere: the document lets no program send it."""

    def strings(schema: object) -> Iterator[dict[str, object]]:
        if isinstance(schema, dict):
            if schema.get("type") == "string":
                yield schema
            for part in schema.values():
                yield from strings(part)
        elif isinstance(schema, list):
            for part in schema:
                yield from strings(part)

    document = client.get("/openapi.json").json()
    asked = [
        parameter["schema"]
        for operations in document["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]
    asked += [s for name, s in document["components"]["schemas"].items() if name.endswith("Asked")]
    found = list(strings(asked))
    assert len(found) > 20
    for schema in found:
        if "enum" in schema or "const" in schema or "format" in schema:
            continue
        assert not re.search(str(schema.get("pattern", "")), "a\0b"), schema
