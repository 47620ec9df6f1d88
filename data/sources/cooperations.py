"""Cooperations from a CSV or XLSX that an office keeps; participants by key or by name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from data import dataset
from data.cooperations import Cooperation, from_records, read_cooperations, to_record
from data.errors import DataError, Problem
from data.formats.table import read_table
from data.formats.years import parse_year
from data.names import NameIndex
from data.source_pages import host_of
from data.sources.bodies import in_doubt
from data.sources.doubles import Doubles
from data.sources.participants import Participants, read_participants
from data.sources.portal_terms import AnyTerm, parse_term
from data.sources.source import Reading
from data.terms import LegalForm, Status, TaskArea
from data.update import replace_tables

title = "Kooperationen, die eine Stelle selbst führt (CSV oder XLSX)"
_COLUMNS = {
    "id": ("id", "Kennung"),
    "title": ("title", "Titel", "Bezeichnung", "Projekt", "Projekttitel"),
    "description": ("description", "Beschreibung", "Kurzbeschreibung", "Umsetzung"),
    "request": ("request", "Gesuch", "Anlass"),
    "task_area": ("task_area", "Aufgabenbereich", "Aufgabenfeld", "Stichworte", "Themengebiet",
                  "Themenfeld", "Bereich"),
    "legal_form": ("legal_form", "Rechtsform"),
    "status": ("status", "Stand", "Projektstatus"),
    "start_year": ("start_year", "Beginn", "Zusammenarbeit seit", "Jahr", "Start", "seit"),
    "participants": ("participants", "Beteiligte", "Teilnehmende", "Beteiligte Kommunen",
                     "Kommunen", "Partner"),
    "other_participants": ("other_participants", "Weitere Beteiligte", "Sonstige Beteiligte"),
    "lead": ("lead", "Federführung", "Federführende Kommune", "Hauptverantwortlich"),
    "source_url": ("source_url", "Quelle", "Link", "Internet", "Webadresse"),
    "source_title": ("source_title", "Quellentitel"),
    "evidence_grade": ("evidence_grade", "Evidenz"),
}  # fmt: skip
_REQUIRED = ("title", "description", "task_area", "participants", "source_url")
_OWN = "cooperations_own.jsonl"
_NO_ID = "z"  # first letter of the id of a row that brings none
_DESCRIBED = {
    "name": "cooperations_own",
    "path": _OWN,
    "title": "Vom Betreiber eingelesene Kooperationen",
    "sources": [{"title": "Tabelle des Betreibers, siehe source_url je Zeile"}],
    "licenses": [{"name": "nach Angabe des Betreibers"}],
}


def read(path: Path, folder: Path) -> Reading[list[Cooperation]]:
    """Read a table of cooperations, with German or English headers.

    Rows that differ in nothing but their one participant are one cooperation. Doubles and
    cooperations known already are named in the notes and left out; rows without an id get the next
    free e0001, e0002, …

    Raises
    ------
    DataError
        A column is missing, a participant or a word is unknown, or a row breaks the schema; names
        line and field.
    """
    known = dataset.load(folder)
    index = NameIndex(known.bodies)
    rows = [
        _Row(path.name, int(line), cells, index)
        for line, cells in _gather(read_table(path, _COLUMNS, _REQUIRED))
    ]
    problems = [problem for row in rows for problem in row.problems]
    strangers = sum(len(row.participants.unknown) + len(row.lead.unknown) for row in rows)
    if strangers:
        message = (
            f"{strangers} Beteiligte sind nicht zuzuordnen; nichts wurde übernommen. "
            "Bitte die Namen oder Schlüssel in der Datei berichtigen."
        )
        problems.insert(0, Problem(path.name, message))
    if problems:
        raise DataError(problems)
    doubles, notes, fresh = Doubles(known.cooperations), [], []
    for row, found in zip(rows, _check(rows, path.name), strict=True):
        notes += [f"Zeile {row.line}: {note}" for note in row.notes]
        twin = doubles.find(found)
        if twin is not None:
            notes.append(
                f"Zeile {row.line}: „{found.title}“ ist als {twin.id} „{twin.title}“ bekannt und "
                "wird nicht noch einmal gezählt."
            )
            continue
        doubles.add(found)
        fresh.append((row.line, found))
    named = _with_ids(fresh, {cooperation.id for cooperation in known.cooperations}, path.name)
    return Reading(named, f"{len(named)} Kooperationen gelesen.", tuple(notes))


def install(folder: Path, reading: Reading[list[Cooperation]], date: str) -> str:
    """Append the cooperations to the operator's own file."""
    if reading.content:
        path = folder / _OWN
        kept = read_cooperations(path) if path.is_file() else []
        lines = [json.dumps(to_record(c), ensure_ascii=False) for c in [*kept, *reading.content]]
        entry = {**_DESCRIBED, "date": date}
        replace_tables(folder, {_OWN: "\n".join(lines) + "\n"}, date, [entry])
    return reading.summary


class _Row:
    """One row: its record, what is wrong with it, and what was mended."""

    def __init__(self, file: str, line: int, cells: dict[str, str], index: NameIndex) -> None:
        self.file, self.line = file, line
        self.problems: list[Problem] = []
        self.participants = self._bodies(cells.get("participants", ""), "participants", index)
        self.lead = self._bodies(cells.get("lead", ""), "lead", index)
        self.notes = (*self.participants.renamed, *self.lead.renamed)
        if len(self.lead.keys) > 1:
            self._refuse("lead", "nennt mehrere Kommunen, eine kann federführend sein")
        self.record = self._record(cells)

    def _record(self, cells: dict[str, str]) -> dict[str, object]:
        get = cells.get
        description, url = get("description", ""), get("source_url", "")
        return {
            "id": get("id", ""),
            "title": get("title", ""),
            "description": description,
            "request": get("request", "") or description,
            "task_area": self._term("task_area", get("task_area", ""), TaskArea),
            "legal_form": self._term("legal_form", get("legal_form", ""), LegalForm),
            "status": self._term("status", get("status", ""), Status),
            "start_year": self._year(get("start_year", "")),
            "participants": list(self.participants.keys),
            "other_participants": _parts(get("other_participants", "")),
            "lead": self.lead.keys[0] if self.lead.keys else None,
            "source_url": url,
            "source_title": get("source_title", "") or host_of(url),
            "evidence_grade": get("evidence_grade", "").upper() or "C",
        }

    def _bodies(self, cell: str, field: str, index: NameIndex) -> Participants:
        found = read_participants(cell, index)
        for text, body in found.unknown:
            self._refuse(field, in_doubt(text, body))
        return found

    def _term(self, field: str, text: str, vocabulary: type[AnyTerm]) -> str:
        """Return the value that a record carries for a word: label, or code of the status."""
        if not text and vocabulary is not TaskArea:
            text = "unbekannt"
        try:
            term = parse_term(text, vocabulary)
        except ValueError as error:  # the sentence is our own
            self._refuse(field, str(error))
            return ""
        return term.value if vocabulary is Status else term.label

    def _year(self, text: str) -> int | None:
        year = parse_year(text)
        if text and year is None:
            self._refuse("start_year", f"„{text}“ nennt kein Jahr (erwartet: 2024 oder 01.01.2024)")
        return year

    def _refuse(self, field: str, message: str) -> None:
        self.problems.append(Problem(self.file, message, self.line, field))


def _gather(table: pd.DataFrame) -> list[tuple[int, dict[str, str]]]:
    """Join rows that list the participants of one cooperation one below the other."""
    rows: dict[tuple[str, ...], tuple[int, dict[str, str]]] = {}
    for line, cells in zip(table.index, table.to_dict("records"), strict=True):
        single = not re.search(r"[;,|\n]| und | sowie ", cells["participants"])
        rest = tuple(value for name, value in cells.items() if name != "participants")
        key = (*rest, "" if single else str(line))
        if key in rows and cells["participants"] not in rows[key][1]["participants"].split("; "):
            rows[key][1]["participants"] += f"; {cells['participants']}"
        else:
            rows[(*key, str(line)) if key in rows else key] = (int(line), dict(cells))
    return list(rows.values())


def _check(rows: Sequence[_Row], file: str) -> list[Cooperation]:
    # Ids are given only to what is new; until then the line keeps the schema content.
    records = [row.record | {"id": row.record["id"] or f"{_NO_ID}{row.line:04d}"} for row in rows]
    lines = [row.line for row in rows]
    repeated = pd.Series([str(record["id"]) for record in records], index=lines)
    twice = repeated[repeated.duplicated()]
    if not twice.empty:
        raise DataError(
            [
                Problem(file, f"„{i}“ kommt mehrfach vor", int(line), "id")
                for line, i in twice.items()
            ]
        )
    return from_records(records, file, lines)


def _with_ids(
    fresh: list[tuple[int, Cooperation]], taken: set[str], file: str
) -> list[Cooperation]:
    problems = [
        Problem(file, f"„{cooperation.id}“ gibt es schon", line, "id")
        for line, cooperation in fresh
        if cooperation.id in taken
    ]
    if problems:
        raise DataError(problems)
    used = taken | {cooperation.id for _, cooperation in fresh}
    number = max((int(i[1:]) for i in used if re.fullmatch(r"e\d+", i)), default=0)
    named = []
    for _, cooperation in fresh:
        record = to_record(cooperation)
        if cooperation.id.startswith(_NO_ID):
            number += 1
            record["id"] = f"e{number:04d}"
        named.append(record)
    return from_records(named, file, [line for line, _ in fresh]) if named else []


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n|]", cell) if part.strip()]
