"""Known cooperations: what was done, by whom, in which legal form, and where it is documented."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from msgspec import Struct

from data import schemas
from data.errors import DataError, Problem
from data.provenance import NOTHING_SEALED, Sealed, is_sealed
from data.terms import LegalForm, Status, TaskArea


class Cooperation(Struct, frozen=True):
    """One documented cooperation.

    `description` and `request` name no place; `request` is worded as a partner search from before
    the cooperation existed. `participants` are keys of bodies; `lead`, one of them, carries the
    task out for the others. `evidence_grade` is A (named on the page), B (collective wording) or
    C (thin).
    """

    id: str
    title: str
    description: str
    request: str
    task_area: TaskArea
    legal_form: LegalForm
    status: Status
    start_year: int | None
    participants: tuple[str, ...]
    other_participants: tuple[str, ...]
    lead: str | None
    source_url: str
    source_title: str
    evidence_grade: str


def read_cooperations(path: Path, sealed: Sealed = NOTHING_SEALED) -> list[Cooperation]:
    """Read and check a file of cooperations, one JSON object a line.

    `sealed` as for `schemas.read_csv`.

    Raises
    ------
    DataError
        A line is no JSON object or breaks the schema; each problem names line and field.
    """
    if not path.is_file():
        raise DataError([Problem(path.name, f"Die Datei fehlt ({path}).")])
    records, problems, lines = [], [], []
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise DataError([Problem(path.name, "ist kein Text in UTF-8")]) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            problems.append(Problem(path.name, "kein gültiges JSON", number))
            continue
        if not isinstance(record, dict):
            problems.append(Problem(path.name, "kein JSON-Objekt", number))
            continue
        records.append(record)
        lines.append(number)
    if problems:
        raise DataError(problems)
    if is_sealed(path, sealed):
        return [_cooperation(record) for record in records]
    return from_records(records, path.name, lines)


def check_participants(
    cooperations: Iterable[Cooperation], known: Collection[str], file: str
) -> None:
    """Refuse cooperations that name a body which the register does not have.

    Raises
    ------
    DataError
        Naming each cooperation and key.
    """
    problems = []
    for cooperation in cooperations:
        keys = (*cooperation.participants, *([cooperation.lead] if cooperation.lead else []))
        problems += [
            Problem(
                file, f"{cooperation.id}: „{key}“ steht nicht im Register", field="participants"
            )
            for key in dict.fromkeys(keys)
            if key not in known
        ]
    if problems:
        raise DataError(problems)


def to_record(cooperation: Cooperation) -> dict[str, object]:
    """Return the JSON object that `read_cooperations` reads back as the same cooperation."""
    return {
        "id": cooperation.id,
        "title": cooperation.title,
        "description": cooperation.description,
        "request": cooperation.request,
        "task_area": cooperation.task_area.label,
        "legal_form": cooperation.legal_form.label,
        "status": cooperation.status.value,
        "start_year": cooperation.start_year,
        "participants": list(cooperation.participants),
        "other_participants": list(cooperation.other_participants),
        "lead": cooperation.lead,
        "source_url": cooperation.source_url,
        "source_title": cooperation.source_title,
        "evidence_grade": cooperation.evidence_grade,
    }


def from_records(
    records: list[dict[str, object]], file: str, lines: list[int]
) -> list[Cooperation]:
    """Check records and return them as cooperations.

    Parameters
    ----------
    records
        Objects as in a file of cooperations.
    file, lines
        Where each record stands, for errors.

    Raises
    ------
    DataError
        A record breaks the schema; each problem names line and field.
    """
    frame = pd.DataFrame(records)
    # The index carries the line, so that blank lines in between do not shift the error.
    frame.index = pd.Index(lines, dtype="int64")
    checked = schemas.check(frame, schemas.COOPERATIONS, file, first_line=0)
    return [_cooperation(record) for record in checked.to_dict("records")]


def _cooperation(record: Mapping[Any, Any]) -> Cooperation:
    """Return a record that was checked as a cooperation; what is empty is None, NaN or NA."""
    year, lead = (None if pd.isna(record[key]) else record[key] for key in ("start_year", "lead"))
    return Cooperation(
        id=record["id"],
        title=record["title"],
        description=record["description"],
        request=record["request"],
        task_area=TaskArea.parse(record["task_area"]),
        legal_form=LegalForm.parse(record["legal_form"]),
        status=Status.parse(record["status"]),
        start_year=None if year is None else int(year),
        participants=tuple(record["participants"]),
        other_participants=tuple(record["other_participants"]),
        lead=lead,
        source_url=record["source_url"],
        source_title=record["source_title"],
        evidence_grade=record["evidence_grade"],
    )
