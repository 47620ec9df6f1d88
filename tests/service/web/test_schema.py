"""The interface keeps to its own OpenAPI document, whatever is sent.

Schemathesis makes requests from the document, right ones and wrong ones, by strangers, by owners of
open searches and by staff, so that what changes and deletes is reached too. A few in this suite;

    IKZ_SCHEMA_CASES=5000 make test TESTS=tests/service/web/test_schema.py

makes that many.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from service.app import create_app
from service.loading import open_state
from service.mail.rounds import Rounds
from service.settings import Settings
from service.staff import pages as staff_pages
from service.staff.accounts import Accounts
from tests.service.mailbox import ARCHIVE, Clock, Mailbox, text
from tests.service.office import CHEAP, LIST, NAME, PASSWORD

CASES = int(os.environ.get("IKZ_SCHEMA_CASES", "80"))
load_all_checks()
MANY = 1_000
SESSION = timedelta(hours=24)
NEGATIVE = "negative_data_rejection"
CHECKED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance",
        "response_headers_conformance", "response_schema_conformance", "negative_data_rejection",
        "unsupported_method", "allow_header_conformance",
    )
]  # fmt: skip
# Whether a name is that of a body, no schema can tell; nor whether there is anything to change.
FACTS = re.compile(
    r"/(body|ags|district|matter|partners/\d+|explain/\d+|ignore_named/\d+|filters/exclude/\d+|"
    r"filters/districts/\d+|filters/government_regions/\d+|government_region)|/?"
)
MATTERS = ("/description", "/min_group", "/format")  # one of several, or in the light of another


@dataclass
class Visitors:
    """Who asks: the service with open searches whose secrets are known, and staff logged in."""

    app: Any
    mailbox: Mailbox
    clock: Clock
    client: TestClient
    staff: dict[str, str] = field(default_factory=dict)
    searches: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    turn: int = 0
    logged_in: datetime = field(init=False)
    replaced: bool = False

    def log_in(self) -> None:
        staff = TestClient(self.app)
        staff.post("/anmelden", data={"name": NAME, "password": PASSWORD})
        cookies = "; ".join(f"{name}={value}" for name, value in staff.cookies.items())
        listed = staff.get(LIST, params={"limit": 5})
        assert listed.status_code == 200, listed.text
        self.staff = {"Cookie": cookies, "X-CSRF-Token": listed.headers["X-CSRF-Token"]}
        self.lines = [item["id"] for item in listed.json()["items"]]
        self.logged_in = self.clock()

    def publish(self) -> None:
        self.clock.turn(hours=2)
        sent = self.client.post("/v1/searches", json=ARCHIVE)
        assert sent.status_code == 202, sent.text
        self.app.state.ikz[Rounds].go()
        found = re.search(r"bestaetigen\?token=([\w-]+)", text(self.mailbox.mails[-1]))
        assert found is not None
        identifier = sent.json()["id"]
        address = f"/gesuche/{identifier}/bestaetigen"
        done = self.client.post(address, data={"token": found[1]}, follow_redirects=False)
        assert done.status_code == 303, done.text
        self.searches.append((identifier, found[1]))

    def send(self, case: Case) -> Any:
        """Send a case: each third as it is, each third with a secret, each third with another."""
        self.turn += 1
        headers: dict[str, str] = {}
        path = case.operation.path
        if self.turn % 3 and path.startswith("/v1/searches/{identifier}"):
            alive = [s for s in self.searches if self.client.get(f"/v1/searches/{s[0]}").is_success]
            if not alive:
                self.searches.clear()
                self.publish()
                alive = self.searches
            identifier, token = alive[self.turn % len(alive)]
            case.path_parameters = {"identifier": identifier}
            if self.turn % 3 == 1:
                headers["Authorization"] = f"Bearer {token}"
        if path.startswith(LIST) and self.turn % 3:
            if self.clock() - self.logged_in > SESSION / 2:
                self.log_in()
            case.cookies = {}
            headers |= self.staff
            if "{" in path and self.turn % 5:
                case.path_parameters = {"identifier": self.lines[self.turn % len(self.lines)]}
        self.replaced = bool(headers)
        self.clock.turn(seconds=60)  # so that no mailbox hears too much
        return case.call(headers=headers, timeout=60)


@pytest.fixture
def visitors(matcher, three_areas, mailbox, tmp_path, monkeypatch) -> Iterator[Visitors]:
    monkeypatch.setattr(staff_pages, "DELAY_S", 0)
    box, port = mailbox
    given_settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'state.db'}",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_starttls=False,
        search_days=730,
        staff_hours=SESSION // timedelta(hours=1),
        client_requests=0,
    )
    clock = Clock()
    app = create_app(given_settings)
    app.state.ikz = open_state(given_settings, matcher, clock, three_areas, CHEAP)
    client = TestClient(app, raise_server_exceptions=False)
    app.state.ikz[Accounts].add(NAME, PASSWORD)
    made = Visitors(app, box, clock, client)
    made.log_in()
    for _ in range(2):
        made.publish()
    yield made
    app.state.ikz.database.close()


def test_every_answer_is_documented(visitors: Visitors):
    schema = schemathesis.openapi.from_asgi("/openapi.json", visitors.app)
    operations = [found.ok() for found in schema.get_all_operations()]
    each = max(1, CASES // (2 * len(operations)))
    failures: dict[str, str] = {}
    answers: Counter[tuple[str, int]] = Counter()

    def look(case: Case) -> None:
        answer = visitors.send(case)
        answers[case.operation.label, answer.status_code] += 1
        try:
            # What was wrong may have stood where a secret stands now.
            left = [c for c in CHECKED if not (visitors.replaced and c.__name__ == NEGATIVE)]
            case.validate_response(answer, checks=left)
        except FailureGroup as found:
            for failure in found.exceptions:
                name = f"{case.operation.label}: {type(failure).__name__}"
                failures.setdefault(name, f"{failure}\n{case.as_curl_command()}\n{answer.text}")
        refused = answer.status_code == 422
        if refused and case.meta and case.meta.generation.mode is GenerationMode.POSITIVE:
            pointers = [error["pointer"] for error in answer.json().get("errors", [])]
            if not all(FACTS.fullmatch(p) or p in MATTERS for p in pointers):
                name = f"{case.operation.label}: refused {pointers}"
                failures.setdefault(name, f"{case.as_curl_command()}\n{answer.text}")

    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @seed(20_260_101)
            @settings(
                max_examples=each,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(mode))
            def ask(case: Case) -> None:
                look(case)

            try:
                ask()
            except Unsatisfiable:
                continue  # nothing about it can be wrong
    print(f"{sum(answers.values())} cases, {len(failures)} kinds of failure")
    assert failures == {}, "\n\n".join(f"{name}\n{told}" for name, told in failures.items())
    if CASES < MANY:
        return
    reached = {label for (label, status) in answers if status < 300}
    for label in ("PATCH /v1/searches/{identifier}", "DELETE /v1/searches/{identifier}",
                  "PATCH /v1/outreach/{identifier}", "POST /v1/searches/{identifier}/messages"):  # fmt: skip
        assert label in reached, label
