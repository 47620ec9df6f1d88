"""The pages about open searches, for everybody: list, form, one search, message to its owner."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from data import TaskArea
from matcher.request import MAX_DESCRIPTION, MAX_TITLE
from service.problems import ProblemError, from_validation
from service.routes.searches import body_key
from service.searches.forms import MessageTyped, Paragraphs, SearchTyped
from service.searches.schemas import MessageAsked, SearchAsked, body_name
from service.searches.search import Search, SearchStatus
from service.searches.writing import MAX_EMAIL, MAX_MESSAGE, MAX_NAME
from service.state import Current, State
from service.templating import TEMPLATES

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
    """List open searches, newest first."""
    errors: dict[str, str] = {}
    area = key = None
    try:
        area = TaskArea.parse(task_area) if task_area else None
    except ValueError:
        errors["task_area"] = "Diesen Aufgabenbereich gibt es nicht."
    try:
        key = body_key(state, body) if body.strip() else None
    except ProblemError as problem:
        errors["body"] = problem.detail
    found, total = state.searches.register.list_open(area, key, _A_PAGE, (seite - 1) * _A_PAGE)
    context = {
        "searches": [card(state, search) for search in found] if not errors else [],
        "total": 0 if errors else total,
        "page": seite,
        "pages": -(-total // _A_PAGE),
        "typed": {"task_area": task_area, "body": body},
        "errors": errors,
        "filtered": bool(task_area or body.strip()),
        "mail": state.searches.mailer.is_set_up,
    }
    return render(request, "list.html", context, 422 if errors else 200)


@router.get("/neu")
def show_form(
    request: Request,
    state: Current,
    body: Annotated[str, Query(max_length=200)] = "",
    task_area: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Show the form to publish a search."""
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
def publish(request: Request, state: Current, sent: Annotated[SearchTyped, Form()]) -> Response:
    """Publish a search, or show what is wrong with nothing lost."""
    typed = sent.model_dump()
    errors: dict[str, str] = {}
    key = ""
    try:
        key = body_key(state, sent.body[:200])
    except ProblemError as problem:
        errors["body"] = problem.detail
    try:
        asked = SearchAsked.model_validate(typed | {"task_area": sent.task_area or None})
    except ValidationError as error:
        errors |= {k: v for k, v in field_errors(error).items() if k not in errors}
    if errors:
        return _form(request, state, typed, errors, 422)
    try:
        state.searches.publish(asked, key)
    except ProblemError as problem:
        return _form(request, state, typed, {"": problem.detail}, problem.status)
    return RedirectResponse(_SENT, status_code=303)


@router.get("/neu/gesendet")
def show_sent(request: Request) -> HTMLResponse:
    """Say that a confirmation was mailed."""
    return render(request, "sent.html", {})


@router.get("/{identifier}")
def show_search(identifier: str, request: Request, state: Current) -> HTMLResponse:
    """Show a search with the form to answer it."""
    return _detail(request, state, state.searches.register.get(identifier), {})


@router.post("/{identifier}/nachricht")
def send_message(
    identifier: str, request: Request, state: Current, sent: Annotated[MessageTyped, Form()]
) -> Response:
    """Pass a message on, or show what is wrong with nothing lost."""
    search = state.searches.register.get(identifier)
    typed = sent.model_dump()
    try:
        asked = MessageAsked.model_validate(typed)
    except ValidationError as error:
        return _detail(request, state, search, typed, field_errors(error), 422)
    try:
        state.searches.relay(identifier, asked)
    except ProblemError as problem:
        return _detail(request, state, search, typed, {"": problem.detail}, problem.status)
    return RedirectResponse(f"/gesuche/{search.id}/gesendet", status_code=303)


@router.get("/{identifier}/gesendet")
def show_message_sent(identifier: str, request: Request, state: Current) -> HTMLResponse:
    """Say that a message was passed on."""
    search = state.searches.register.get(identifier)
    return render(request, "message_sent.html", {"search": card(state, search)})


def render(
    request: Request, template: str, context: dict[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a page about searches; it shows what changes, so that no cache keeps it."""
    limits = {
        "title": MAX_TITLE,
        "name": MAX_NAME,
        "email": MAX_EMAIL,
        "description": MAX_DESCRIPTION,
        "message": MAX_MESSAGE,
    }
    return TEMPLATES.TemplateResponse(
        request,
        f"searches/{template}",
        {"errors": {}, "typed": {}, "task_areas": tuple(TaskArea), "limits": limits} | context,
        status_code=status,
        headers={"Cache-Control": "no-store"},
    )


def card(state: State, search: Search) -> dict[str, Any]:
    """Return what a page shows of a search."""
    status = search.status_at(state.now())
    area = search.words.task_area
    return {
        "id": search.id,
        "title": search.words.title,
        "description": search.words.description,
        "body": search.body,
        "body_name": body_name(state.matcher, search.body),
        "task_area": None if area is None else area.label,
        "status": status.value,
        "status_label": status.label,
        "is_open": status is SearchStatus.OPEN,
        "confirmed": None if search.confirmed is None else search.confirmed.date().isoformat(),
        "expires": search.expires.date().isoformat(),
    }


def field_errors(error: ValidationError) -> dict[str, str]:
    """Return what is wrong by the name of the field."""
    found = from_validation(error.errors(), None).errors
    return {pointer.removeprefix("/"): sentence for pointer, sentence in found}


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
        "mail": state.searches.mailer.is_set_up,
        "days": state.searches.register.days,
    }
    return render(request, "new.html", context, status)


def _detail(
    request: Request,
    state: State,
    search: Search,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    context = {
        "search": card(state, search),
        "typed": typed,
        "errors": errors or {},
        "mail": state.searches.mailer.is_set_up,
    }
    return render(request, "detail.html", context, status)
