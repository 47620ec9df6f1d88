"""The office's views over the whole Land as files: shared service centres and white spots. No I/O.

They hold what the pages show, in the same order; the pages cut long lists, the files do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from data import Cooperation, TaskArea
from data.land import AUDIT
from matcher import Matcher
from matcher.german import number, percent
from matcher.outreach import AreaReading, Coverage, ServiceCentre
from matcher.outreach.service_centres import CANDIDATES, RADIUS_KM, Candidate
from service.outreach.exports import MEDIA_TYPES, PROPOSALS, UNKNOWN
from service.sheets import Column, Shape, csv_file, xlsx_file

ViewFormat = Literal["csv", "xlsx"]
FORMATS: tuple[ViewFormat, ...] = get_args(ViewFormat)
_SOURCES = 3  # columns with a link; titles of all cooperations are named
_PLACES = 4  # decimals of a share
_VERDICTS = {
    "data_missing": "vor allem Angaben fehlen",
    "comparable": "größtenteils erfasst",
    "unknown": "keine Vergleichszahl",
}
_BOUNDS = {"at_least": "mehr als ", "below": "weniger als ", "exact": "rund "}
File = tuple[bytes, str, str]
"""Content, media type and a name for the file."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A provider with one municipality that might join; names and records looked up."""

    centre: ServiceCentre
    candidate: Candidate
    served: str
    cooperations: tuple[Cooperation, ...]
    population: int


@dataclass(frozen=True, slots=True)
class _AreaRow:
    """One task area of the matrix."""

    reading: AreaReading
    shares: Sequence[float]  # by segment, then by Kreis


def _source(n: int) -> Callable[[_Pair], str]:
    return lambda pair: pair.cooperations[n].source_url if n < len(pair.cooperations) else ""


_PAIR_COLUMNS: tuple[Column[_Pair], ...] = (
    Column("Aufgabenbereich", 26, Shape.TEXT, lambda p: p.centre.task_area.label),
    Column("Dienstleister", 28, Shape.TEXT, lambda p: p.centre.name),
    Column("AGS des Dienstleisters", 14, Shape.TEXT, lambda p: p.centre.provider),
    Column("arbeitet bekanntermaßen für", 42, Shape.TEXT, lambda p: p.served),
    Column("Kooperationen", 48, Shape.TEXT, lambda p: "; ".join(c.title for c in p.cooperations)),
    *(Column(f"Quelle {n + 1}", 36, Shape.LINK, _source(n)) for n in range(_SOURCES)),
    Column("Kandidat", 28, Shape.TEXT, lambda p: p.candidate.name),
    Column("AGS des Kandidaten", 14, Shape.TEXT, lambda p: p.candidate.body),
    Column("Einwohner", 12, Shape.COUNT, lambda p: p.population),
    Column("Kilometer", 12, Shape.KILOMETRES, lambda p: round(p.candidate.distance_km, 1)),
    Column("selber Kreis", 12, Shape.TEXT, lambda p: "ja" if p.candidate.same_district else "nein"),
)


def centres_file(
    centres: Sequence[ServiceCentre],
    fmt: ViewFormat,
    matcher: Matcher,
    day: date,
    area: TaskArea | None = None,
) -> File:
    """Return shared service centres with who might join, one pair a row.

    Parameters
    ----------
    centres
        In the order of the list.
    fmt
        Which file.
    matcher
        Knows bodies and cooperations, and which model and data made the list.
    day
        Date of the list.
    area
        The task area that is looked at; None for all.
    """
    notes = [
        *_notes(matcher, day),
        ("Aufgabenbereich", area.label if area else "alle mit bekannten Dienstleistern"),
        (
            "Dienstleister",
            "Kommunen und Kreise, die die Aufgabe bekanntermaßen für andere erledigen. Ob sie "
            "weitere aufnehmen können, wissen nur die Beteiligten.",
        ),
        ("Quelle", f"Der ersten {_SOURCES} genannten Kooperationen, in ihrer Reihenfolge."),
        (
            "Kandidat",
            "Kommunen ohne bekannte Kooperation in diesem Bereich, im selben Kreis oder höchstens "
            f"{number(RADIUS_KM)} km entfernt; je Dienstleister höchstens {CANDIDATES}, die "
            "aussichtsreichste zuerst.",
        ),
        ("Kilometer", "Luftlinie zwischen den Verwaltungssitzen."),
    ]
    pairs = _pairs(centres, matcher)
    content = _content(fmt, _PAIR_COLUMNS, pairs, "Dienstleister", notes, "C2")
    return content, MEDIA_TYPES[fmt], f"ikz-dienstleister-{day.isoformat()}.{fmt}"


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
        *_notes(matcher, day),
        (
            "Anteile",
            "Anteil der Kommunen und Kreise einer Größenklasse, oder der Kommunen eines Kreises "
            "mit ihm selbst, von denen in diesem Bereich eine Kooperation bekannt ist; in Klammern "
            "ihre Zahl. Kreisfreie Städte gehören zu keinem Kreis. Eine Null sagt nur, dass nichts "
            "erfasst ist.",
        ),
        ("gpaNRW", f"Anteil unter den Befragten. {AUDIT.source}."),
        ("Plan", "So viele Befragte der gpaNRW planen dort eine Zusammenarbeit."),
        (
            "Lesart",
            "Ob vor allem Angaben fehlen, zeigt erst der Vergleich mit einer Zahl der gpaNRW.",
        ),
    ]
    columns = _gap_columns(table, matcher)
    content = _content(fmt, columns, rows, "Weiße Flecken", notes, "B2")
    return content, MEDIA_TYPES[fmt], f"ikz-weisse-flecken-{day.isoformat()}.{fmt}"


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


def _content(
    fmt: ViewFormat,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    title: str,
    notes: Sequence[tuple[str, Any]],
    frozen: str,
) -> bytes:
    if fmt == "csv":
        return csv_file(columns, rows)
    return xlsx_file(columns, rows, title, notes, frozen)


def _notes(matcher: Matcher, day: date) -> list[tuple[str, Any]]:
    return [
        ("Hinweis", PROPOSALS),
        ("Was nicht bekannt ist", UNKNOWN),
        ("Datum der Liste", day),
        ("Modellversion", matcher.version),
        ("Datenstand", matcher.dataset.version),
    ]


def _pairs(centres: Sequence[ServiceCentre], matcher: Matcher) -> list[_Pair]:
    names = matcher.dataset.bodies["name"]
    known = {cooperation.id: cooperation for cooperation in matcher.dataset.cooperations}
    return [
        _Pair(
            centre,
            candidate,
            ", ".join(str(names[key]) for key in centre.served),
            tuple(known[key] for key in centre.cooperations),
            int(matcher.record(candidate.body)["population"]),
        )
        for centre in centres
        for candidate in centre.candidates
    ]


def _gap_columns(table: Coverage, matcher: Matcher) -> list[Column[_AreaRow]]:
    names = matcher.dataset.bodies["name"]
    groups = [
        *zip((s.label for s in table.segments), table.bodies_by_segment.tolist(), strict=True),
        *zip(names[list(table.districts)], table.bodies_by_district.tolist(), strict=True),
    ]
    shares = [_share(n, f"{name} ({count})") for n, (name, count) in enumerate(groups)]
    last = len(table.segments)
    return [
        Column("Aufgabenbereich", 34, Shape.TEXT, lambda row: row.reading.area.label),
        *shares[:last],
        Column("gpaNRW", 24, Shape.TEXT, lambda row: reported_text(row.reading)),
        Column("Plan", 8, Shape.COUNT, lambda row: row.reading.planned),
        Column("Lesart", 28, Shape.TEXT, lambda row: verdict_text(row.reading)),
        *shares[last:],
    ]


def _share(n: int, title: str) -> Column[_AreaRow]:
    # Headings have two lines, and a button over the second: as wide as the longest word at least.
    width = max(12, max(map(len, title.split())) + 2, round(0.65 * len(title)) + 2)
    return Column(title, width, Shape.SHARE, lambda row: round(row.shares[n], _PLACES))
