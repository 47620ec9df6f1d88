"""An office that works with outreach: its own database, clock and accounts; three task areas."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from data import TaskArea
from matcher import Matcher
from matcher.outreach import Outreach, score_all
from service.app import create_app
from service.loading import open_state
from service.outreach.background import OutreachStore
from service.outreach.history import History
from service.outreach.opportunity_list import OpportunityList
from service.settings import Settings
from service.staff import pages as staff_pages
from service.staff.accounts import Accounts
from service.staff.passwords import Passwords
from service.web.state import State
from tests.service.mailbox import Clock

LIST = "/v1/outreach"
COOKIE, DEVICE = "ikz_anmeldung", "ikz_geraet"
NAME, PASSWORD = "Ada Amt", "ein langes Passwort"
# Quick to compute: how slow a password is to try is told by one test of its own.
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
AREAS = (TaskArea.ARCHIV, TaskArea.IT, TaskArea.STANDESAMT)


def computed(store: OutreachStore, seconds: float = 60) -> OpportunityList:
    deadline = time.monotonic() + seconds
    while (lines := store.ready) is None:
        assert time.monotonic() < deadline, "outreach was not computed in time"
        time.sleep(0.02)
    return lines


@pytest.fixture(scope="session")
def three_areas(matcher: Matcher) -> OutreachStore:
    fits = score_all(matcher.knowledge, matcher.ranker, AREAS)
    store = OutreachStore(matcher, Outreach(matcher.dataset, matcher.knowledge, fits))
    computed(store)
    return store


@dataclass
class Office:
    """The service with outreach computed for three task areas."""

    settings: Settings
    matcher: Matcher
    store: OutreachStore
    clock: Clock
    app: FastAPI = field(init=False)
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.restart()
        self.accounts.add(NAME, PASSWORD)

    @property
    def state(self) -> State:
        return self.app.state.ikz

    @property
    def accounts(self) -> Accounts:
        return self.state[Accounts]

    @property
    def history(self) -> History:
        return self.state[History]

    def publish(self, store: OutreachStore) -> None:
        """Put another list in place of that of the service."""
        self.state.parts[OutreachStore] = store

    def restart(self, **changes: object) -> FastAPI:
        self.settings = self.settings.model_copy(update=changes)
        self.app = create_app(self.settings)
        self.app.state.ikz = open_state(self.settings, self.matcher, self.clock, self.store, CHEAP)
        self.client = self.stranger()
        return self.app

    def stranger(self) -> TestClient:
        return TestClient(self.app, raise_server_exceptions=False)

    def log_in(self, name: str = NAME, password: str = PASSWORD) -> TestClient:
        client = self.stranger()
        answer = client.post("/anmelden", data={"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        return client

    def stored(self, statement: str) -> list[tuple[Any, ...]]:
        """Read the database beside the service."""
        with sqlite3.connect(self.settings.database_url.removeprefix("sqlite:///")) as database:
            return database.execute(statement).fetchall()


def items(client: TestClient, **asked: object) -> list[dict[str, Any]]:
    answer = client.get(LIST, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def step(client: TestClient, identifier: str, **asked: object) -> Response:
    token = client.get(LIST, params={"limit": 1}).headers["X-CSRF-Token"]
    return client.patch(f"{LIST}/{identifier}", json=asked, headers={"X-CSRF-Token": token})


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


@pytest.fixture
def office(
    matcher: Matcher,
    three_areas: OutreachStore,
    empty_database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    monkeypatch.setattr(staff_pages, "DELAY_S", 0)
    file = shutil.copy(empty_database, tmp_path / "office.db")
    settings = Settings(database_url=f"sqlite:///{file}")
    made = Office(settings, matcher, three_areas, Clock())
    yield made
    made.state.database.close()
