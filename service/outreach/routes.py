"""/v1/outreach: ranked opportunities with their state, for staff of the office."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.outreach import schemas, selection
from service.outreach.background import OutreachStore
from service.outreach.downloads import as_file, heading
from service.outreach.history import History
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.steps import keep_step, line_of
from service.staff.access import ApiStaff, WritingStaff
from service.web.schemas import ListAnswer
from service.web.state import Current, State

router = APIRouter(prefix="/v1/outreach", tags=["outreach"])
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
    asked = selection.read(given, state.directory, state.settings.outreach_lines_per_body)
    lines, record = state[OutreachStore].lines(), state[History].record()
    found = selection.select(asked, lines, record)
    most = limit or (_A_PAGE if format_ == "json" else _A_FILE)
    page = found[offset : offset + most]
    if format_ != "json":
        return as_file(page, format_, lines, record, state, heading(asked, state))
    response.headers["X-CSRF-Token"] = staff.csrf
    items = [
        schemas.OpportunityAnswer.of(lines.describe(line, rank), record, state.directory, rank)
        for rank, line in page
    ]
    return ListAnswer(items=items, total=len(found))


@router.get("/{identifier}", summary="Eine Anregung")
def get_opportunity(
    identifier: str, staff: ApiStaff, state: Current, response: Response
) -> schemas.OpportunityAnswer:
    """Return one opportunity with all that was done about it."""
    response.headers["X-CSRF-Token"] = staff.csrf
    lines = state[OutreachStore].lines()
    return _answer(state, lines, line_of(lines, state[History].record(), identifier))


@router.patch("/{identifier}", summary="Stand und Notiz festhalten")
def patch_opportunity(
    identifier: str, asked: schemas.StepAsked, staff: WritingStaff, state: Current
) -> schemas.OpportunityAnswer:
    """Add a step; needs the header X-CSRF-Token."""
    lines = state[OutreachStore].lines()
    line = line_of(lines, state[History].record(), identifier)
    keep_step(state[History], line.id, line.area.value, line.bodies, asked, staff.name)
    return _answer(state, lines, line)


def _answer(state: State, lines: OpportunityList, line: Line) -> schemas.OpportunityAnswer:
    found = lines.describe(line, 1)
    return schemas.OpportunityAnswer.of(found, state[History].record(), state.directory)
