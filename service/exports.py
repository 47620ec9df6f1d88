"""Ranked partners as files: CSV and XLSX for the office, GeoJSON for the map. No I/O."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Literal
from urllib.parse import urlsplit

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data import LegalStatus
from service.schemas import MatchAnswer, MatchesAnswer

FileFormat = Literal["xlsx", "csv", "geojson"]
MEDIA_TYPES: dict[FileFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}
NO_VERDICT = (
    "Diese Liste enthält Vorschläge, keine Urteile über eine Kommune. Eine Zusammenarbeit, die "
    "hier fehlt, ist nicht bekannt – es kann sie trotzdem geben."
)
_REASONS = 3
_EVIDENCE = 3
_LONGEST_LINK = 2_079  # of a hyperlink in Excel
# Control characters that XML 1.0, and so XLSX, cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What a spreadsheet may take for a formula; the wide forms count in East Asian editions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Shape(Enum):
    """How a column is written; the value is Excel's number format."""

    TEXT = "@"
    COUNT = "#,##0"
    KILOMETRES = "0.0"
    SHARE = "0.0%"
    ODDS = "0.00"
    LINK = "General"


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: int
    shape: _Shape
    value: Callable[[MatchAnswer], Any]


def _reasons(match: MatchAnswer) -> list[str]:
    """Return the strongest reasons; those against are marked, as no bar shows it here."""
    return [
        reason.text if reason.contribution >= 0 else f"{reason.text} (spricht dagegen)"
        for reason in match.reasons[:_REASONS]
    ]


def _nth_reason(n: int) -> Callable[[MatchAnswer], str]:
    return lambda match: _reasons(match)[n] if n < len(match.reasons) else ""


def _nth_evidence(n: int, name: str) -> Callable[[MatchAnswer], str]:
    return lambda match: str(getattr(match.evidence[n], name)) if n < len(match.evidence) else ""


_COLUMNS = (
    _Column("Rang", 7, _Shape.COUNT, lambda m: m.rank),
    _Column("AGS", 11, _Shape.TEXT, lambda m: m.body.ags),
    _Column("Name", 30, _Shape.TEXT, lambda m: m.body.name),
    _Column("Art/Status", 32, _Shape.TEXT, lambda m: LegalStatus.parse(m.body.legal_status).label),
    _Column("Kreis", 26, _Shape.TEXT, lambda m: m.body.district or ""),
    _Column("Einwohner", 12, _Shape.COUNT, lambda m: m.body.population),
    _Column("Entfernung km", 15, _Shape.KILOMETRES, lambda m: round(m.distance_km, 1)),
    _Column("gemeinsame Grenze", 20, _Shape.TEXT, lambda m: "ja" if m.adjacent else "nein"),
    _Column("Wahrscheinlichkeit", 19, _Shape.SHARE, lambda m: round(m.probability, 4)),
    _Column("Wert (Log-Odds)", 17, _Shape.ODDS, lambda m: round(m.score, 3)),
    *(_Column(f"Grund {n + 1}", 48, _Shape.TEXT, _nth_reason(n)) for n in range(_REASONS)),
    *(
        column
        for n in range(_EVIDENCE)
        for column in (
            _Column(f"Beleg {n + 1}", 48, _Shape.TEXT, _nth_evidence(n, "title")),
            _Column(f"Quelle {n + 1}", 40, _Shape.LINK, _nth_evidence(n, "source_url")),
        )
    ),
)


def export(answer: MatchesAnswer, file_format: FileFormat, searcher: str, day: date) -> bytes:
    """Return the file of an answer.

    Parameters
    ----------
    answer
        The ranked partners.
    file_format
        Which file; `MEDIA_TYPES` has its type.
    searcher
        Name of the searching body.
    day
        Date of the search.
    """
    if file_format == "csv":
        return to_csv(answer.matches)
    if file_format == "xlsx":
        return to_xlsx(answer, searcher, day)
    return to_geojson(answer, searcher, day)


def to_csv(matches: Sequence[MatchAnswer]) -> bytes:
    """Return what a German Excel opens by double click: UTF-8 with BOM, semicolon, comma."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in _COLUMNS])
    for match in matches:
        writer.writerow([_csv_cell(column.value(match)) for column in _COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(answer: MatchesAnswer, searcher: str, day: date) -> bytes:
    """Return a workbook: the partners, and a sheet on what the list is and is not."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Partner"
    _fill(sheet, answer.matches)
    _explain(book.create_sheet("Hinweise"), answer, searcher, day)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_geojson(answer: MatchesAnswer, searcher: str, day: date) -> bytes:
    """Return points in WGS 84 (RFC 7946); names of properties are those of the JSON answer."""
    collection = {
        "type": "FeatureCollection",
        "note": NO_VERDICT,
        "searcher": searcher,
        "date": day.isoformat(),
        "model_version": answer.model.version,
        "data_version": answer.data_version,
        "features": [_feature(match) for match in answer.matches],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8")


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: such text gets an apostrophe."""
    plain = _CONTROL.sub("", text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return guarded(value)
    return str(value).replace(".", ",")


def _fill(sheet: Worksheet, matches: Sequence[MatchAnswer]) -> None:
    for number, column in enumerate(_COLUMNS, start=1):
        head = sheet.cell(row=1, column=number, value=column.title)
        head.font = Font(bold=True)
        head.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        for row, match in enumerate(matches, start=2):
            _write(sheet, row, number, column, column.value(match))
    # Rank, key and name stay in sight, as does the header.
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _write(sheet: Worksheet, row: int, number: int, column: _Column, value: Any) -> None:
    cell = sheet.cell(row=row, column=number)
    wrap = column.shape is _Shape.TEXT and column.width > 40
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    cell.number_format = column.shape.value
    if not isinstance(value, str):
        cell.value = value
        return
    if not value:
        return
    cell.value = guarded(value)
    cell.data_type = "s"
    if column.shape is _Shape.LINK and _is_link(value):
        cell.hyperlink = value
        cell.font = Font(color="0563C1", underline="single")


def _is_link(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return (
        address.scheme in ("http", "https") and bool(address.netloc) and len(text) <= _LONGEST_LINK
    )


def _explain(sheet: Worksheet, answer: MatchesAnswer, searcher: str, day: date) -> None:
    lines: list[tuple[str, Any]] = [
        ("Hinweis", NO_VERDICT),
        ("Suchende Kommune", searcher),
        ("Datum der Abfrage", day),
        ("Modellversion", answer.model.version),
        ("Textmodell", answer.model.text_model or "nicht verfügbar (eingeschränkter Betrieb)"),
        ("Datenstand", answer.data_version),
        (
            "Wahrscheinlichkeit",
            "Anteil solcher Vorschläge, bei denen die Kommune in bekannten Kooperationen "
            "tatsächlich Partnerin war.",
        ),
        (
            "Wert (Log-Odds)",
            "Ausgangswert und Beiträge aller Gründe als Summe; je höher, desto weiter oben.",
        ),
        ("Entfernung km", "Luftlinie zwischen den Verwaltungssitzen."),
        ("Gründe", "Die drei Gründe mit dem größten Gewicht."),
    ]
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    for row, (label, value) in enumerate(lines, start=1):
        sheet.cell(row=row, column=1, value=label).font = Font(bold=True)
        cell = sheet.cell(row=row, column=2)
        cell.alignment = Alignment(vertical="top", horizontal="left", wrap_text=True)
        if isinstance(value, date):
            cell.value, cell.number_format = value, "dd.mm.yyyy"
        else:
            cell.value, cell.data_type = guarded(value), "s"


def _feature(match: MatchAnswer) -> dict[str, Any]:
    body = match.body
    return {
        "type": "Feature",
        "id": body.ags,
        "geometry": {"type": "Point", "coordinates": [body.longitude, body.latitude]},
        "properties": {
            "rank": match.rank,
            "ags": body.ags,
            "name": body.name,
            "kind": body.kind,
            "legal_status": LegalStatus.parse(body.legal_status).label,
            "district": body.district,
            "population": body.population,
            "distance_km": round(match.distance_km, 1),
            "adjacent": match.adjacent,
            "probability": round(match.probability, 4),
            "score": round(match.score, 3),
            "reasons": _reasons(match),
            "evidence": [
                {"title": entry.title, "source_url": entry.source_url}
                for entry in match.evidence[:_EVIDENCE]
            ],
        },
    }
