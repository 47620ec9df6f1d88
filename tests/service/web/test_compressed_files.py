"""Style sheets and scripts are compressed once, and told to be so."""

from __future__ import annotations

import gzip
import os

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.web import compressed_files
from service.web.compressed_files import CompressedFiles

RULES = "p { margin: 0 }\n" * 200


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages.css").write_text(RULES, "utf-8")
    (tmp_path / "small.css").write_text("p { margin: 0 }", "utf-8")
    (tmp_path / "font.woff2").write_bytes(bytes(5_000))
    return tmp_path


@pytest.fixture
def files(folder):
    app = FastAPI()
    app.mount("/", CompressedFiles(folder))
    return TestClient(app)


@pytest.fixture
def made(monkeypatch):
    """Count what is compressed."""
    calls: list[int] = []
    real = gzip.compress

    def count(content: bytes, *rest: int, **named: int) -> bytes:
        calls.append(len(content))
        return real(content, *rest, **named)

    monkeypatch.setattr(compressed_files.gzip, "compress", count)
    return calls


def test_a_style_sheet_is_compressed_once(files, made):
    answers = [files.get("/pages.css") for _ in range(3)]
    assert made == [len(RULES)]
    for answer in answers:
        assert answer.text == RULES
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        assert int(answer.headers["Content-Length"]) < len(RULES) / 10


def test_who_has_it_or_takes_no_compression_is_answered_so(files, made):
    known = files.get("/pages.css").headers["ETag"]
    assert files.get("/pages.css", headers={"If-None-Match": known}).status_code == 304
    plain = files.get("/pages.css", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.text == RULES
    assert made == [len(RULES)]


def test_a_file_that_changed_is_compressed_anew(files, folder, made):
    files.get("/pages.css")
    (folder / "pages.css").write_text(RULES * 2, "utf-8")
    os.utime(folder / "pages.css", (2_000_000_000, 2_000_000_000))
    assert files.get("/pages.css").text == RULES * 2
    assert made == [len(RULES), 2 * len(RULES)]


@pytest.mark.parametrize("name", ["small.css", "font.woff2"])
def test_what_gains_nothing_stays_as_it_is(files, made, name):
    assert "Content-Encoding" not in files.get(f"/{name}").headers
    assert made == []


@pytest.mark.parametrize(
    "address",
    ["/static/style.css", "/static/embed/ikz-partnersuche.js", "/vendor/kern/kern.min.css",
     "/vendor/leaflet/leaflet.js"],
)  # fmt: skip
def test_the_files_of_the_pages_are_compressed_once(client, made, address):
    for _ in range(2):
        answer = client.get(address)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(made) <= 1  # none where another test asked before
    assert client.head(address).headers["Content-Length"] == answer.headers["Content-Length"]
