"""The matrix of white spots as a file. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from data.land import AUDIT
from matcher import Directory, Matcher
from matcher.german import percent
from matcher.outreach import AreaReading, Coverage
from service.outreach.view_files import ViewFormat, notes_of, view_file
from service.web.attachments import File
from service.web.spreadsheets import Column, Shape

_PLACES = 4  # decimals of a share
_VERDICTS = {
    "data_missing": "vor allem Angaben fehlen",
    "comparable": "größtenteils erfasst",
    "unknown": "keine Vergleichszahl",
}
_BOUNDS = {"at_least": "mehr als ", "below": "weniger als ", "exact": "rund "}


class _AreaRow(Struct, frozen=True):
    """One task area of the matrix."""

    reading: AreaReading
    shares: Sequence[float]  # by segment, then by Kreis


def gaps_file(table: Coverage, fmt: ViewFormat, matcher: Matcher, day: date) -> File:
    """Return the matrix of white spots, one task area a row.

    Parameters
    ----------
    table
        The shares.
    fmt
        Which file.
    matcher
        Knows the names of the Kreise, and which model and data made the matrix.
    day
        Date of the matrix.
    """
    rows = [
        _AreaRow(reading, [*table.by_segment[n].tolist(), *table.by_district[n].tolist()])
        for n, reading in enumerate(table.readings)
    ]
    notes = [
        *notes_of(matcher, day),
        (
            "Anteile",
            "Anteil der Kommunen und Kreise einer Größenklasse, oder der Kommunen eines Kreises "
            "mit ihm selbst, von denen in diesem Bereich eine Kooperation bekannt ist; in Klammern "
            "ihre Zahl. Kreisfreie Städte gehören zu keinem Kreis. Eine Null sagt nur, dass nichts "
            "erfasst ist.",
        ),
        (AUDIT.auditor, f"Anteil unter den Befragten. {AUDIT.source}."),
        ("Plan", f"So viele Befragte der {AUDIT.auditor} planen dort eine Zusammenarbeit."),
        (
            "Lesart",
            "Ob vor allem Angaben fehlen, zeigt erst der Vergleich mit einer Zahl der "
            f"{AUDIT.auditor}.",
        ),
    ]
    columns = _gap_columns(table, matcher.directory)
    return view_file("weisse-flecken", fmt, columns, rows, "Weiße Flecken", notes, "B2", day)


def reported_text(reading: AreaReading) -> str:
    """Return what gpaNRW counted, as "mehr als 75 %"; "" where it gives no figure."""
    if reading.reported is None:
        return ""
    text = f"{_BOUNDS[reading.reported.bound]}{percent(reading.reported.share)}"
    segment = reading.reported.segment
    return text if segment is None else f"{text} ({segment.label})"


def verdict_text(reading: AreaReading) -> str:
    """Return in a few words whether data or cooperations are missing."""
    if reading.verdict == "unknown" and reading.reported is not None:
        return "nur Obergrenze genannt"
    return _VERDICTS[reading.verdict]


def _gap_columns(table: Coverage, directory: Directory) -> list[Column[_AreaRow]]:
    kreise = directory.names_of(table.districts)
    groups = [
        *zip((s.label for s in table.segments), table.bodies_by_segment.tolist(), strict=True),
        *zip(kreise, table.bodies_by_district.tolist(), strict=True),
    ]
    shares = [_share(n, f"{name} ({count})") for n, (name, count) in enumerate(groups)]
    last = len(table.segments)
    return [
        Column("Aufgabenbereich", 34, Shape.TEXT, lambda row: row.reading.area.label),
        *shares[:last],
        Column(AUDIT.auditor, 24, Shape.TEXT, lambda row: reported_text(row.reading)),
        Column("Plan", 8, Shape.COUNT, lambda row: row.reading.planned),
        Column("Lesart", 28, Shape.TEXT, lambda row: verdict_text(row.reading)),
        *shares[last:],
    ]


def _share(n: int, title: str) -> Column[_AreaRow]:
    # Headings have two lines, and a button over the second: as wide as the longest word at least.
    width = max(12, max(map(len, title.split())) + 2, round(0.65 * len(title)) + 2)
    return Column(title, width, Shape.SHARE, lambda row: round(row.shares[n], _PLACES))
