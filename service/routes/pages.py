"""The pages: the search at `/` and the interface at `/docs`; they work without JavaScript."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from data.vocabulary import LegalStatus
from matcher import MatchResult
from matcher.german import number, percent
from matcher.request import MAX_DESCRIPTION
from matcher.result import Factor
from service import schemas
from service.places import find_key
from service.problems import ProblemError
from service.routes.matches import run
from service.state import Current, State

router = APIRouter(include_in_schema=False)
_TEMPLATES = Jinja2Templates(Path(__file__).parent.parent / "templates")
_TEMPLATES.env.filters |= {
    "number": number,
    "percent": percent,
    "as_json": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
}
_SHOWN_REASONS = 3
_FIELDS = {"/body": "body", "/description": "text"}


@router.get("/", response_class=HTMLResponse)
def show_form(request: Request, state: Current, body: str = "") -> HTMLResponse:
    """Show the empty form; `body` fills in the searcher, so that a body can be linked."""
    return _page(request, state, {"body": body[:200], "text": ""})


@router.post("/", response_class=HTMLResponse)
def show_result(
    request: Request,
    state: Current,
    body: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Search; the words come by POST, so that they stay out of addresses and logs."""
    typed = {"body": body, "text": text}
    errors: dict[str, str] = {}
    key, sentence = find_key(state.names, body[:200])
    if key is None:
        errors["body"] = sentence
    plain = text.replace("\r\n", "\n").strip()
    if not plain:
        errors["text"] = "Bitte beschreiben, was gemeinsam erledigt werden soll."
    elif len(plain) > MAX_DESCRIPTION:
        most, given = number(MAX_DESCRIPTION), number(len(plain))
        errors["text"] = f"Höchstens {most} Zeichen, angegeben sind {given}. Bitte kürzen."
    if errors:
        return _page(request, state, typed, errors=errors, status=422)
    try:
        result = run(schemas.MatchAsked(body=key or "", description=plain), state)
    except ProblemError as problem:
        found = {_FIELDS.get(pointer, "text"): detail for pointer, detail in problem.errors}
        return _page(request, state, typed, errors=found, status=problem.status)
    return _page(request, state, typed, result=result)


@router.get("/docs", response_class=HTMLResponse)
def show_docs(request: Request) -> HTMLResponse:
    """Describe the interface from its own OpenAPI document, without foreign scripts."""
    document = request.app.openapi()
    return _TEMPLATES.TemplateResponse(request, "docs.html", {"api": document})


def _page(
    request: Request,
    state: State,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    result: MatchResult | None = None,
    status: int = 200,
) -> HTMLResponse:
    context: dict[str, Any] = {"typed": typed, "errors": errors or {}, "most": MAX_DESCRIPTION}
    if result is not None:
        context |= _result_context(state, result)
    return _TEMPLATES.TemplateResponse(request, "search.html", context, status_code=status)


def _result_context(state: State, result: MatchResult) -> dict[str, Any]:
    group = result.consortium
    members = set(group.bodies) if group else set()
    ranked = [(match.body, match.name) for match in result.matches]
    marks = state.statemap.marks(result.body, ranked, members)
    strongest = max(
        (abs(r.contribution) for match in result.matches for r in match.reasons), default=1.0
    )
    return {
        "result": result,
        "searcher": str(state.matcher.dataset.bodies["name"][result.body]),
        "outline": state.statemap.outline,
        "marks": marks,
        "view": state.statemap.view(marks),
        "members": members,
        "likelihood": _likelihood,
        "status": {status.value: status.label for status in LegalStatus},
        "factor": {factor.value: factor.label for factor in Factor},
        "shown_reasons": _SHOWN_REASONS,
        "strongest": strongest,
    }


def _likelihood(probability: float) -> str:
    """Put a probability into a word; the number stands beside it."""
    for least, word in ((0.6, "sehr gut möglich"), (0.3, "gut möglich"), (0.1, "möglich")):
        if probability >= least:
            return word
    return "eher selten"
