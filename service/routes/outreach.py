"""/v1/outreach: ranked opportunities with their state, for staff of the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Response

from service.outreach import exports, query, schemas
from service.outreach.exports import ListFormat
from service.outreach.lines import Line, Lines
from service.outreach.memory import Record
from service.outreach.status import OutreachStatus
from service.problems import ProblemError
from service.schemas import ListAnswer
from service.staff.access import ApiStaff, WritingStaff
from service.state import Current, State

router = APIRouter(prefix="/v1/outreach", tags=["outreach"])
_DOSSIER = "pdf"
FORMATS: tuple[str, ...] = (*get_args(ListFormat), _DOSSIER)
_A_PAGE, _A_FILE = 20, 500
Text = Annotated[str, Query(max_length=200)]


@router.get(
    "",
    summary="Anregungen: wen man worauf ansprechen kann",
    response_model=ListAnswer[schemas.OpportunityAnswer],
)
def list_opportunities(
    staff: ApiStaff,
    state: Current,
    response: Response,
    task_area: Text = "",
    government_region: Text = "",
    district: Text = "",
    legal_status: Text = "",
    min_group: Text = "",
    max_group: Text = "",
    status: Text = "",
    not_contacted_since: Text = "",
    resting: Text = "",
    sort: Text = "",
    limit: Annotated[int | None, Query(ge=1, le=500)] = None,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    format_: Annotated[str, Query(alias="format", max_length=20)] = "json",
) -> ListAnswer[schemas.OpportunityAnswer] | Response:
    """Filter the computed list; the header X-CSRF-Token of the answer is needed to change it."""
    given = {
        "task_area": task_area,
        "government_region": government_region,
        "district": district,
        "legal_status": legal_status,
        "min_group": min_group,
        "max_group": max_group,
        "status": status,
        "not_contacted_since": not_contacted_since,
        "resting": resting,
        "sort": sort,
    }
    asked = query.read(given, state.matcher, state.names, state.settings.outreach_lines_per_body)
    lines, record = state.outreach.lines(), state.memory.record()
    found = query.select(asked, lines, record)
    most = limit or (_A_PAGE if format_ == "json" else _A_FILE)
    page = found[offset : offset + most]
    if format_ != "json":
        return as_file(page, format_, lines, record, state, heading(asked, state))
    response.headers["X-CSRF-Token"] = staff.csrf
    items = [
        schemas.opportunity(lines.describe(line, rank), record, state.matcher, rank)
        for rank, line in page
    ]
    return ListAnswer(items=items, total=len(found))


@router.get("/{identifier}", summary="Eine Anregung")
def get_opportunity(
    identifier: str, staff: ApiStaff, state: Current, response: Response
) -> schemas.OpportunityAnswer:
    """Return one opportunity with all that was done about it."""
    response.headers["X-CSRF-Token"] = staff.csrf
    lines = state.outreach.lines()
    return _answer(state, lines, line_of(lines, state.memory.record(), identifier))


@router.patch("/{identifier}", summary="Stand und Notiz festhalten")
def patch_opportunity(
    identifier: str, asked: schemas.StepAsked, staff: WritingStaff, state: Current
) -> schemas.OpportunityAnswer:
    """Add a step; needs the header X-CSRF-Token."""
    lines = state.outreach.lines()
    line = line_of(lines, state.memory.record(), identifier)
    keep_step(state, line.id, line.area.value, line.bodies, asked, staff.name)
    return _answer(state, lines, line)


def line_of(lines: Lines, record: Record, identifier: str) -> Line:
    """Return the line with an id, from the list or from what the office worked on.

    Raises
    ------
    ProblemError
        404: neither knows it, or it can no longer be described.
    """
    line = lines.find(identifier) or remembered(lines, record, identifier)
    if line is None:
        raise ProblemError(404, "Diese Anregung gibt es nicht oder nicht mehr.")
    return line


def remembered(lines: Lines, record: Record, identifier: str) -> Line | None:
    """Return a line that the office worked on, also where no list holds it any more."""
    events = record.histories.get(identifier)
    if not events:
        return None
    return lines.restored(identifier, events[-1].task_area, events[-1].bodies)


def keep_step(
    state: State,
    identifier: str,
    task_area: str,
    bodies: Sequence[str],
    asked: schemas.StepAsked,
    who: str,
) -> None:
    """Keep what somebody did; without a new status the last one stays.

    Raises
    ------
    ProblemError
        422: neither status nor note are given.
    """
    if asked.status is None and not asked.note:
        raise ProblemError.of_fields([("", "Es ist keine Änderung angegeben.")])
    if asked.status is None:
        status = state.memory.record().status(identifier)
    else:
        status = OutreachStatus.parse(asked.status)
    state.memory.add(identifier, task_area, bodies, status, asked.note, who)


def _answer(state: State, lines: Lines, line: Line) -> schemas.OpportunityAnswer:
    found = lines.describe(line, 1)
    return schemas.opportunity(found, state.memory.record(), state.matcher)


def as_file(
    found: Sequence[tuple[int, Line]],
    wanted: str,
    lines: Lines,
    record: Record,
    state: State,
    heading: str | None = None,
) -> Response:
    """Return lines as an attachment; a dossier has the first 20 of them.

    Raises
    ------
    ProblemError
        422: the format is not known, or a dossier of nothing is asked for.
    """
    fmt = wanted.strip().lower()
    if fmt not in FORMATS:
        sentence = f"Dieses Format gibt es nicht. Zulässig sind: json, {', '.join(FORMATS)}."
        raise ProblemError.of_fields([("/format", sentence)])
    if fmt == _DOSSIER and not found:
        raise ProblemError.of_fields([("/format", "Ohne Anregung gibt es kein Dossier.")])
    kept = found[:_A_PAGE] if fmt == _DOSSIER else found[:_A_FILE]
    statuses = {line.id: record.status(line.id).label for _, line in kept}
    opportunities = [lines.describe(line, rank) for rank, line in kept]
    day = record.now.date()
    if fmt == _DOSSIER:
        made = state.outreach.press.as_pdf(opportunities, heading, statuses, day)
    else:
        known: ListFormat = next(name for name in get_args(ListFormat) if name == fmt)
        made = exports.as_file(opportunities, known, state.matcher, statuses, day=day)
    content, media_type, name = made
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def heading(asked: query.Query, state: State) -> str | None:
    """Return what a list is about, for the front page of a dossier; None for the whole Land."""
    filters, names = asked.filters, state.matcher.dataset.bodies["name"]
    parts = [area.label for area in filters.task_areas]
    parts += [f"Regierungsbezirk {name}" for name in filters.government_regions]
    parts += [str(names[key]) for key in filters.districts]
    return ", ".join(parts) or None
