from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from matcher import Matcher
from service.app import create_app
from service.settings import Settings
from tests.service.browser import address, browser  # noqa: F401 (fixtures)
from tests.service.mailbox import mailbox, site  # noqa: F401 (fixtures)
from tests.service.office import office, three_areas  # noqa: F401 (fixtures)

BODY = "05974008"
TEXT = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln, weil Fachkräfte fehlen"


@pytest.fixture(scope="session", autouse=True)
def isolated_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Keep tests away from the database of whoever runs them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'tests.db'}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("IKZ_DATABASE_URL", url)
        yield url


@pytest.fixture(scope="session")
def app(matcher: Matcher) -> FastAPI:
    return create_app(Settings(), matcher)


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
