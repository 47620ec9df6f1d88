"""What is asked of the list: filters from an address, and the lines that pass them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import TypeVar

from msgspec import Struct

from data import LegalStatus, TaskArea
from data.matters import Matters
from data.terms import Term
from matcher import Directory
from matcher.outreach import OutreachFilters
from matcher.outreach.groups import MAX_PLACES, MIN_PLACES
from service.outreach.history import Record
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.status import OutreachStatus
from service.problems import ProblemError
from service.web.named_bodies import find_district

MOST_LINES = 1_000
SORTS = {
    "rang": "Rang",
    "bereich": "Aufgabenbereich",
    "stand": "Stand",
    "geaendert": "zuletzt geändert",
}
_STATUSES = tuple(OutreachStatus)
RESTING = ("hide", "show")
AnyTerm = TypeVar("AnyTerm", bound=Term)


class Selection(Struct, frozen=True):
    """A list that is asked for.

    Attributes
    ----------
    filters
        Which groups.
    status
        Only lines in this state; None for all.
    not_contacted_since
        Only lines none of whose bodies was approached at that moment or later.
    hide_resting
        Whether fresh lines with a resting body are left out.
    sort
        A key of `SORTS`.
    """

    filters: OutreachFilters
    status: OutreachStatus | None = None
    not_contacted_since: datetime | None = None
    hide_resting: bool = True
    sort: str = "rang"


def read(
    given: Mapping[str, str],
    directory: Directory,
    per_body: int = 5,
    matters: Matters | None = None,
) -> Selection:
    """Read a query from the parameters of an address; what is empty is not asked for.

    A body stands on at most `per_body` lines, so that a list does not name the same few towns.

    Raises
    ------
    ProblemError
        422 with a sentence for each parameter that cannot be used.
    """
    errors: list[tuple[str, str]] = []

    def field(name: str, parse: Callable[[str], AnyTerm]) -> tuple[AnyTerm, ...]:
        text = given.get(name, "").strip()
        try:
            return (parse(text),) if text else ()
        except ValueError as error:
            errors.append((f"/{name}", str(error)))
            return ()

    areas = field("task_area", TaskArea.parse)
    wanted = _matter(given.get("matter", "").strip(), matters or Matters(), errors)
    standings = field("legal_status", LegalStatus.parse)
    statuses = field("status", OutreachStatus.parse)
    region = _region(given.get("government_region", "").strip(), directory, errors)
    district = _district(given.get("district", "").strip(), directory, errors)
    least = _size(given, "min_group", MIN_PLACES, errors)
    most = _size(given, "max_group", MAX_PLACES, errors)
    if least > most:
        errors.append(("/min_group", "Die kleinste Gruppe ist größer als die größte."))
    since = _moment(given.get("not_contacted_since", "").strip(), errors)
    sort = _choice(given, "sort", tuple(SORTS), errors)
    resting = _choice(given, "resting", RESTING, errors)
    if errors:
        raise ProblemError.of_fields(errors)
    filters = OutreachFilters(
        areas, region, district, standings, least, most, per_body, limit=MOST_LINES, matters=wanted
    )
    return Selection(filters, statuses[0] if statuses else None, since, resting == "hide", sort)


def select(selection: Selection, lines: OpportunityList, record: Record) -> list[tuple[int, Line]]:
    """Return the lines that pass, each with its rank in the list by score."""
    found = lines.select(selection.filters)
    known = {line.id for line in found}
    # What the office works on stays in the list, also where a better line took its place.
    for identifier in record.histories:
        line = lines.find(identifier)
        worked_on = record.status(identifier) is not OutreachStatus.NEW
        if line and worked_on and line.id not in known and lines.passes(line, selection.filters):
            found.append(line)
    # The order is that of the spread list; what was worked on and fell out of it comes after.
    ranked = [
        (rank, line) for rank, line in enumerate(found, start=1) if _passes(selection, line, record)
    ]
    return sorted(ranked, key=_order(selection.sort, record))


def _passes(selection: Selection, line: Line, record: Record) -> bool:
    if selection.status is not None and record.status(line.id) is not selection.status:
        return False
    since = selection.not_contacted_since
    if since is not None and record.contacted_since(line.bodies, since):
        return False
    return not (selection.hide_resting and record.is_left_out(line.id, line.bodies))


def _order(sort: str, record: Record) -> Callable[[tuple[int, Line]], tuple[object, ...]]:
    def last(line: Line) -> float:
        events = record.histories.get(line.id)
        return events[-1].at.timestamp() if events else 0.0

    orders: dict[str, Callable[[tuple[int, Line]], tuple[object, ...]]] = {
        "rang": lambda pair: (pair[0],),
        "bereich": lambda pair: (pair[1].area.label.casefold(), pair[0]),
        "stand": lambda pair: (-_STATUSES.index(record.status(pair[1].id)), pair[0]),
        "geaendert": lambda pair: (-last(pair[1]), pair[0]),
    }
    return orders[sort]


def _matter(text: str, matters: Matters, errors: list[tuple[str, str]]) -> tuple[str, ...]:
    if not text:
        return ()
    if text not in matters or not matters[text].proposed:
        errors.append(("/matter", "Dieses Vorhaben gibt es nicht."))
        return ()
    return (text,)


def _region(text: str, directory: Directory, errors: list[tuple[str, str]]) -> tuple[str, ...]:
    if not text:
        return ()
    known = directory.government_regions
    found = next((name for name in known if name.casefold() == text.casefold()), None)
    if found is None:
        sentence = f"Diesen Regierungsbezirk gibt es nicht. Zulässig sind: {', '.join(known)}."
        errors.append(("/government_region", sentence))
        return ()
    return (found,)


def _district(text: str, directory: Directory, errors: list[tuple[str, str]]) -> tuple[str, ...]:
    if not text:
        return ()
    key, sentence = find_district(directory.name_index, text)
    if key is not None and key not in {body.key for body in directory.district_level}:
        key, sentence = None, "Hier wird ein Kreis oder eine kreisfreie Stadt erwartet."
    if key is None:
        errors.append(("/district", sentence))
        return ()
    return (key,)


def _size(given: Mapping[str, str], name: str, usual: int, errors: list[tuple[str, str]]) -> int:
    text = given.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and MIN_PLACES <= int(text[:4]) <= MAX_PLACES):
        errors.append((f"/{name}", f"Zulässig sind {MIN_PLACES} bis {MAX_PLACES} Kommunen."))
        return usual
    return int(text[:4])


def _moment(text: str, errors: list[tuple[str, str]]) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        sentence = "Hier wird ein Datum erwartet, zum Beispiel 2026-01-31."
        errors.append(("/not_contacted_since", sentence))
        return None


def _choice(
    given: Mapping[str, str], name: str, allowed: tuple[str, ...], errors: list[tuple[str, str]]
) -> str:
    text = given.get(name, "").strip() or allowed[0]
    if text not in allowed:
        errors.append((f"/{name}", f"Zulässig sind: {', '.join(allowed)}."))
    return text
