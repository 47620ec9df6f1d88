from __future__ import annotations

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.staff import events
from service.staff.api_keys import ApiKeyError, ApiKeys, Scope
from tests.service.office import LIST, NAME, Office, items

READ, WRITE = Scope.OUTREACH_READ, Scope.OUTREACH_WRITE


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def keys(office: Office) -> ApiKeys:
    return office.state[ApiKeys]


def test_a_key_opens_what_its_scopes_say(office: Office, keys: ApiKeys):
    _, read = keys.create("Portal", [READ])
    _, write = keys.create("Fachverfahren", [READ, WRITE])
    client = office.stranger()
    assert client.get(LIST).status_code == 401
    answer = client.get(LIST, headers=bearer(read))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    address = f"{LIST}/{answer.json()['items'][0]['id']}"
    asked = {"note": "vom Fachverfahren"}
    refused = client.patch(address, json=asked, headers=bearer(read))
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Diesem Schlüssel fehlt das Recht outreach:write.",
    )
    done = client.patch(address, json=asked, headers=bearer(write))
    assert done.status_code == 200
    assert done.json()["history"][-1]["who"] == "Schlüssel Fachverfahren"


def test_a_key_is_no_login_for_pages(office: Office, keys: ApiKeys):
    _, key = keys.create("Portal", [READ, WRITE])
    answer = office.stranger().get("/impulse", headers=bearer(key), follow_redirects=False)
    assert answer.status_code == 303


def test_a_key_that_ended_opens_nothing(office: Office, keys: ApiKeys):
    revoked, key = keys.create("Alt", [READ])
    _, short = keys.create("Kurz", [READ], days=1)
    client = office.stranger()
    assert client.get(LIST, headers=bearer(short)).status_code == 200
    assert keys.revoke(revoked)
    assert not keys.revoke(revoked)
    office.clock.turn(days=1)
    for each in (key, short, "ikz_falsch", "falsch"):
        answer = client.get(LIST, headers=bearer(each))
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_only_a_hash_is_stored(office: Office, keys: ApiKeys):
    _, key = keys.create("Portal", [READ])
    assert key.startswith("ikz_")
    assert key not in str(office.stored("SELECT * FROM api_key"))


@pytest.mark.parametrize(("name", "scopes"), [(" ", [READ]), ("a\nb", [READ]), ("Portal", [])])
def test_a_key_that_cannot_be_made(keys: ApiKeys, name, scopes):
    with pytest.raises(ApiKeyError):
        keys.create(name, scopes)


def test_commands(office: Office, monkeypatch):
    monkeypatch.setenv("IKZ_DATABASE_URL", office.settings.database_url)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["key", *arguments])
        return done.exit_code, done.stdout

    code, key = run("create", "Portal", "--scope", "outreach:read")
    assert (code, key[:4]) == (0, "ikz_")
    _, listed = run("list")
    identifier, name, scopes, _, state = listed.strip().split("\t")
    assert (name, scopes, state) == ("Portal", "outreach:read", "gilt")
    assert key.strip() not in listed
    assert run("revoke", identifier)[0] == 0
    assert run("revoke", identifier)[0] == 1
    assert run("create", "Portal", "--scope", "alles")[0] == 2
    assert run("list")[1].strip().endswith("gilt nicht mehr")


def test_what_staff_do_is_kept_and_forgotten(office: Office, monkeypatch):
    client = office.log_in()
    items(client)
    office.state[ApiKeys].create("Portal", [READ])
    office.accounts.add("Bea", "ein langes Passwort")
    office.accounts.remove("Bea")
    found = events.listed(office.state.database, office.clock, 10)
    assert [(event.who, event.action) for event in found] == [
        ("ikz", "staff.remove"), ("ikz", "staff.add"), ("ikz", "key.create"),
        (NAME, "login"), ("ikz", "staff.add"),
    ]  # fmt: skip
    monkeypatch.setenv("IKZ_DATABASE_URL", office.settings.database_url)
    told = CliRunner().invoke(app, ["staff", "audit", "--limit", "1"])
    assert told.exit_code == 0
    office.clock.turn(days=730)
    assert events.listed(office.state.database, office.clock, 10) == []
    office.accounts.add("Cem", "ein langes Passwort")
    assert len(office.stored("SELECT * FROM staff_event")) == 1
