"""Shared service centres as files. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from data import Cooperation, TaskArea
from matcher import Matcher
from matcher.german import number
from matcher.outreach import ServiceCentre
from matcher.outreach.service_centres import CANDIDATES, RADIUS_KM, Candidate
from service.outreach.view_files import ViewFormat, notes_of, view_file
from service.web.attachments import File
from service.web.spreadsheets import Column, Shape

_SOURCES = 3  # columns with a link; titles of all cooperations are named


class _Pair(Struct, frozen=True):
    """A provider with one municipality that might join; names and records looked up."""

    centre: ServiceCentre
    candidate: Candidate
    served: str
    cooperations: tuple[Cooperation, ...]
    population: int


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
        *notes_of(matcher, day),
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
    return view_file("dienstleister", fmt, _PAIR_COLUMNS, pairs, "Dienstleister", notes, "C2", day)


def _pairs(centres: Sequence[ServiceCentre], matcher: Matcher) -> list[_Pair]:
    directory = matcher.directory
    known = {cooperation.id: cooperation for cooperation in matcher.dataset.cooperations}
    return [
        _Pair(
            centre,
            candidate,
            ", ".join(directory.names_of(centre.served)),
            tuple(known[key] for key in centre.cooperations),
            directory[candidate.body].population,
        )
        for centre in centres
        for candidate in centre.candidates
    ]
