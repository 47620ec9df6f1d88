"""`ikz backup`, `ikz restore` and `ikz contact`: what is stored, taken out, put back, deleted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.console import ERRORS, WRONG_INPUT, settings_or_stop, stop
from service.commands.usage import Commands

if TYPE_CHECKING:
    from service.storage import Database

contact = Commands(help="Was zu einer E-Mail-Adresse gespeichert ist.")
Address = Annotated[str, typer.Argument(help="E-Mail-Adresse.")]
_NAMES = {"searches": "Gesuche", "messages": "Nachrichten", "fits": "Paare", "outbox": "E-Mails"}


def backup(
    file: Annotated[Path, typer.Argument(help="Datei, die geschrieben wird.")],
) -> None:
    """Sichert die Datenbank in eine Datei mit Prüfsummen, auch im laufenden Betrieb."""
    from service.storage import backup as storage
    from service.storage.moments import utc_now

    with told(), _database(needed=True) as database:
        taken = storage.take(database.engine, utc_now())
        storage.write(taken, file)
    print(f"Gesichert: {taken.count} Zeilen, Schema {taken.schema}, nach {file}")


def restore(
    file: Annotated[Path, typer.Argument(help="Sicherung, die „ikz backup“ schrieb.")],
    yes: Annotated[bool, typer.Option("--yes", help="Nicht nachfragen.")] = False,
) -> None:
    """Ersetzt den Inhalt der Datenbank durch eine Sicherung, ganz oder gar nicht."""
    from service.storage import backup as storage

    with told(), _database() as database:
        kept = storage.read(file)
        if not yes:
            made = f"{kept.made:%d.%m.%Y %H:%M} UTC"
            if not sys.stdin.isatty():  # an answer that is piped in is none
                stop(f"Alles würde durch den Stand vom {made} ersetzt: mit --yes.", WRONG_INPUT)
            typer.confirm(f"Alles durch den Stand vom {made} ersetzen?", abort=True)
        storage.restore(database.engine, kept)
        database.wipe()
    print(f"Zurückgespielt: {kept.count} Zeilen, Stand {kept.made:%d.%m.%Y %H:%M} UTC")


@contact.command()
def export(address: Address) -> None:
    """Zeigt als JSON alles, was zu einer Adresse gespeichert ist."""
    from service.storage import contacts

    with told(), _database(needed=True) as database:
        found = contacts.export(database, _checked(address))
    print(json.dumps(found, ensure_ascii=False, indent=2))
    if not found:
        ERRORS.print("Zu dieser Adresse ist nichts gespeichert.")


@contact.command()
def delete(address: Address) -> None:
    """Löscht alles, was zu einer Adresse gespeichert ist, endgültig."""
    from service.storage import contacts

    with told(), _database(needed=True) as database:
        gone = contacts.erase(database, _checked(address))
    if not gone:
        print("Zu dieser Adresse ist nichts gespeichert.")
        return
    listed = ", ".join(f"{count} {_NAMES.get(name, name)}" for name, count in gone.items())
    print(f"Gelöscht: {listed}")


@contextmanager
def told() -> Iterator[None]:
    """End the command with a sentence where database or file are to blame."""
    from data.errors import os_problem
    from service.storage import StorageError, UnusableDatabaseError
    from service.storage.backup import BackupError

    try:
        yield
    except StorageError as error:
        sentence = error.detail
    except (BackupError, UnusableDatabaseError) as error:
        sentence = str(error)
    except OSError as error:
        sentence = str(os_problem(Path(error.filename or "Datei"), error))
    else:
        return
    stop(sentence)


@contextmanager
def _database(needed: bool = False) -> Iterator[Database]:
    from sqlalchemy import make_url

    from service.storage import Database

    url = settings_or_stop().database_url
    opened = Database(url)
    file = make_url(url).database if url.startswith("sqlite") else None
    if needed and file and not file.startswith("file:") and not Path(file).is_file():
        stop(f"Die Datenbank gibt es noch nicht: {file}")
    try:
        yield opened
    finally:
        opened.close()


def _checked(address: str) -> str:
    from service.text_fields import email_address

    try:
        return email_address(address)
    except ValueError as error:
        stop(str(error), WRONG_INPUT)
