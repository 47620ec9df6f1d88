"""Two real services on one PostgreSQL, below a path: who may do what, and what both of them count."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from eval.reliability.people import secret
from service.cli import app
from service.staff import login_limits
from tests.service.mailbox import ARCHIVE, Mailbox, bearer, receiving
from tests.service.process import PLAIN, Process, serving
from tests.service.test_faults import mail_settings, wait_until

PREFIX = "/partnersuche"
A_MINUTE = 30
A_MAILBOX = 6


@dataclass(frozen=True)
class Replicas:
    """Both services, the mails they send, and commands on their database."""

    both: tuple[Process, Process]
    box: Mailbox
    settings: dict[str, object]

    def ask(self, number: int, method: str, path: str, **given: Any) -> httpx.Response:
        """Ask one of them, turn by turn."""
        address = f"{self.both[number % 2].address}{PREFIX}{path}"
        return httpx.request(method, address, timeout=60, verify=PLAIN, **given)

    def ikz(self, *arguments: str | Path, ends_with: int = 0) -> str:
        """Run a command beside them; returns what it printed."""
        settings = {"IKZ_DATABASE_URL": str(self.settings["database_url"])}
        done = CliRunner().invoke(app, [*map(str, arguments)], env=settings)
        assert done.exit_code == ends_with, done.output
        return done.stderr if ends_with else done.stdout


@pytest.fixture(scope="module")
def replicas(postgresql, tmp_path_factory) -> Iterator[Replicas]:
    postgresql.command("CREATE DATABASE replicas")
    with receiving() as (box, port), ExitStack() as running:
        settings = mail_settings(
            port,
            database_url=postgresql.url("replicas"),
            base_url=f"https://kreis.example{PREFIX}",
            client_requests=A_MINUTE,
            text_model="",
        )
        both = [
            running.enter_context(serving(tmp_path_factory.mktemp("replica"), **settings))
            for _ in range(2)
        ]
        yield Replicas((both[0], both[1]), box, settings)
    postgresql.command("DROP DATABASE replicas WITH (FORCE)")


def test_a_page_below_a_path_has_its_style_and_scripts(replicas: Replicas):
    page = replicas.ask(0, "GET", "/", headers={"Accept": "text/html"}).text
    files = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page)
    assert len(files) >= 4
    for file in files:
        assert file.startswith(f"{PREFIX}/")
        assert replicas.ask(0, "GET", file.removeprefix(PREFIX)).status_code == 200


def test_a_client_is_told_what_it_has_left_of_a_route_and_is_refused_then(replicas: Replicas):
    answers = [replicas.ask(0, "GET", "/v1/legal-forms") for _ in range(A_MINUTE + 1)]
    assert [answer.status_code for answer in answers] == [200] * A_MINUTE + [429]
    assert answers[0].headers["RateLimit-Policy"] == f'"client";q={A_MINUTE};w=60'
    assert answers[0].headers["RateLimit"].startswith(f'"client";r={A_MINUTE - 1};')
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].headers["Content-Type"] == "application/problem+json"
    assert replicas.ask(0, "GET", "/v1/task-areas").status_code == 200


def test_failed_logins_at_either_are_counted_together(replicas: Replicas):
    given = {"name": "Ada Amt", "password": "ein falsches Passwort"}
    most = login_limits.MOST_FROM_ONE
    codes = [
        replicas.ask(number, "POST", "/anmelden", data=given).status_code
        for number in range(most + 2)
    ]
    assert codes == [401] * most + [429] * 2


def test_a_mailbox_gets_so_many_mails_from_both_whatever_its_tag(replicas: Replicas):
    answers = [
        replicas.ask(n, "POST", "/v1/searches", json=ARCHIVE | {"email": f"a+{n}@x.example"})
        for n in range(A_MAILBOX + 1)
    ]
    assert [answer.status_code for answer in answers] == [202] * A_MAILBOX + [429]
    assert answers[-1].headers["RateLimit-Policy"] == f'"mails-mailbox";q={A_MAILBOX};w=3600'


def test_a_key_made_by_command_opens_what_its_scope_says_until_it_is_revoked(replicas: Replicas):
    key = replicas.ikz("key", "create", "Portal", "--scope", "outreach:read").strip()
    identifier = replicas.ikz("key", "list").split("\t")[0]
    assert key not in replicas.ikz("key", "list")

    def change(number: int, given: str) -> tuple[int, str]:
        path, note = "/v1/outreach/unknown", {"note": "vom Portal"}
        answer = replicas.ask(number, "PATCH", path, json=note, headers=bearer(given))
        return answer.status_code, answer.json()["detail"]

    lacks = (403, "Diesem Schlüssel fehlt das Recht outreach:write.")
    assert [change(number, key) for number in range(2)] == [lacks, lacks]
    assert change(0, f"{key}x")[0] == 401
    replicas.ikz("key", "revoke", identifier)
    assert [change(number, key)[0] for number in range(2)] == [401, 401]


def test_a_search_is_not_confirmed_until_the_office_says_so_and_its_log_knows(replicas: Replicas):
    asked = ARCHIVE | {"email": "jemand@web.example"}
    assert replicas.ask(0, "POST", "/v1/searches", json=asked).status_code == 202
    wait_until(lambda: any(mail["To"] == asked["email"] for mail in replicas.box.mails))
    (mail,) = [mail for mail in replicas.box.mails if mail["To"] == asked["email"]]
    identifier, token = secret(mail)
    confirmed = replicas.ask(1, "POST", f"/gesuche/{identifier}/bestaetigen", data={"token": token})
    assert confirmed.status_code == 303

    def shown(number: int) -> tuple[str | None, bool]:
        proof = replicas.ask(number, "GET", f"/v1/searches/{identifier}").json()["body_proof"]
        page = replicas.ask(number, "GET", f"/gesuche/{identifier}").text
        return proof, "(nicht bestätigt)" in page

    assert [shown(number) for number in range(2)] == [(None, True)] * 2
    replicas.ikz("staff", "approve", identifier)
    assert [shown(number) for number in range(2)] == [("staff", False)] * 2
    log = replicas.ikz("staff", "audit")
    assert "search.approve" in log
    assert identifier in log


def test_no_export_of_what_strangers_wrote_holds_a_formula(replicas: Replicas, tmp_path):
    given = {"request_id": "-2-3", "ags": "05974040", "verdict": "fits"}
    assert replicas.ask(1, "POST", "/v1/feedback", json=given).status_code == 204
    replicas.ikz("feedback", "export", tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as stream:
        (_, row) = csv.reader(stream)
    assert row[0] == "'-2-3"


def test_all_of_an_address_is_told_saved_and_deleted_while_both_serve(replicas: Replicas, tmp_path):
    address, saved = "carla@lippstadt.example", tmp_path / "montag.zip"
    asked = ARCHIVE | {"email": address}
    assert replicas.ask(0, "POST", "/v1/searches", json=asked).status_code == 202
    told = json.loads(replicas.ikz("contact", "export", address))
    assert address in json.dumps(told)
    replicas.ikz("backup", saved)
    replicas.ikz("contact", "delete", address)
    assert address not in replicas.ikz("contact", "export", address).replace(address, "", 1)
    replicas.ikz("restore", saved, "--yes")
    assert json.loads(replicas.ikz("contact", "export", address)) == told
    damaged = saved.read_bytes()
    saved.write_bytes(damaged[:-9])
    assert "ist beschädigt" in replicas.ikz("restore", saved, "--yes", ends_with=1)
    assert json.loads(replicas.ikz("contact", "export", address)) == told
