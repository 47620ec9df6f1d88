"""The partner search at `/`; it works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from data import Kind, LegalStatus, TaskArea
from matcher import MatchResult
from matcher.result import Factor
from service.feedback.store import Verdict
from service.matching import waterfall
from service.matching.form import SearchForm, errors_by_field
from service.matching.partner_search import find_partners
from service.problems import ProblemError
from service.web.admission import Work, is_work
from service.web.named_bodies import find_key
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)
_SHOWN_REASONS = 3
_VERDICTS = tuple((verdict.value, verdict.label) for verdict in Verdict)
# Asked by the page's own script: the result alone, to put in place of the last one.
_FRAGMENT = "X-Fragment"


@router.get("/", response_class=HTMLResponse)
def show_form(request: Request, state: Current) -> HTMLResponse:
    """Show the form; body and filters come from the address, so that a search can be linked."""
    return _page(request, state, SearchForm.read(request.query_params))


async def read_form(request: Request) -> SearchForm:
    """Read a posted search; what follows is work for a thread, not for the event loop."""
    return SearchForm.read(await request.form())


@router.post("/", response_class=HTMLResponse)
@is_work(Work.RANKING)
def show_result(
    request: Request, state: Current, typed: Annotated[SearchForm, Depends(read_form)]
) -> HTMLResponse:
    """Search; the words come by POST, so that they stay out of addresses and logs."""
    try:
        result = find_partners(typed.asked(state.names), state.matcher)
    except ProblemError as problem:
        errors = errors_by_field(problem)
        if request.headers.get(_FRAGMENT):
            raise
        return _page(request, state, typed, errors=errors, status=problem.status)
    return _page(request, state, typed, result=result)


@router.get("/map/gemeinden.json")
def get_map(request: Request, state: Current) -> Response:
    """Return areas and borders for the map; they change with the data only."""
    tag = f'"{state.matcher.dataset.version}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=86400"}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(state.map_json, media_type="application/json", headers=headers)


def _page(
    request: Request,
    state: State,
    typed: SearchForm,
    errors: Mapping[str, str] | None = None,
    result: MatchResult | None = None,
    status: int = 200,
) -> HTMLResponse:
    context: dict[str, Any] = {"typed": typed, "errors": errors or {}, "result": None}
    if result is not None:
        context |= _result_context(state, result, typed)
        context["request_id"] = request.state.request_id
        if request.headers.get(_FRAGMENT):
            return TEMPLATES.TemplateResponse(request, "matching/result.html", context)
    context |= _choices(state)
    return TEMPLATES.TemplateResponse(request, "matching/search.html", context, status_code=status)


def _choices(state: State) -> dict[str, Any]:
    return {
        "task_areas": tuple(TaskArea),
        "kinds": tuple(Kind),
        # Kreise and associations are kinds of their own, one fieldset before.
        "statuses": LegalStatus.of_municipalities(),
        "regions": state.directory.government_regions,
        "districts": [(body.key, body.name) for body in state.directory.districts],
    }


def _result_context(state: State, result: MatchResult, typed: SearchForm) -> dict[str, Any]:
    group = result.consortium
    members = set(group.bodies) if group else set()
    ranked = [(match.body, match.name) for match in result.matches]
    marks = state.land_map.marks(result.body, ranked, members)
    searcher = state.directory.name(result.body)
    keys = [find_key(state.names, text)[0] for text in typed.partners]
    found = len(result.matches)
    return {
        "result": result,
        "searcher": searcher,
        "summary": f"{found} {'Vorschlag' if found == 1 else 'Vorschläge'} für {searcher}.",
        "on_board": [
            (key, state.directory.name(key)) for key in keys if key and key != result.body
        ],
        "outline": state.land_map.outline,
        "marks": marks,
        "view": state.land_map.view(marks),
        "members": members,
        "likelihood": _likelihood,
        "status": {status.value: status.label for status in LegalStatus},
        "factor": {factor.value: factor.label for factor in Factor},
        "factors": waterfall.factor_sums(result.matches),
        "steps": {m.body: waterfall.steps(m, result.base_value) for m in result.matches},
        "shown_reasons": _SHOWN_REASONS,
        "verdicts": _VERDICTS,
    }


def _likelihood(probability: float) -> str:
    """Put a probability into a word; the number stands beside it."""
    for least, word in ((0.6, "sehr gut möglich"), (0.3, "gut möglich"), (0.1, "möglich")):
        if probability >= least:
            return word
    return "eher selten"
