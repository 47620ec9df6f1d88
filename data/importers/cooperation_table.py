"""Cooperations from a CSV or XLSX that an office keeps; participants by AGS or by name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from data.cooperations import Cooperation, from_records
from data.errors import DataError, Problem
from data.importers.tabular import pick_columns, read_table
from data.names import Hit, NameIndex
from data.terms import LegalForm, Status, TaskArea, Term

_COLUMNS = {
    "id": ("id", "Kennung"),
    "title": ("title", "Titel", "Bezeichnung"),
    "description": ("description", "Beschreibung"),
    "request": ("request", "Gesuch", "Anlass"),
    "task_area": ("task_area", "Aufgabenbereich", "Aufgabenfeld"),
    "legal_form": ("legal_form", "Rechtsform"),
    "status": ("status", "Stand"),
    "start_year": ("start_year", "Beginn", "Jahr"),
    "participants": ("participants", "Beteiligte", "Teilnehmende"),
    "other_participants": ("other_participants", "Weitere Beteiligte"),
    "lead": ("lead", "Federführung"),
    "source_url": ("source_url", "Quelle", "Link"),
    "source_title": ("source_title", "Quellentitel"),
    "evidence_grade": ("evidence_grade", "Evidenz"),
}
_REQUIRED = ("title", "description", "task_area", "participants", "source_url")
_VOCABULARIES: dict[str, type[Term]] = {
    "task_area": TaskArea, "legal_form": LegalForm, "status": Status,
}  # fmt: skip
_DEFAULTS = {"legal_form": "unbekannt", "status": "unbekannt", "evidence_grade": "C"}


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A participant that no body could be found for; the row it stands in is not imported."""

    file: str
    line: int
    field: str
    text: str
    suggestions: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class CooperationImport:
    """What could be imported, and what a person has to settle first."""

    cooperations: list[Cooperation]
    unresolved: list[Unresolved]


def read(path: Path, index: NameIndex, taken: Collection[str] = ()) -> CooperationImport:
    """Read a table of cooperations.

    Parameters
    ----------
    path
        CSV or XLSX with German or English headers.
    index
        Names of the bodies.
    taken
        Ids that exist already; rows without an id get the next free e0001, e0002, …

    Raises
    ------
    DataError
        A column is missing or a row breaks the schema; names line and field.
    """
    table = pick_columns(read_table(path), _COLUMNS, path.name, _REQUIRED)
    records: list[dict[str, object]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    unresolved: list[Unresolved] = []
    used = set(taken)
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        before = len(unresolved)
        record = _record(row, path.name, int(line), index, unresolved, problems)
        if len(unresolved) > before:
            continue
        record["id"] = record.get("id") or _next_id(used)
        if record["id"] in used:
            message = f"„{record['id']}“ gibt es schon"
            problems.append(Problem(path.name, message, int(line), "id"))
        used.add(str(record["id"]))
        records.append(record)
        lines.append(int(line))
    if problems:
        raise DataError(problems)
    cooperations = from_records(records, path.name, lines) if records else []
    return CooperationImport(cooperations, unresolved)


def _record(
    row: dict[str, str],
    file: str,
    line: int,
    index: NameIndex,
    unresolved: list[Unresolved],
    problems: list[Problem],
) -> dict[str, object]:
    record: dict[str, object] = {name: row.get(name, "") for name in _COLUMNS}
    for name, default in _DEFAULTS.items():
        record[name] = record[name] or default
    for name, vocabulary in _VOCABULARIES.items():
        try:
            term = vocabulary.parse(str(record[name]))
        except ValueError as error:
            problems.append(Problem(file, str(error), line, name))
            continue
        record[name] = term.value if vocabulary is Status else term.label
    participants: dict[str, None] = {}
    for text in _parts(row.get("participants", "")):
        key = _resolve(text, "participants", file, line, index, unresolved)
        if key is not None:
            participants[key] = None
    record["participants"] = list(participants)
    record["other_participants"] = _parts(row.get("other_participants", ""))
    lead = row.get("lead", "")
    record["lead"] = _resolve(lead, "lead", file, line, index, unresolved) if lead else None
    record["request"] = record["request"] or record["description"]
    record["start_year"] = record["start_year"] or None
    host = urlsplit(str(record["source_url"])).hostname
    record["source_title"] = record["source_title"] or host or ""
    return record


def _resolve(
    text: str, field: str, file: str, line: int, index: NameIndex, unresolved: list[Unresolved]
) -> str | None:
    # Spreadsheets drop the leading zero of an AGS.
    padded = f"0{text}" if text.isdigit() and len(text) in (4, 7) else text
    resolution = index.resolve(padded)
    if resolution.key is None:
        unresolved.append(Unresolved(file, line, field, text, resolution.suggestions))
    return resolution.key


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n|]", cell) if part.strip()]


def _next_id(used: set[str]) -> str:
    numbers = pd.Series([i[1:] for i in used if re.fullmatch(r"e\d+", i)], dtype=str).astype(int)
    return f"e{(0 if numbers.empty else numbers.max()) + 1:04d}"
