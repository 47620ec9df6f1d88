"""HEAD is answered as GET, without a body."""

from __future__ import annotations

import pytest

PAGES = ["/", "/methode", "/kommunen", "/kooperationen", "/gesuche", "/hinweise", "/v1/meta",
         "/v1/bodies?limit=1", "/health/live", "/openapi.json", "/static/style.css"]  # fmt: skip


@pytest.mark.parametrize("address", [*PAGES, "/nirgends", "/v1/bodies?limit=0", "/v1/matches"])
def test_the_head_is_that_of_get_and_no_more(client, address):
    got, asked = client.get(address), client.head(address)
    assert asked.status_code == got.status_code
    assert asked.content == b""
    for name in ("Content-Type", "Content-Length", "Allow", "Vary", "ETag"):
        assert asked.headers.get(name) == got.headers.get(name), name


@pytest.mark.parametrize("address", PAGES)
def test_where_get_is_head_is_too(client, address):
    assert client.head(address).status_code == 200
    refused = client.delete(address)
    assert refused.status_code == 405
    assert "HEAD" in refused.headers["Allow"]
