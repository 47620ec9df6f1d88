"""`ikz backup`, `restore` and `contact`, on a database that a service is using."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.storage.contacts import ADDRESS_COLUMNS
from service.storage.tables import Base
from tests.service.mailbox import MESSAGE, OTHER, OWNER, Site, bearer


@pytest.fixture
def run(site: Site, monkeypatch):
    """Run a command on the database of the running service."""
    monkeypatch.setenv("IKZ_DATABASE_URL", site.settings.database_url)

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        return result.exit_code, result.stdout, result.stderr

    return runner


def test_a_backup_while_serving_and_back(site: Site, run, tmp_path):
    identifier, token = site.open()
    file = tmp_path / "sicherung.zip"
    code, output, _ = run("backup", file)
    assert code == 0
    assert output.startswith("Gesichert: 3 Zeilen, Schema ")
    site.client.delete(f"/v1/searches/{identifier}", headers=bearer(token))
    site.open(email=OTHER)
    code, output, errors = run("restore", file)
    assert (code, output) == (2, "")
    assert errors.endswith("ersetzt: mit --yes.\n")
    assert site.listed() != [identifier]
    code, output, _ = run("restore", file, "--yes")
    assert code == 0
    assert output.startswith("Zurückgespielt: 3 Zeilen, Stand ")
    assert site.listed() == [identifier]  # by the service that runs
    answer = site.client.get(f"/v1/searches/{identifier}", headers=bearer(token))
    assert answer.status_code == 200


def test_a_folder_that_is_missing_is_named(site: Site, run, tmp_path):
    code, _, errors = run("backup", tmp_path / "nicht da" / "montag.zip")
    assert code == 1
    assert f"Den Ordner der Sicherung gibt es nicht: {tmp_path / 'nicht da'}" in errors.replace(
        "\n", ""
    )


def test_what_is_no_backup_is_refused(site: Site, run, tmp_path):
    identifier, _ = site.open()
    for content in (b"", b"keine Sicherung"):
        (tmp_path / "datei.zip").write_bytes(content)
        code, output, errors = run("restore", tmp_path / "datei.zip")
        assert (code, output) == (1, "")
        assert "datei.zip ist beschädigt oder keine Sicherung dieses Dienstes." in errors
    assert "Die Datei fehlt" in run("restore", tmp_path / "nichts.zip")[2]
    assert site.listed() == [identifier]


def test_without_a_database_nothing_is_made(run, monkeypatch, tmp_path):
    monkeypatch.setenv("IKZ_DATABASE_URL", f"sqlite:///{tmp_path / 'nichts.db'}")
    code, _, errors = run("backup", tmp_path / "sicherung.zip")
    assert code == 1
    assert "Die Datenbank gibt es noch nicht" in errors
    assert list(tmp_path.glob("nichts.db*")) == []


def test_all_of_an_address_is_told(site: Site, run):
    identifier, token = site.open()
    site.open(email=OTHER)
    site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE)
    code, output, _ = run("contact", "export", OWNER.upper())
    found = json.loads(output)
    assert code == 0
    assert [row["id"] for row in found["searches"]] == [identifier]
    assert found["searches"][0]["contact_name"] == "Anna Amt"
    assert {row["search_id"] for row in found["messages"]} == {identifier}
    assert token not in output
    assert "token_hash" not in output
    assert OTHER not in output


def test_all_of_an_address_is_deleted(site: Site, run):
    site.open()
    kept, _ = site.open(email=OTHER)
    code, output, _ = run("contact", "delete", OWNER)
    assert code == 0
    assert "1 Gesuche" in output
    assert site.listed() == [kept]
    assert json.loads(run("contact", "export", OWNER)[1]) == {}
    assert "nichts gespeichert" in run("contact", "delete", OWNER)[1]
    site.client.app.state.ikz.database.close()
    for path in site.file.parent.glob("searches.db*"):
        assert OWNER.encode() not in path.read_bytes()


def test_an_address_that_is_none(run):
    code, _, errors = run("contact", "export", "keine Adresse")
    assert code == 2
    assert "E-Mail-Adresse angeben" in errors


def test_no_column_with_an_address_is_forgotten():
    named = {
        column.name
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(word in column.name for word in ("mail", "recipient", "address"))
    }
    assert named <= ADDRESS_COLUMNS
