"""`ikz data`: check the tables, and import official formats into them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.commands.console import ERRORS, stop

app = typer.Typer(help="Tabellen prüfen und aktualisieren.", no_args_is_help=True)
RETRAIN = "Danach die Rangfolge neu anlernen: make train"


class Kind(StrEnum):
    """What a file may hold: the sources of `data.sources`, known here without loading them."""

    REGISTER = "register"
    BOUNDARIES = "boundaries"
    FISCAL_STATUS = "fiscal-status"
    COOPERATIONS = "cooperations"
    HINTS = "hints"


@app.command()
def check() -> None:
    """Prüft alle Tabellen, ihre Zusammenhänge und Prüfsummen."""
    from data import DataError
    from data.check import check_folder
    from data.errors import os_problem

    folder = _folder()
    try:
        checked = check_folder(folder)
    except DataError as error:
        stop(str(error))
    except OSError as error:
        stop(str(os_problem(folder, error)))
    _note(checked.notes)
    print(checked.summary)


@app.command("import")
def import_(
    source: Annotated[Kind, typer.Argument(help="Art der Datei.")],
    file: Annotated[Path, typer.Argument(help="GV100AD, GV-ISys, VG250, CSV oder XLSX.")],
    date: Annotated[str | None, typer.Option(help="Stand der Daten, JJJJ-MM-TT.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Nur prüfen, nichts schreiben.")] = False,
) -> None:
    """Liest eine amtliche Datei ein; erst geprüft, dann in einem Schritt ersetzt."""
    from data import DataError
    from data.errors import os_problem
    from data.sources import SOURCES

    try:
        day = (datetime.date.fromisoformat(date) if date else datetime.date.today()).isoformat()
    except ValueError:
        stop(f"„{date}“ ist kein Datum der Form JJJJ-MM-TT.")
    folder = _folder()
    try:
        with ERRORS.status(f"{file.name} wird gelesen und geprüft …"):
            reading = SOURCES[source].read(file, folder)
            done = "" if dry_run else SOURCES[source].install(folder, reading, day)
    except DataError as error:
        stop(str(error))
    except OSError as error:
        stop(str(os_problem(folder, error)))
    _note(reading.notes)
    nothing = f"{reading.summary} Nur geprüft, nichts geschrieben."
    print(nothing if dry_run else f"{done} {RETRAIN}")


def _note(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        ERRORS.print(sentence, markup=False, highlight=False)


def _folder() -> Path:
    from data.dataset import TABLES
    from service.settings import SettingsError, read_settings

    try:
        return read_settings().data_dir or TABLES
    except SettingsError as error:
        stop(str(error))
