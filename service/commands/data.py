"""`ikz data`: check the tables, and import official formats into them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from service.commands.console import ERRORS, WRONG_INPUT, stop
from service.commands.usage import Commands

app = Commands(help="Tabellen prüfen und aktualisieren.")
RETRAIN = "Danach die Rangfolge neu anlernen: make train (ohne make: ikz train)"


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


@app.command()
def build(
    region: Annotated[
        str, typer.Option(help="DE, ein Land (NI oder Niedersachsen) oder Schlüssel: 03257,03252.")
    ] = "DE",
    register: Annotated[
        Path | None, typer.Option(help="GV100AD von ganz Deutschland; sonst der beigelegte Stand.")
    ] = None,
    geometry: Annotated[
        Path | None, typer.Option(help="gemeinden.geo.json; sonst von npm geladen.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Ordner; sonst der mit den Tabellen.")] = None,
) -> None:
    """Baut die Körperschaften jenseits der Landesgrenze; IKZ_REGION stellt sie bereit."""
    from data import DataError, beyond_build
    from data import build as source
    from data.errors import os_problem
    from data.laender import LAENDER, prefix_of

    found = tuple(p if p.isdigit() else prefix_of(p) or "" for p in region.split(","))
    if region.upper() != "DE" and not all(found):
        codes = ", ".join(code for code, _ in LAENDER.values())
        stop(f"„{region}“ ist kein Land. Möglich sind DE, {codes} oder Schlüssel von Kreisen.")
    file = register or source.RAW_GERMANY
    try:
        with ERRORS.status("Register und Grenzen werden gelesen und vermessen …"):
            records = beyond_build.read_register(file)
            if geometry is None:
                features = source.fetch_geometry()
            else:
                features = source.read_geometry(geometry)
            bodies, arrays = beyond_build.build(records, features)
            if region.upper() != "DE":
                bodies, arrays = beyond_build.cut(bodies, arrays, found)
            folder = out or _folder()
            beyond_build.install(folder, bodies, arrays)
    except DataError as error:
        stop(str(error))
    except OSError as error:
        stop(str(os_problem(file, error)))
    kinds = bodies["designation"].isin(("Stadt", "Gemeinde"))
    districts = int((bodies["designation"] == "Kreis").sum())
    print(
        f"{int(kinds.sum())} Gemeinden, {districts} Kreise und "
        f"{len(bodies) - int(kinds.sum()) - districts} Gemeindeverbände geschrieben ({folder}). "
        "IKZ_REGION=DE stellt sie bereit."
    )


@app.command()
def sites(
    out: Annotated[Path | None, typer.Option(help="CSV; sonst auf den Bildschirm.")] = None,
) -> None:
    """Nennt die amtlichen Websites, die aus den Quellen der Daten bekannt sind."""
    from data import DataError, load
    from data.errors import os_problem
    from data.language import load_language
    from data.official_sites import hosts_in

    folder = _folder()
    try:
        dataset = load(folder)
        found = hosts_in(dataset, load_language(folder).tasks)
        names = dataset.bodies["name"]
        lines = [f"{key};{names[key]};https://{host}/" for key, host in found.items()]
        table = "\n".join(("ags;name;website", *lines, ""))
        if out is None:
            print(table, end="")
        else:
            out.write_text(table, "utf-8")
    except DataError as error:
        stop(str(error))
    except OSError as error:
        stop(str(os_problem(out or folder, error)))
    _note([f"{len(found)} von {len(names)} Stellen."])


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(help="Art der Datei; „?“ nennt alle.")],
    file: Annotated[Path, typer.Argument(help="GV100AD, GV-ISys, VG250, CSV oder XLSX.")],
    date: Annotated[str | None, typer.Option(help="Stand der Daten, JJJJ-MM-TT.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Nur prüfen, nichts schreiben.")] = False,
) -> None:
    """Liest eine amtliche Datei ein; erst geprüft, dann in einem Schritt ersetzt."""
    from data import DataError
    from data.errors import os_problem
    from data.sources import SOURCES

    if source not in SOURCES:
        stop(f"Art „{source}“ ist unbekannt. Zulässig sind: {', '.join(SOURCES)}.", WRONG_INPUT)
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
