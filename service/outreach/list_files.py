"""Opportunities as files: CSV and XLSX for the office, GeoJSON for the map. No I/O.

A list is exported as it is shown: same lines, same order, same sentences.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from matcher import Body, Matcher
from matcher.outreach import Opportunity
from service.outreach.list_columns import DEFAULT_COLUMNS, Entry, chosen
from service.web.attachments import MEDIA_TYPES, File
from service.web.spreadsheets import csv_file

ListFormat = Literal["csv", "xlsx", "geojson"]


PROPOSALS = (
    "Diese Liste enthält Vorschläge, wen man worauf ansprechen könnte, keine Urteile über eine "
    "Kommune."
)
UNKNOWN = (
    "Nicht bekannt heißt nicht, dass es keine gibt: Erfasst sind nur öffentlich dokumentierte "
    "Kooperationen."
)


def as_file(
    opportunities: Sequence[Opportunity],
    fmt: ListFormat,
    matcher: Matcher,
    statuses: Mapping[str, str] | None = None,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    day: date | None = None,
) -> File:
    """Return the file of a list.

    Parameters
    ----------
    opportunities
        In the order of the list.
    fmt
        Which file.
    matcher
        Knows the bodies, and which model and data made the list.
    statuses
        Status by id of the opportunity, in German; default none.
    columns
        Codes of `COLUMNS` for CSV and XLSX, in the wanted order.
    day
        Date of the list, default today.

    Returns
    -------
    File
        To be saved.

    Raises
    ------
    service.outreach.list_columns.ColumnError
        A code is not in `COLUMNS`.
    """
    day = day or date.today()
    known = statuses or {}
    lines = [
        Entry(o, tuple(matcher.directory[key] for key in o.bodies), known.get(o.id, ""))
        for o in opportunities
    ]
    if fmt == "geojson":
        content = _geojson(lines, matcher, day)
    elif fmt == "csv":
        content = csv_file(chosen(columns), lines)
    else:
        from service.web.workbook import xlsx_file

        content = xlsx_file(
            chosen(columns), lines, "Anregungen", _notes(matcher, day), _frozen(columns)
        )
    return File(content, MEDIA_TYPES[fmt], f"ikz-anregungen-{day.isoformat()}.{fmt}")


def _frozen(codes: Sequence[str]) -> str:
    """Return the cell that keeps rank, area and names in sight where they stand first."""
    return "D2" if tuple(codes[:3]) == ("rank", "area", "matter") else "A2"


def _notes(matcher: Matcher, day: date) -> list[tuple[str, Any]]:
    return [
        ("Hinweis", PROPOSALS),
        ("Was nicht bekannt ist", UNKNOWN),
        ("Datum der Liste", day),
        ("Modellversion", matcher.version),
        ("Datenstand", matcher.dataset.version),
        (
            "Wert (Log-Odds)",
            "Summe aus Passung, Bedarf und Erfahrung; er ordnet die Liste. Mit ihm lassen sich "
            "Zeilen vergleichen, er sagt nicht voraus, ob eine Zusammenarbeit zustande kommt.",
        ),
        (
            "davon Passung",
            "Wie gut je zwei Beteiligte in diesem Bereich zusammenpassen, im Mittel.",
        ),
        (
            "davon Bedarf",
            "Anzeichen aus öffentlichen Zahlen: Größe, Alterung, Haushaltslage und was ähnliche "
            "Kommunen gemeinsam erledigen.",
        ),
        ("davon Erfahrung", "Wie oft solche Gruppen in diesem Bereich bekannt sind."),
        (
            "Häufige Rechtsformen",
            "Anteile unter bekannten Kooperationen; welche Form passt, ist im Einzelfall zu "
            "prüfen.",
        ),
        (
            "Förderung bis EUR",
            "Höchstbetrag nach der genannten Richtlinie bei dieser Zahl von Beteiligten; kein "
            "Rechtsanspruch.",
        ),
    ]  # fmt: skip


def _geojson(lines: Sequence[Entry], matcher: Matcher, day: date) -> bytes:
    """Return seats in WGS 84 (RFC 7946), one feature for each body of each line."""
    collection = {
        "type": "FeatureCollection",
        "note": f"{PROPOSALS} {UNKNOWN}",
        "date": day.isoformat(),
        "model_version": matcher.version,
        "data_version": matcher.dataset.version,
        "features": [
            _feature(line, key, body)
            for line in lines
            for key, body in zip(line.opportunity.bodies, line.bodies, strict=True)
        ],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _feature(line: Entry, key: str, body: Body) -> dict[str, Any]:
    opportunity = line.opportunity
    return {
        "type": "Feature",
        "id": f"{opportunity.id}-{key}",
        "geometry": {
            "type": "Point",
            "coordinates": [body.longitude, body.latitude],
        },
        "properties": {
            "opportunity": opportunity.id,
            "rank": opportunity.rank,
            "area": opportunity.task_area.value,
            "area_label": opportunity.task_area.label,
            "matter": opportunity.matter,
            "matter_name": opportunity.matter_name,
            "score": round(opportunity.score, 3),
            "ags": key,
            "name": body.name,
            "kind": body.kind.value,
            "with": [name for name in opportunity.names if name != body.name],
            "status": line.status or None,
        },
    }
