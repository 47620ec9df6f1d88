"""The page of one opportunity at /impulse/{id}, and what staff enter there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from msgspec import Struct
from pydantic import ValidationError

from service.maps.partner_map import PartnerMap, draw
from service.outreach import schemas
from service.outreach.background import OutreachStore
from service.outreach.downloads import as_file
from service.outreach.history import History, Record
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.rendering import LONGEST_WAY, area_label, render, waiting
from service.outreach.status import OutreachStatus
from service.outreach.steps import keep_step, remembered
from service.problems import ProblemError, from_validation
from service.staff.access import PageStaff, check_csrf
from service.web.state import Current, State

router = APIRouter(prefix="/impulse/{identifier}", include_in_schema=False)
CALL = ("these", "matter", "now", "against")
_NOTES = {"gespeichert": "Ihre Eintragung ist gespeichert."}
Typed = Annotated[str, Form()]


class _Subject(Struct, frozen=True):
    """What the page is about.

    `line` is None where it can no longer be described; `listed` tells whether the list holds it.
    """

    id: str
    task_area: str
    bodies: Sequence[str]
    line: Line | None
    listed: bool
    matter: str = ""


@router.get("")
def show_opportunity(
    identifier: str,
    request: Request,
    state: Current,
    staff: PageStaff,
    meldung: Annotated[str, Query(max_length=40)] = "",
    liste: Annotated[str, Query(max_length=LONGEST_WAY)] = "",
) -> Response:
    """Show one opportunity with its reasons, its letter and all that was done about it."""
    lines = state[OutreachStore].ready
    if lines is None:
        return waiting(request, state)
    record = state[History].record()
    subject = _subject(identifier, lines, record)
    wanted = request.query_params.get("format")
    if wanted and subject.line:
        return as_file([(1, subject.line)], wanted, lines, record, state)
    return _page(request, state, subject, {"came": liste, "note": _NOTES.get(meldung, "")})


@router.post("")
def save_step(
    identifier: str,
    request: Request,
    state: Current,
    staff: PageStaff,
    csrf: Annotated[str, Form(max_length=200)] = "",
    status: Typed = "",
    note: Typed = "",
    liste: Annotated[str, Form(max_length=LONGEST_WAY)] = "",
) -> Response:
    """Keep status and note, or show what is wrong with nothing lost."""
    check_csrf(staff, csrf)
    subject = _subject(identifier, state[OutreachStore].lines(), state[History].record())
    text = note.replace("\r\n", "\n")
    try:
        asked = schemas.StepAsked.model_validate({"status": status or None, "note": text})
        keep_step(
            state[History], subject.id, subject.task_area, subject.bodies, asked, staff.name,
            subject.matter,
        )  # fmt: skip
    except (ValidationError, ProblemError) as error:
        shown = {"came": liste, "typed": {"status": status[:200], "note": text}}
        return _page(request, state, subject, shown | {"errors": _errors(error)}, 422)
    told = {"meldung": "gespeichert"} | ({"liste": liste} if liste else {})
    return RedirectResponse(f"/impulse/{subject.id}?{urlencode(told)}", status_code=303)


def _subject(identifier: str, lines: OpportunityList, record: Record) -> _Subject:
    """Find what a page is about, in the list or in what the office remembers.

    Raises
    ------
    ProblemError
        404: in neither.
    """
    line = lines.find(identifier)
    if line is not None:
        return _Subject(line.id, line.area.value, line.bodies, line, True, line.matter.code)
    events = record.histories.get(identifier)
    if not events:
        raise ProblemError(404, "Diese Anregung gibt es nicht oder nicht mehr.")
    line = remembered(lines, record, identifier)
    last = events[-1]
    return _Subject(identifier, last.task_area, last.bodies, line, False, last.matter)


def _errors(error: ValidationError | ProblemError) -> dict[str, str]:
    if isinstance(error, ProblemError):
        if error.status != 422:
            raise error
        return {"": error.detail}
    found = from_validation(error.errors(), None).errors
    return {pointer.removeprefix("/"): sentence for pointer, sentence in found}


def _page(
    request: Request,
    state: State,
    subject: _Subject,
    shown: dict[str, Any],
    status: int = 200,
) -> HTMLResponse:
    record = state[History].record()
    current = record.status(subject.id)
    context = {
        "id": subject.id,
        "area": area_label(subject.task_area),
        "matter": _matter_name(state, subject),
        "names": state.directory.names_of(subject.bodies),
        "status": current,
        "statuses": tuple(OutreachStatus),
        "history": list(reversed(record.histories.get(subject.id, ()))),
        "typed": {"status": current.value, "note": ""},
        "errors": {},
        "now": record.now,
        "o": None,
        "listed": subject.listed,
    }
    if subject.line is not None:
        context |= _described(state, subject.line, record)
    return render(request, "detail.html", context | shown, status)


def _matter_name(state: State, subject: _Subject) -> str:
    """Return how the matter is called; the area where a line was kept without one."""
    matters = state.matcher.dataset.matters
    if subject.matter in matters and matters[subject.matter].proposed:
        return matters[subject.matter].name
    return area_label(subject.task_area)


def _described(state: State, line: Line, record: Record) -> dict[str, Any]:
    found = state[OutreachStore].lines().describe(line, 1)
    largest = max(abs(part.contribution) for part in found.parts) or 1.0
    return {
        "o": found,
        "call": [r for r in found.reasons if r.code in CALL],
        "facts": [r for r in found.reasons if r.code not in CALL],
        "parts": [(p, round(100 * abs(p.contribution) / largest, 1)) for p in found.parts],
        "bodies": [
            _body(state, record, key, name)
            for key, name in zip(line.bodies, found.names, strict=True)
        ],
        "map": _map(state, line, found.names),
    }


def _body(state: State, record: Record, key: str, name: str) -> dict[str, Any]:
    body, contact = state.directory[key], record.contacts.get(key)
    return {
        "key": key,
        "name": name,
        "population": body.population,
        "standing": body.legal_status.label,
        "contact": contact,
        "area": area_label(contact.task_area) if contact else "",
    }


def _map(state: State, line: Line, names: tuple[str, ...]) -> PartnerMap | None:
    """Draw the municipalities numbered; the Kreis, where it is asked too, as the square."""
    pairs = list(zip(line.bodies, names, strict=True))
    centre = pairs.pop()[0] if line.with_district else None
    return draw(state.land_map, centre, pairs, [key for key, _ in pairs])
