"""Haushaltsstatus of the municipalities, as the ministry (MHKBD NRW) publishes it (CSV)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import DataError, Problem
from data.importers.tabular import pick_columns, read_table
from data.names import NameIndex, normalize

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


@dataclass(frozen=True, slots=True)
class FiscalStatusImport:
    """What was read: `frame` has the columns ags, fiscal_status_level and fiscal_status.

    The register keeps no fiscal status for Kreise: their rows are counted in `districts`, not used.
    """

    frame: pd.DataFrame
    districts: int


def read(path: Path, index: NameIndex) -> FiscalStatusImport:
    """Read the table.

    Raises
    ------
    DataError
        A body or a wording is unknown, or a body occurs twice; names line and field.
    """
    table = pick_columns(read_table(path), _COLUMNS, path.name, ("body", "status"))
    rows, problems, seen, districts = [], [], set(), 0
    for line, entry in zip(table.index, table.to_dict("records"), strict=True):
        resolution = index.resolve(_with_zero(entry["body"]))
        if resolution.key is None:
            near = ", ".join(hit.name for hit in resolution.suggestions) or "kein ähnlicher Name"
            message = f"„{entry['body']}“ ist nicht bekannt (gemeint: {near}?)"
            problems.append(Problem(path.name, message, int(line), "body"))
            continue
        status = parse_status(entry["status"])
        if status is None:
            message = f"„{entry['status']}“ ist kein bekannter Haushaltsstatus"
            problems.append(Problem(path.name, message, int(line), "status"))
            continue
        if resolution.key in seen:
            problems.append(Problem(path.name, "kommt mehrfach vor", int(line), "body"))
            continue
        seen.add(resolution.key)
        if len(resolution.key) != 8:
            districts += 1
            continue
        rows.append((resolution.key, *status))
    if problems:
        raise DataError(problems)
    columns = ["ags", "fiscal_status_level", "fiscal_status"]
    return FiscalStatusImport(pd.DataFrame(rows, columns=columns), districts)


def parse_status(wording: str) -> tuple[int, str] | None:
    """Return (level 1 … 7, code) of an official wording, a code or a level; None if unknown."""
    if wording.strip() in _LEVELS:
        return _LEVELS[wording.strip()]
    plain = normalize(wording)
    for level, code, words in _WORDINGS:
        if plain == normalize(code) or any(word in plain for word in words):
            return level, code
    return None


def _with_zero(body: str) -> str:
    # Spreadsheets drop the leading zero of an AGS.
    return f"0{body}" if body.isdigit() and len(body) in (4, 7) else body
