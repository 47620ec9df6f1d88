"""The known cooperations as open data: one row each, as CSV and JSON. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from data import Cooperation
from data.land import LAND
from matcher import Directory, Matcher
from service.web.spreadsheets import Column, Shape, csv_file

LICENSE = "http://publications.europa.eu/resource/authority/licence/EUPL_1_2"
DESCRIPTION = (
    f"Dokumentierte interkommunale Kooperationen in {LAND.name}: Aufgabe, Beteiligte, "
    "Rechtsform, Stand, Beginn und die öffentliche Seite, die sie belegt. Was fehlt, ist nicht "
    "bekannt – es kann weitere geben."
)
Confirmed = Mapping[str, tuple[str, str]]
"""Id of a cooperation -> (claim, ISO date) of the newest accepted hint."""


class Row(Struct, frozen=True):
    """One cooperation with the names of its bodies and what was confirmed."""

    known: Cooperation
    names: tuple[str, ...]
    confirmed: tuple[str, str] | None


_COLUMNS: tuple[Column[Row], ...] = (
    Column("id", 10, Shape.TEXT, lambda r: r.known.id),
    Column("title", 40, Shape.TEXT, lambda r: r.known.title),
    Column("description", 60, Shape.TEXT, lambda r: r.known.description),
    Column("task_area", 24, Shape.TEXT, lambda r: r.known.task_area.value),
    Column("task_area_label", 24, Shape.TEXT, lambda r: r.known.task_area.label),
    Column("legal_form", 20, Shape.TEXT, lambda r: r.known.legal_form.value),
    Column("status", 12, Shape.TEXT, lambda r: r.known.status.value),
    Column("start_year", 10, Shape.TEXT, lambda r: r.known.start_year or ""),
    Column("participants", 40, Shape.TEXT, lambda r: "|".join(r.known.participants)),
    Column("participant_names", 40, Shape.TEXT, lambda r: "|".join(r.names)),
    Column("other_participants", 40, Shape.TEXT, lambda r: "|".join(r.known.other_participants)),
    Column("lead", 12, Shape.TEXT, lambda r: r.known.lead or ""),
    Column("source_url", 40, Shape.LINK, lambda r: r.known.source_url),
    Column("source_title", 40, Shape.TEXT, lambda r: r.known.source_title),
    Column("evidence_grade", 10, Shape.TEXT, lambda r: r.known.evidence_grade),
    Column("hint", 12, Shape.TEXT, lambda r: r.confirmed[0] if r.confirmed else ""),
    Column("hint_accepted", 12, Shape.TEXT, lambda r: r.confirmed[1] if r.confirmed else ""),
)


def rows(matcher: Matcher, confirmed: Confirmed) -> list[Row]:
    """Return all cooperations in the order of the data."""
    directory = matcher.directory
    return [
        Row(known, _names(known, directory), confirmed.get(known.id))
        for known in matcher.dataset.cooperations
    ]


def to_csv(matcher: Matcher, confirmed: Confirmed) -> bytes:
    """Return the table: UTF-8 with BOM, semicolon; lists within a cell are divided by "|"."""
    return csv_file(_COLUMNS, rows(matcher, confirmed))


def to_json(matcher: Matcher, confirmed: Confirmed) -> bytes:
    """Return the same as JSON, with version, licence and what it is not."""
    document = {
        "version": matcher.dataset.version,
        "license": LICENSE,
        "note": DESCRIPTION,
        "cooperations": [_record(row) for row in rows(matcher, confirmed)],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _record(row: Row) -> dict[str, Any]:
    known = row.known
    pairs = zip(known.participants, row.names, strict=True)
    return {
        "id": known.id,
        "title": known.title,
        "description": known.description,
        "task_area": {"code": known.task_area.value, "label": known.task_area.label},
        "legal_form": known.legal_form.value,
        "status": known.status.value,
        "start_year": known.start_year,
        "participants": [{"ags": key, "name": name} for key, name in pairs],
        "other_participants": list(known.other_participants),
        "lead": known.lead,
        "source_url": known.source_url,
        "source_title": known.source_title,
        "evidence_grade": known.evidence_grade,
        "hint": None if row.confirmed is None else {
            "claim": row.confirmed[0], "accepted": row.confirmed[1],
        },
    }  # fmt: skip


def _names(known: Cooperation, directory: Directory) -> tuple[str, ...]:
    return tuple(directory.name(key) for key in known.participants)
