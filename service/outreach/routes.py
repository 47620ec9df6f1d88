"""/v1/outreach: ranked opportunities with their state, for staff of the office."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import WithJsonSchema

from data import LegalStatus, TaskArea
from data.terms import Term
from matcher.outreach.groups import MAX_PLACES, MIN_PLACES
from service.outreach import schemas, selection
from service.outreach.background import OutreachStore
from service.outreach.downloads import FORMATS, as_file, heading
from service.outreach.history import History
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.status import OutreachStatus
from service.outreach.steps import keep_step, line_of
from service.staff.access import ApiStaff, WritingStaff
from service.web.attachments import BINARY, FEATURES, MEDIA_TYPES
from service.web.schemas import FREE_TEXT, Identifier, Limit, ListAnswer, Offset
from service.web.state import Current, State

router = APIRouter(prefix="/v1/outreach", tags=["outreach"])
_A_PAGE, _A_FILE = 20, 500
Text = Annotated[str, Query(max_length=200, json_schema_extra=FREE_TEXT)]
_SIZES = "|".join(str(size) for size in range(MIN_PLACES, MAX_PLACES + 1))
Size = Annotated[str, Query(max_length=200, json_schema_extra={"pattern": f"^({_SIZES})?$"})]
_DAY = WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"const": ""}]})
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {"X-CSRF-Token": {"schema": {"type": "string"}}},
        "content": {
            MEDIA_TYPES["csv"].partition(";")[0]: {"schema": {"type": "string"}},
            MEDIA_TYPES["xlsx"]: BINARY,
            MEDIA_TYPES["geojson"]: FEATURES,
            "application/pdf": BINARY,
        },
    }
}


def _one_of(*allowed: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": ["", *allowed]})


def _term(vocabulary: type[Term]) -> WithJsonSchema:
    return _one_of(*(value for term in vocabulary for value in (term.value, term.label)))


@router.get(
    "",
    summary="Anregungen: wen man worauf ansprechen kann",
    response_model=ListAnswer[schemas.OpportunityAnswer],
    responses=_FILES,
)
def list_opportunities(
    staff: ApiStaff,
    state: Current,
    response: Response,
    task_area: Annotated[Text, _term(TaskArea)] = "",
    matter: Text = "",
    government_region: Text = "",
    district: Text = "",
    legal_status: Annotated[Text, _term(LegalStatus)] = "",
    min_group: Size = "",
    max_group: Size = "",
    status: Annotated[Text, _term(OutreachStatus)] = "",
    not_contacted_since: Annotated[Text, _DAY] = "",
    resting: Annotated[Text, _one_of(*selection.RESTING)] = "",
    sort: Annotated[Text, _one_of(*selection.SORTS)] = "",
    limit: Limit | None = None,
    offset: Offset = 0,
    format_: Annotated[
        str, Query(alias="format", max_length=20), WithJsonSchema({"enum": ["json", *FORMATS]})
    ] = "json",
) -> ListAnswer[schemas.OpportunityAnswer] | Response:
    """Filter the computed list; the header X-CSRF-Token of the answer is needed to change it."""
    given = {
        "task_area": task_area,
        "matter": matter,
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
    asked = selection.read(given, state.directory, state.settings.outreach_lines_per_body,
                           state.matcher.dataset.matters)  # fmt: skip
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
    identifier: Identifier, staff: ApiStaff, state: Current, response: Response
) -> schemas.OpportunityAnswer:
    """Return one opportunity with all that was done about it."""
    response.headers["X-CSRF-Token"] = staff.csrf
    lines = state[OutreachStore].lines()
    return _answer(state, lines, line_of(lines, state[History].record(), identifier))


@router.patch("/{identifier}", summary="Stand und Notiz festhalten")
def patch_opportunity(
    identifier: Identifier, asked: schemas.StepAsked, staff: WritingStaff, state: Current
) -> schemas.OpportunityAnswer:
    """Add a step; needs the header X-CSRF-Token."""
    lines = state[OutreachStore].lines()
    line = line_of(lines, state[History].record(), identifier)
    matter = line.matter.code
    keep_step(state[History], line.id, line.area.value, line.bodies, asked, staff.name, matter)
    return _answer(state, lines, line)


def _answer(state: State, lines: OpportunityList, line: Line) -> schemas.OpportunityAnswer:
    found = lines.describe(line, 1)
    return schemas.OpportunityAnswer.of(found, state[History].record(), state.directory)
