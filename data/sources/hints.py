"""Hints that the office accepted, as the service exports them: what has ended is marked so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from data import dataset
from data.errors import DataError, Problem
from data.formats.table import read_table
from data.sources.source import Reading
from data.terms import Status
from data.update import replace_tables

title = "Angenommene Hinweise zu Kooperationen (CSV)"
_COLUMNS = {"record": ("record",), "claim": ("claim",), "text": ("text",)}
_TRUE, _ENDED, _MISSING = "stimmt", "beendet", "fehlt"


def read(path: Path, folder: Path) -> Reading[list[str]]:
    """Read the table; the content is the ids of cooperations that have ended.

    What is missing or wrong cannot be changed by a program: it stands in the notes.

    Raises
    ------
    DataError
        A record or a claim is unknown; names line and field.
    """
    loaded = dataset.load(folder)
    known = {c.id: c for c in loaded.cooperations}
    ended: list[str] = []
    problems: list[Problem] = []
    notes: list[str] = []
    table = read_table(path, _COLUMNS, ("record", "claim"))
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        record, claim = row["record"], row["claim"]
        if record not in known and record not in loaded.bodies.index:
            problems.append(_problem(path, line, "record", f"„{record}“ ist nicht bekannt"))
        elif claim not in (_TRUE, _ENDED, _MISSING) or (claim == _ENDED and record not in known):
            problems.append(_problem(path, line, "claim", f"„{claim}“ passt hier nicht"))
        elif claim == _MISSING:
            notes.append(f"Zeile {line}, {record}: bitte von Hand ändern. {row.get('text', '')}")
        elif claim == _ENDED and known[record].status is not Status.ENDED:
            ended.append(record)
    if problems:
        raise DataError(problems)
    ended = list(dict.fromkeys(ended))
    return Reading(ended, f"{len(ended)} Kooperationen als beendet gemeldet.", tuple(notes))


def install(folder: Path, reading: Reading[list[str]], date: str) -> str:
    """Mark them as ended in the files that hold them."""
    wanted = set(reading.content)
    contents: dict[str, str | bytes] = {}
    for path in dataset.cooperation_files(folder):
        lines = path.read_text("utf-8").splitlines()
        changed = [_ended(line, wanted) for line in lines]
        if changed != lines:
            contents[path.name] = "\n".join(changed) + "\n"
    if contents:
        replace_tables(folder, contents, date)
    return reading.summary


def _ended(line: str, wanted: set[str]) -> str:
    if not line.strip():
        return line
    record: Mapping[str, object] = json.loads(line)
    if record["id"] not in wanted:
        return line
    return json.dumps({**record, "status": Status.ENDED.value}, ensure_ascii=False)


def _problem(path: Path, line: object, field: str, message: str) -> Problem:
    return Problem(path.name, message, int(str(line)), field)
