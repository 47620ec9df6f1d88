"""`ikz doctor`: whether an installation is fit to serve, and what to mend.

Each check is a function that yields what it found; none changes anything, none needs another one.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer
from msgspec import Struct

from service.commands.console import FAILED, settings_or_stop

if TYPE_CHECKING:
    from service.settings import Settings

_PACKAGE = "ikz-partnersuche"
_LEAST_PYTHON = (3, 11)
_SCARCE_BYTES, _TOO_FEW_BYTES = 2 * 2**30, 200 * 2**20
_OWN_HOSTS = ("127.0.0.1", "localhost", "::1")


class Level(Enum):
    """How serious it is; the value is what the line begins with."""

    OK = "in Ordnung"
    NOTE = "Hinweis"
    FAULT = "Fehler"


class Finding(Struct, frozen=True):
    """What a check found, in one German sentence, and what to do about it."""

    level: Level
    sentence: str
    mend: str = ""


Findings = Iterator[Finding]


def doctor() -> None:
    """Prüft die Installation und sagt, was zu beheben ist; Rückgabewert 1 bei Fehlern."""
    settings = settings_or_stop()
    found = [finding for check in CHECKS for finding in _checked(check, settings)]
    for finding in found:
        print(f"{finding.level.value}: {finding.sentence}")
        if finding.mend:
            print(f"    Abhilfe: {finding.mend}")
    faults = sum(finding.level is Level.FAULT for finding in found)
    notes = sum(finding.level is Level.NOTE for finding in found)
    print(f"{faults} Fehler, {notes} Hinweise.")
    if faults:
        raise typer.Exit(FAILED)


def _checked(check: Callable[[Settings], Findings], settings: Settings) -> list[Finding]:
    try:
        return list(check(settings))
    except Exception as error:  # whatever a broken installation raises: the other checks go on
        name = check.__name__.removeprefix("_")
        return [Finding(Level.FAULT, f"Die Prüfung „{name}“ ist gescheitert: {error}")]


def _python(_settings: Settings) -> Findings:
    have, need = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, _LEAST_PYTHON))
    if sys.version_info < _LEAST_PYTHON:
        mend = f"Python {need} oder neuer installieren."
        yield Finding(Level.FAULT, f"Python {have} ist zu alt.", mend)
    else:
        yield Finding(Level.OK, f"Python {have}")


def _packages(_settings: Settings) -> Findings:
    from packaging.requirements import Requirement

    try:
        required = [Requirement(line) for line in metadata.requires(_PACKAGE) or ()]
    except metadata.PackageNotFoundError:
        mend = "„pip install -e .“ im Ordner des Projekts (macht auch „make run“)."
        yield Finding(Level.FAULT, f"Das Paket {_PACKAGE} ist nicht installiert.", mend)
        return
    needed = [r for r in required if r.marker is None or r.marker.evaluate({"extra": ""})]
    wrong = []
    for requirement in needed:
        try:
            have = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} fehlt")
            continue
        if not requirement.specifier.contains(have, prereleases=True):
            wrong.append(f"{requirement.name} {have} statt {requirement.specifier}")
    if wrong:
        mend = "Mit „pip install -r requirements.lock“, im Ordner des Projekts mit „make run“."
        yield Finding(Level.FAULT, f"Pakete: {'; '.join(wrong)}.", mend)
    else:
        yield Finding(Level.OK, f"{len(needed)} Pakete in den verlangten Versionen")


def _pages(_settings: Settings) -> Findings:
    from service.app import VENDOR

    missing = [name for name, folder in VENDOR.items() if not folder.is_dir()]
    if missing:
        sentence = f"Den Seiten fehlen {', '.join(missing)}; sie bleiben schlicht."
        yield Finding(Level.FAULT, sentence, "„make run“ legt sie an.")
    else:
        yield Finding(Level.OK, "Stilvorlagen und Karte der Seiten")


def _data_and_models(settings: Settings) -> Findings:
    import data
    import models
    from data.dataset import TABLES
    from data.provenance import damaged_files
    from matcher import features

    tables = settings.data_dir or TABLES
    artifacts = settings.artifacts_dir or models.ARTIFACTS
    try:
        damaged = damaged_files(tables)
        if damaged:
            raise data.DataError(damaged)
        version = data.load(tables).version
        yield Finding(Level.OK, f"Daten, Stand {version}")
    except data.DataError as error:
        yield Finding(Level.FAULT, f"Daten in {tables}: {error}")
        return
    try:
        models.check_manifest(artifacts)
        ranker = models.load_ranker(artifacts)
        models.check_fits(ranker, version, features.fingerprint(), features.NAMES, None)
        yield Finding(Level.OK, f"Rangfolge {ranker.version}, Prüfsummen aller Modelle")
    except models.ModelError as error:
        yield Finding(Level.FAULT, str(error))


def _text_model(settings: Settings) -> Findings:
    import models

    if not settings.text_model:
        yield Finding(
            Level.NOTE,
            "Das Textmodell ist abgeschaltet: Die Vorschläge lesen die Beschreibung nicht.",
            f"IKZ_TEXT_MODEL={models.BUNDLED} setzen.",
        )
        return
    try:
        yield Finding(Level.OK, f"Textmodell {models.TextModel(settings.text_model).name}")
    except models.ModelError as error:
        yield Finding(Level.FAULT, str(error))


def _database(settings: Settings) -> Findings:
    from sqlalchemy import inspect, make_url, text

    from service.storage import Database, StorageError, migration
    from service.storage.condition import look_at
    from service.storage.faults import told

    url = make_url(settings.database_url)
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if file is not None and not str(file).startswith("file:") and not file.is_file():
        yield from _folder_for(file)
        return
    database = Database(settings.database_url)
    try:
        with told(), database.engine.connect() as connection:
            made = inspect(connection).has_table("alembic_version")
            schema = (
                connection.scalar(text("SELECT version_num FROM alembic_version")) if made else None
            )
        # Only a schema that is up to date is tried by writing: looking must not change it.
        if schema is not None and schema not in migration.known():
            sentence = f"Die Datenbank gehört zu einer neueren Version (Schema {schema})."
            yield Finding(Level.FAULT, sentence, "Den Dienst aktualisieren.")
        elif schema != migration.newest():
            sentence = "Die Datenbank ist erreichbar; ihr Schema wird beim nächsten Start erneuert."
            yield Finding(Level.NOTE, sentence, "Vorher sichern: „ikz backup DATEI“.")
        elif (fault := look_at(database).fault) is not None:
            yield Finding(Level.FAULT, fault.sentence)
        else:
            yield Finding(Level.OK, f"Datenbank ({url.get_backend_name()}), Schema {schema}")
    except StorageError as error:
        yield Finding(Level.FAULT, error.fault.sentence, "IKZ_DATABASE_URL und den Server prüfen.")
    finally:
        database.close()


def _folder_for(file: Path) -> Findings:
    if file.parent.is_dir():
        yield Finding(Level.NOTE, f"Die Datenbank {file} wird beim ersten Start angelegt.")
    else:
        mend = "Den Ordner anlegen oder IKZ_DATABASE_URL ändern."
        yield Finding(Level.FAULT, f"Den Ordner der Datenbank gibt es nicht: {file.parent}", mend)


def _disk(settings: Settings) -> Findings:
    from sqlalchemy import make_url

    url = make_url(settings.database_url)
    folder = Path(url.database or "").parent if url.get_backend_name() == "sqlite" else Path()
    if not folder.is_dir():
        return
    free = shutil.disk_usage(folder).free
    told = f"{free / 2**30:.1f} GB frei in {folder.resolve()}".replace(".", ",", 1)
    if free < _TOO_FEW_BYTES:
        yield Finding(Level.FAULT, f"Der Datenträger ist fast voll: {told}", "Platz schaffen.")
    elif free < _SCARCE_BYTES:
        yield Finding(Level.NOTE, f"Der Datenträger wird voll: {told}", "Platz schaffen.")
    else:
        yield Finding(Level.OK, f"Datenträger: {told}")


def _mail(settings: Settings) -> Findings:
    from service.mail import probe as mail_probe

    status = mail_probe.probe(settings)
    address = f"{settings.smtp_host}:{settings.smtp_port}"
    if status == "off":
        sentence = "Es ist kein Mailserver eingerichtet: Gesuche und Nachrichten gehen nicht."
        yield Finding(Level.NOTE, sentence, "IKZ_SMTP_HOST setzen.")
    elif status == "ok":
        yield Finding(Level.OK, f"Mailserver {address}")
    elif status == "refused":
        sentence = f"Der Mailserver {address} lehnt ab oder bietet kein STARTTLS an."
        yield Finding(Level.FAULT, sentence, "IKZ_SMTP_PORT und IKZ_SMTP_STARTTLS prüfen.")
    else:
        sentence = f"Der Mailserver {address} ist nicht erreichbar."
        yield Finding(Level.FAULT, sentence, "IKZ_SMTP_HOST, IKZ_SMTP_PORT und Netz prüfen.")


def _unsafe_settings(settings: Settings) -> Findings:
    public = settings.base_url
    host = urlsplit(public).hostname or ""
    if host in _OWN_HOSTS:
        yield Finding(
            Level.FAULT if settings.smtp_host else Level.NOTE,
            f"IKZ_BASE_URL ist {public}: Links in E-Mails führen für andere ins Leere.",
            "Die öffentliche Adresse setzen, z. B. IKZ_BASE_URL=https://partnersuche.example",
        )
    elif public.startswith("http://"):
        yield Finding(
            Level.FAULT,
            f"IKZ_BASE_URL ist {public}: Anmeldungen und Links gehen unverschlüsselt.",
            "Einen Proxy mit TLS davor setzen und IKZ_BASE_URL auf https:// ändern.",
        )
    if settings.smtp_host:
        if settings.mail_from.endswith("@example.org"):
            sentence = f"IKZ_MAIL_FROM ist noch die Vorgabe {settings.mail_from}."
            yield Finding(Level.FAULT, sentence, "Eine eigene Absenderadresse setzen.")
        if not settings.smtp_starttls and settings.smtp_host not in _OWN_HOSTS:
            sentence = "E-Mails und die Anmeldung am Mailserver gehen unverschlüsselt."
            yield Finding(Level.FAULT, sentence, "IKZ_SMTP_STARTTLS=true setzen.")
    if settings.log_level == "DEBUG":
        sentence = "IKZ_LOG_LEVEL ist DEBUG: Das Protokoll wird groß."
        yield Finding(Level.NOTE, sentence, "IKZ_LOG_LEVEL=INFO setzen.")
    yield from _templates_left(settings.legal_dir)


def _templates_left(folder: Path | None) -> Findings:
    pages = {"impressum": "Impressum", "datenschutz": "Datenschutz"}
    pages["barrierefreiheit"] = "Barrierefreiheit"
    left = [
        title
        for name, title in pages.items()
        if folder is None or not (folder / f"{name}.html").is_file()
    ]
    if left:
        mend = "Eigene Seiten in einen Ordner legen und IKZ_LEGAL_DIR auf ihn zeigen lassen."
        yield Finding(Level.NOTE, f"Noch die Vorlage: {', '.join(left)}.", mend)


CHECKS = (
    _python, _packages, _pages, _data_and_models, _text_model, _database, _disk, _mail,
    _unsafe_settings,
)  # fmt: skip
