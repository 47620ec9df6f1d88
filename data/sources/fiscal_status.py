"""Haushaltsstatus of the municipalities, as the ministry (MHKBD NRW) publishes it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from msgspec import Struct

from data import dataset
from data.errors import DataError, Problem
from data.formats.table import read_table
from data.names import NameIndex, normalize
from data.sources.bodies import find_body, in_doubt
from data.sources.source import Reading
from data.update import read_cells, replace_tables, to_csv

title = "Haushaltsstatus der Kommunen (CSV oder XLSX)"
_COLUMNS = {
    "body": ("AGS", "Gemeindeschlüssel", "Schlüssel", "Kommune", "Gemeinde", "Name"),
    "status": ("Haushaltsstatus", "Status", "fiscal_status", "HH-Status"),
}
# Level, code of the table and the words by which a wording is recognised; the first match counts.
_WORDINGS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (7, "haushaltssicherung", ("dauerhaft vorlaeufig", "nothaushalt", "ohne haushalt")),
    (
        6,
        "haushaltssicherung",
        ("nicht genehmigt", "ohne genehmig", "versagt", "vorlaeufige haushaltsfuehrung"),
    ),
    (5, "haushaltssicherung", ("haushaltssicherung", "hsk", "haushaltssanierung")),
    (4, "fehlbetragsvortrag", ("fehlbetrag", "verlustvortrag")),
    (3, "ruecklage_genehmigt", ("allgemeinen ruecklage", "ruecklage genehmigt", "75 abs 4")),
    (2, "ausgeglichen_fiktiv", ("fiktiv", "ausgleichsruecklage")),
    (1, "ausgeglichen", ("ausgeglichen", "echt ausgeglichen", "strukturell")),
)
_LEVELS = {str(level): (level, code) for level, code, _ in _WORDINGS}


class FiscalStatus(Struct, frozen=True):
    """What was read: `frame` has the columns ags, fiscal_status_level and fiscal_status.

    The register keeps no fiscal status for Kreise: their rows are counted in `districts`, not used.
    """

    frame: pd.DataFrame
    districts: int


def read(path: Path, folder: Path) -> Reading[FiscalStatus]:
    """Read the table.

    Raises
    ------
    DataError
        A body or a wording is unknown, or a body occurs twice with different statuses; names line
        and field.
    """
    index = NameIndex(dataset.load(folder).bodies)
    table = read_table(path, _COLUMNS, ("body", "status"))
    statuses: dict[str, tuple[int, str]] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for line, entry in zip(table.index, table.to_dict("records"), strict=True):
        found = find_body(entry["body"], index)
        status = parse_status(entry["status"])
        if found.key is None:
            problems.append(Problem(path.name, in_doubt(entry["body"], found), int(line), "body"))
        elif status is None:
            message = f"„{entry['status']}“ ist kein bekannter Haushaltsstatus"
            problems.append(Problem(path.name, message, int(line), "status"))
        elif statuses.get(found.key, status) != status:
            message = "kommt mehrfach vor, mit verschiedenem Status"
            problems.append(Problem(path.name, message, int(line), "body"))
        elif found.key in statuses:
            notes.append(f"Zeile {line}: „{entry['body']}“ kommt mehrfach vor, zählt einmal.")
        else:
            statuses[found.key] = status
            notes += [f"Zeile {line}: {found.renamed}"] if found.renamed else []
    if problems:
        raise DataError(problems)
    rows = [(ags, *status) for ags, status in statuses.items() if len(ags) == 8]
    frame = pd.DataFrame(rows, columns=["ags", "fiscal_status_level", "fiscal_status"])
    content = FiscalStatus(frame, len(statuses) - len(rows))
    return Reading(content, _count(content, 0), tuple(notes))


def install(folder: Path, reading: Reading[FiscalStatus], date: str) -> str:
    """Write the new statuses into the register."""
    table = read_cells(folder / "municipalities.csv").set_index("ags")
    fresh = reading.content.frame.set_index("ags").astype(str)
    known = fresh.index.intersection(table.index)
    columns = ["fiscal_status_level", "fiscal_status"]
    changed = (table.loc[known, columns] != fresh.loc[known, columns]).any(axis=1)
    table.loc[known, columns] = fresh.loc[known, columns]
    replace_tables(folder, {"municipalities.csv": to_csv(table.reset_index())}, date)
    return _count(reading.content, int(changed.sum()))


def parse_status(wording: str) -> tuple[int, str] | None:
    """Return (level 1 … 7, code) of an official wording, a code or a level; None if unknown."""
    if wording.strip() in _LEVELS:
        return _LEVELS[wording.strip()]
    plain = normalize(wording)
    for level, code, words in _WORDINGS:
        if plain == normalize(code) or any(word in plain for word in words):
            return level, code
    return None


def _count(content: FiscalStatus, changed: int) -> str:
    return (
        f"{len(content.frame)} Gemeinden gelesen, {changed} geändert, "
        f"{content.districts} Kreise nicht übernommen."
    )
