"""The partner search at `/`; it works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from data import Kind, LegalStatus, TaskArea
from matcher import MatchResult
from service.matching.answer_page import answer_context
from service.matching.form import SearchForm, errors_by_field
from service.matching.partner_search import find_partners
from service.problems import ProblemError
from service.web.admission import Work, is_work
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)
# Asked by the page's own script: the answer alone, to put in place of the last one, or what is
# wrong with the form.
_FRAGMENT = "X-Fragment"
_MOST_MEANT = 5


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
        result = find_partners(typed.asked(state.names), state.matcher, curves=True)
    except ProblemError as problem:
        if not problem.errors:
            raise
        errors = errors_by_field(problem)
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
    part = "matching/errors.html"
    if errors:
        context["meant"] = _meant(state, typed) if "body" in errors else ()
    if result is not None:
        context |= answer_context(state, result, typed)
        context["request_id"] = request.state.request_id
        part = "matching/result.html"
    if request.headers.get(_FRAGMENT):
        context["fields"] = True
        return TEMPLATES.TemplateResponse(request, part, context, status_code=status)
    context |= _choices(state)
    return TEMPLATES.TemplateResponse(request, "matching/search.html", context, status_code=status)


def _meant(state: State, typed: SearchForm) -> tuple[tuple[str, str], ...]:
    """Return (key, name) of bodies that may be meant by a name which nobody has."""
    found = state.names.resolve(typed.body).suggestions[:_MOST_MEANT]
    return tuple((hit.key, hit.name) for hit in found)


def _choices(state: State) -> dict[str, Any]:
    return {
        "task_areas": tuple(TaskArea),
        "kinds": tuple(Kind),
        # Kreise and associations are kinds of their own, one fieldset before.
        "statuses": LegalStatus.of_municipalities(),
        "regions": state.directory.government_regions,
        "districts": [(body.key, body.name) for body in state.directory.districts],
    }
