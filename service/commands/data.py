"""`ikz data`: check the tables, and import official formats into them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.console import ERRORS, stop

if TYPE_CHECKING:
    from data.importers.cooperation_table import Unresolved

app = typer.Typer(help="Tabellen prüfen und aktualisieren.", no_args_is_help=True)
RETRAIN = "Danach die Rangfolge neu anlernen: make train"


class Source(StrEnum):
    """The official formats."""

    REGISTER = "register"
    BOUNDARIES = "boundaries"
    FISCAL_STATUS = "fiscal-status"
    COOPERATIONS = "cooperations"


@app.command()
def check() -> None:
    """Prüft alle Tabellen, ihre Zusammenhänge und Prüfsummen."""
    from data import DataError, load
    from data.provenance import check_hashes

    folder = _folder()
    try:
        dataset = load(folder)
        problems = check_hashes(folder)
    except (DataError, OSError) as error:
        stop(str(error))
    if problems:
        stop("\n".join(str(problem) for problem in problems))
    print(
        f"In Ordnung: {len(dataset.bodies)} Körperschaften, {len(dataset.cooperations)} "
        f"Kooperationen, Datenstand {dataset.version}"
    )


@app.command("import")
def import_(
    source: Annotated[Source, typer.Argument(help="Art der Datei.")],
    file: Annotated[Path, typer.Argument(help="GV100AD, VG250, CSV oder XLSX.")],
    date: Annotated[str | None, typer.Option(help="Stand der Daten, JJJJ-MM-TT.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Nur prüfen, nichts schreiben.")] = False,
) -> None:
    """Liest eine amtliche Datei ein; erst geprüft, dann in einem Schritt ersetzt."""
    from data import DataError

    try:
        day = (datetime.date.fromisoformat(date) if date else datetime.date.today()).isoformat()
    except ValueError:
        stop(f"„{date}“ ist kein Datum der Form JJJJ-MM-TT.")
    readers: dict[Source, Callable[[Path, Path, str, bool], str]] = {
        Source.REGISTER: _register,
        Source.BOUNDARIES: _boundaries,
        Source.FISCAL_STATUS: _fiscal_status,
        Source.COOPERATIONS: _cooperations,
    }
    try:
        with ERRORS.status(f"{file.name} wird gelesen und geprüft …"):
            done = readers[source](file, _folder(), day, dry_run)
    except (DataError, OSError) as error:
        stop(str(error))
    print(f"{done} Nur geprüft, nichts geschrieben." if dry_run else f"{done} {RETRAIN}")


def _register(file: Path, folder: Path, day: str, dry_run: bool) -> str:
    from data.importers import gv100ad, install

    if dry_run:
        return f"{len(gv100ad.read(file))} Sätze gelesen."
    return f"{install.install_register(folder, file)} Gemeinden geändert."


def _boundaries(file: Path, folder: Path, day: str, dry_run: bool) -> str:
    from data.importers import install, vg250

    full = vg250.read(file)
    if not dry_run:
        install.install_boundaries(folder, full, day)
    return f"Grenzen von {len(full)} Gemeinden gelesen."


def _fiscal_status(file: Path, folder: Path, day: str, dry_run: bool) -> str:
    from data import load
    from data.importers import fiscal_status, install
    from data.names import NameIndex

    read = fiscal_status.read(file, NameIndex(load(folder).bodies))
    changed = 0 if dry_run else install.install_fiscal_status(folder, read.frame, day)
    return (
        f"{len(read.frame)} Gemeinden gelesen, {changed} geändert, "
        f"{read.districts} Kreise nicht übernommen."
    )


def _cooperations(file: Path, folder: Path, day: str, dry_run: bool) -> str:
    from data import load
    from data.importers import cooperation_table, install
    from data.names import NameIndex

    dataset = load(folder)
    taken = {cooperation.id for cooperation in dataset.cooperations}
    read = cooperation_table.read(file, NameIndex(dataset.bodies), taken)
    if read.unresolved:
        _list_unresolved(read.unresolved)
        stop(
            f"{len(read.unresolved)} Beteiligte sind nicht zuzuordnen; nichts wurde übernommen. "
            "Bitte die Namen oder Schlüssel in der Datei berichtigen."
        )
    if not dry_run:
        install.install_cooperations(folder, read.cooperations, day)
    return f"{len(read.cooperations)} Kooperationen gelesen."


def _list_unresolved(unresolved: list[Unresolved]) -> None:
    from rich.table import Table

    table = Table("Zeile", "Feld", "Angabe", "gemeint sein könnte")
    for entry in unresolved:
        near = ", ".join(f"{hit.name} ({hit.key})" for hit in entry.suggestions)
        table.add_row(str(entry.line), entry.field, entry.text, near or "–")
    ERRORS.print(table)


def _folder() -> Path:
    from data.dataset import TABLES
    from service.settings import SettingsError, read_settings

    try:
        return read_settings().data_dir or TABLES
    except SettingsError as error:
        stop(str(error))
