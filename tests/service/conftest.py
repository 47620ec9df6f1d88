from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from matcher import Matcher

BODY = "05974008"
TEXT = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln, weil Fachkräfte fehlen"


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def asked() -> dict[str, object]:
    return {"body": BODY, "description": TEXT}


@pytest.fixture(scope="session")
def degraded() -> Matcher:
    """Return the matcher as it is without a text model."""
    return Matcher.load(text_model=None)
