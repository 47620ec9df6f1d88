"""The pages about openings, for everybody: list, form, one opening, message to its owner."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from data import TaskArea
from matcher.request import MAX_DESCRIPTION
from service.openings.forms import MessageTyped, OpeningTyped, Paragraphs
from service.openings.opening import Opening
from service.openings.publishing import Openings
from service.openings.rendering import card, field_errors, problem_fields, render
from service.openings.schemas import MessageAsked, OpeningAsked
from service.problems import ProblemError
from service.web.named_bodies import known_key
from service.web.state import Current, State

router = APIRouter(prefix="/gesuche", include_in_schema=False)
_A_PAGE = 20
_SENT = "/gesuche/neu/gesendet"
Typed = Annotated[str, Form()]


@router.get("")
def show_list(
    request: Request,
    state: Current,
    task_area: Annotated[str, Query(max_length=200)] = "",
    body: Annotated[str, Query(max_length=200)] = "",
    seite: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """List openings, newest first."""
    errors: dict[str, str] = {}
    area = key = None
    try:
        area = TaskArea.parse(task_area) if task_area else None
    except ValueError:
        errors["task_area"] = "Diesen Aufgabenbereich gibt es nicht."
    try:
        key = known_key(state.names, body) if body.strip() else None
    except ProblemError as problem:
        errors["body"] = problem.detail
    found, total = state[Openings].store.list_open(area, key, _A_PAGE, (seite - 1) * _A_PAGE)
    context = {
        "searches": [card(state, opening) for opening in found] if not errors else [],
        "total": 0 if errors else total,
        "page": seite,
        "pages": -(-total // _A_PAGE),
        "typed": {"task_area": task_area, "body": body},
        "errors": errors,
        "filtered": bool(task_area or body.strip()),
        "mail": state[Openings].outbox.is_set_up,
    }
    return render(request, "list.html", context, 422 if errors else 200)


@router.get("/neu")
def show_form(
    request: Request,
    state: Current,
    body: Annotated[str, Query(max_length=200)] = "",
    task_area: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Show the form to publish an opening."""
    return _form(request, state, {"body": body, "task_area": task_area})


@router.post("/neu/vorlage")
def show_filled_form(
    request: Request,
    state: Current,
    body: Typed = "",
    text: Annotated[Paragraphs, Form()] = "",
    task_area: Typed = "",
) -> HTMLResponse:
    """Show the form with what was typed elsewhere; by POST, so that words stay out of addresses."""
    typed = {"body": body[:200], "description": text[:MAX_DESCRIPTION]}
    return _form(request, state, typed | {"task_area": task_area[:200]})


@router.post("/neu")
def publish(request: Request, state: Current, sent: Annotated[OpeningTyped, Form()]) -> Response:
    """Publish an opening, or show what is wrong with nothing lost."""
    typed = sent.model_dump()
    errors: dict[str, str] = {}
    key = ""
    try:
        key = known_key(state.names, sent.body[:200])
    except ProblemError as problem:
        errors["body"] = problem.detail
    try:
        asked = OpeningAsked.model_validate(typed | {"task_area": sent.task_area or None})
    except ValidationError as error:
        errors |= {k: v for k, v in field_errors(error).items() if k not in errors}
    if errors:
        return _form(request, state, typed, errors, 422)
    try:
        state[Openings].publish(asked, key)
    except ProblemError as problem:
        return _form(request, state, typed, problem_fields(problem), problem.status)
    return RedirectResponse(_SENT, status_code=303)


@router.get("/neu/gesendet")
def show_sent(request: Request) -> HTMLResponse:
    """Say that a confirmation was mailed."""
    return render(request, "sent.html", {})


@router.get("/{identifier}")
def show_search(identifier: str, request: Request, state: Current) -> HTMLResponse:
    """Show an opening with the form to answer it."""
    return _detail(request, state, state[Openings].store.get(identifier), {})


@router.post("/{identifier}/nachricht")
def send_message(
    identifier: str, request: Request, state: Current, sent: Annotated[MessageTyped, Form()]
) -> Response:
    """Pass a message on, or show what is wrong with nothing lost."""
    opening = state[Openings].store.get(identifier)
    typed = sent.model_dump()
    try:
        asked = MessageAsked.model_validate(typed)
    except ValidationError as error:
        return _detail(request, state, opening, typed, field_errors(error), 422)
    try:
        state[Openings].relay(identifier, asked)
    except ProblemError as problem:
        return _detail(request, state, opening, typed, {"": problem.detail}, problem.status)
    return RedirectResponse(f"/gesuche/{opening.id}/gesendet", status_code=303)


@router.get("/{identifier}/gesendet")
def show_message_sent(identifier: str, request: Request, state: Current) -> HTMLResponse:
    """Say that a message was passed on."""
    opening = state[Openings].store.get(identifier)
    return render(request, "message_sent.html", {"search": card(state, opening)})


def _form(
    request: Request,
    state: State,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    context = {
        "typed": typed,
        "errors": errors or {},
        "mail": state[Openings].outbox.is_set_up,
        "days": state[Openings].store.days,
    }
    return render(request, "new.html", context, status)


def _detail(
    request: Request,
    state: State,
    opening: Opening,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    context = {
        "search": card(state, opening),
        "typed": typed,
        "errors": errors or {},
        "mail": state[Openings].outbox.is_set_up,
    }
    return render(request, "detail.html", context, status)
