"""The page that asks what became of an open search: `/gesuche/{id}/ergebnis`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse

from service.openings.outcomes import Outcome, Outcomes
from service.openings.rendering import card, render
from service.problems import ProblemError
from service.web.state import Current

router = APIRouter(prefix="/gesuche/{identifier}/ergebnis", include_in_schema=False)


@router.get("")
def show_question(
    identifier: str,
    request: Request,
    state: Current,
    token: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Ask whether partners were found."""
    opening = state[Outcomes].asked(identifier, token)
    context = {"search": card(state, opening), "token": token, "outcomes": tuple(Outcome)}
    return render(request, "outcome.html", context)


@router.post("")
def answer(
    identifier: str,
    request: Request,
    state: Current,
    token: Annotated[str, Form(max_length=200)] = "",
    outcome: Annotated[str, Form(max_length=20)] = "",
) -> HTMLResponse:
    """Count the answer and thank."""
    try:
        told = Outcome.parse(outcome)
    except ValueError as error:
        raise ProblemError.of_fields([("/outcome", str(error))]) from None
    state[Outcomes].answer(identifier, token, told)
    return render(request, "outcome.html", {"search": None})
