"""What the features keep, kept in PostgreSQL; and text that it cannot take is refused at the door."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from data import TaskArea
from matcher.outreach import Chunk
from service.cli import app as command
from service.outreach.score_store import ScoreStore
from service.settings import Settings
from service.staff import login_limits
from service.staff import pages as staff_pages
from tests.service.mailbox import (
    ARCHIVE,
    MESSAGE,
    OTHER,
    OWNER,
    SAME_MATTER,
    Clock,
    Site,
    bearer,
    text,
)
from tests.service.office import NAME, Office, items, step

_SEARCHES = "/v1/searches"
_JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def url(postgresql):
    postgresql.command("CREATE DATABASE served")
    return postgresql.url("served")


@pytest.fixture
def empty(url, postgresql):
    """Return the address of a database whose tables are empty, if they are there."""
    tables = postgresql.command(
        "SELECT tablename FROM pg_tables "
        "WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
        "served",
    )
    if tables:
        named = ", ".join(name for (name,) in tables)
        postgresql.command(f"TRUNCATE {named} RESTART IDENTITY CASCADE", "served")
    return url


@pytest.fixture
def site(matcher, mailbox, tmp_path, empty):
    box, port = mailbox
    settings = Settings(
        database_url=empty,
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_starttls=False,
        mail_from="partnersuche@dienst.example",
    )
    made = Site(settings, matcher, box, Clock(), tmp_path / "none")
    yield made
    made.state.database.close()


@pytest.fixture
def office(matcher, three_areas, monkeypatch, empty):
    monkeypatch.setattr(staff_pages, "DELAY_S", 0)
    made = Office(Settings(database_url=empty), matcher, three_areas, Clock())
    yield made
    made.state.database.close()


def test_searches_from_publication_to_deletion(site):
    first, first_token = site.open()
    site.clock.turn(minutes=1)
    second, second_token = site.open(**SAME_MATTER)
    assert site.listed() == [second, first]
    told = [mail for mail in site.mailbox.mails if "passendes Gesuch" in mail["Subject"]]
    assert [mail["To"].addresses[0].addr_spec for mail in told] == [OTHER, OWNER]
    changed = site.client.patch(
        f"{_SEARCHES}/{second}",
        json={"title": "Neu", "prolong": True},
        headers=bearer(second_token),
    )
    assert changed.json()["title"] == "Neu"
    for _ in range(5):
        sent = site.client.post(f"{_SEARCHES}/{first}/messages", json=MESSAGE)
        assert sent.status_code == 202
    assert site.client.post(f"{_SEARCHES}/{first}/messages", json=MESSAGE).status_code == 429
    assert "wir hätten Interesse." in text(site.mailbox.mails[-1])
    deleted = site.client.delete(f"{_SEARCHES}/{first}", headers=bearer(first_token))
    assert deleted.status_code == 204
    site.clock.turn(days=200)
    site.restart()  # deletes what expired
    assert site.state.database is not None
    owned = site.client.get(f"{_SEARCHES}/{second}", headers=bearer(second_token))
    assert owned.status_code == 404


def test_feedback_is_kept_and_exported(site, tmp_path, monkeypatch):
    given = {"request_id": "3f2a", "ags": "05974040", "verdict": "fits"}
    for verdict in ("fits", "does_not_fit"):  # a later one takes the place of the first
        assert (
            site.client.post("/v1/feedback", json=given | {"verdict": verdict}).status_code == 204
        )
    monkeypatch.setenv("IKZ_DATABASE_URL", site.settings.database_url)
    done = CliRunner().invoke(command, ["feedback", "export", str(tmp_path / "all.csv")])
    assert done.exit_code == 0, done.output
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["ags"], row["verdict"]) for row in rows] == [("05974040", "does_not_fit")]
    assert rows[0]["time"] == "2027-03-01T12:00:00+00:00"


def test_staff_log_in_and_note_their_steps(office):
    client = office.log_in()
    line = items(client, task_area="archiv")[0]
    noted = step(client, line["id"], status="angesprochen", note="Brief „vom 1. März“ 😀")
    assert noted.status_code == 200
    office.restart()
    client = office.log_in()
    assert office.history.record().note(line["id"]) == "Brief „vom 1. März“ 😀"
    office.accounts.remove(NAME)
    assert client.get("/v1/outreach").status_code == 401


def test_failed_logins_are_counted_over_all_services(office):
    """Each asks in its own thread; together they get what one would."""

    def tried(_: int) -> int:
        client = TestClient(office.app, raise_server_exceptions=False)
        data = {"name": NAME, "password": "ein falsches Passwort"}
        return client.post("/anmelden", data=data, follow_redirects=False).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(tried, range(8)))
    assert codes.count(401) == login_limits.MOST_FROM_ONE
    assert codes.count(429) == 8 - login_limits.MOST_FROM_ONE


def test_scores_are_kept(office):
    store = ScoreStore(office.state.database, office.clock)
    rows, score = np.arange(400), np.linspace(-3, 3, 400).astype(np.float32)
    store.keep("k" * 64, Chunk((TaskArea.ARCHIV,), rows, rows[::-1], score))
    (found,) = store.find(["k" * 64, "x" * 64]).values()
    assert found.areas == (TaskArea.ARCHIV,)
    assert found.candidate.tolist() == rows[::-1].tolist()
    assert found.score.tolist() == score.tolist()


def hostile(fields: dict[str, str], keys: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Return JSON with a NUL or half a character in each of the fields."""
    made = []
    for key in keys:
        for broken in (r"a\u0000b", r"a\ud800b"):
            pairs = (f'"{k}": "{broken if k == key else v}"' for k, v in fields.items())
            made.append((key, ("{" + ", ".join(pairs) + "}").encode()))
    return made


def test_no_field_takes_what_is_no_text(site):
    identifier, token = site.open()
    mails = len(site.mailbox.mails)
    address = f"{_SEARCHES}/{identifier}"
    words = {"title": "Archiv", "description": "Archiv", "task_area": "archiv"}
    given = {"request_id": "r", "ags": "05974040", "verdict": "fits"}
    asked = [
        (
            "POST",
            _SEARCHES,
            {},
            hostile(ARCHIVE | {"task_area": "archiv"}, (*ARCHIVE, "task_area")),
        ),
        ("POST", f"{address}/messages", {}, hostile(MESSAGE | {"message": "x"}, tuple(MESSAGE))),
        ("PATCH", address, bearer(token), hostile(words, tuple(words))),
        ("POST", "/v1/feedback", {}, hostile(given, tuple(given))),
    ]
    for method, path, headers, bodies in asked:
        for field, body in bodies:
            answer = site.client.request(method, path, content=body, headers=_JSON | headers)
            assert answer.status_code == 422, (path, field)
            assert answer.json()["errors"][0]["pointer"] == f"/{field}"
    forms = [
        ("/gesuche/neu", ("body", "title", "description", "task_area", "name", "email")),
        (f"/gesuche/{identifier}/nachricht", ("name", "email", "message")),
        (f"/gesuche/{identifier}/verwalten", ("title", "description", "token")),
        (f"/gesuche/{identifier}/bestaetigen", ("token",)),
        ("/anmelden", ("name", "password", "weiter")),
        ("/gesuche/neu/vorlage", ("body", "text", "task_area")),
    ]
    for path, names in forms:
        for name in names:
            for broken, refused in ((b"a%00b", 422), (b"a\x00b", 422), (b"a%ED%A0%80b", None)):
                body = name.encode() + b"=" + broken
                answer = site.client.post(
                    path,
                    content=body,
                    headers={"Content-Type": "application/x-www-form-urlencoded"},
                )
                assert refused in (None, answer.status_code), (path, name)
                assert answer.status_code < 500, (path, name)
    for path in (
        f"{_SEARCHES}/a%00b", f"{_SEARCHES}/a%ED%A0%80b", f"{_SEARCHES}?body=a%00",
        f"{_SEARCHES}?body=%ED%A0%80", f"/gesuche/{identifier}/verwalten?token=%ED%A0%80",
        "/gesuche?body=a%00", f"{_SEARCHES}/{'x' * 5_000}",
    ):  # fmt: skip
        assert 400 <= site.client.get(path).status_code < 500, path
    assert len(site.mailbox.mails) == mails
    assert site.listed() == [identifier]


@pytest.mark.parametrize("typed", ["a\u2028b", "a\rb", "a\u0085b", "a\x1bb"])
def test_no_line_takes_what_breaks_it(site, typed):
    identifier, _ = site.open()
    mails = len(site.mailbox.mails)
    for name in ("title", "name"):
        answer = site.client.post(_SEARCHES, json=ARCHIVE | {name: typed})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{name}")
    answer = site.client.post(f"{_SEARCHES}/{identifier}/messages", json=MESSAGE | {"name": typed})
    assert answer.status_code == 422
    assert len(site.mailbox.mails) == mails
