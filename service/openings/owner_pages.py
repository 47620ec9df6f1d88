"""The pages for who holds the secret of an opening: confirm, manage, delete."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from service.openings.forms import WordsChanged
from service.openings.opening import Opening, OpeningStatus
from service.openings.publishing import Openings
from service.openings.rendering import card, field_errors, problem_fields, render
from service.openings.schemas import OpeningChanged
from service.problems import ProblemError
from service.storage.retention import EXPIRED_DAYS
from service.web.state import Current, State

router = APIRouter(prefix="/gesuche/{identifier}", include_in_schema=False)
LinkToken = Annotated[str, Query(max_length=200)]
FormToken = Annotated[str, Form(max_length=200)]
_NOTES = {
    "veroeffentlicht": "Ihr Gesuch ist veröffentlicht.",
    "gespeichert": "Ihre Änderungen sind gespeichert.",
    "verlaengert": "Ihr Gesuch ist verlängert.",
    "geschlossen": "Ihr Gesuch ist geschlossen.",
}


@router.get("/bestaetigen")
def ask_to_confirm(
    identifier: str, request: Request, state: Current, token: LinkToken = ""
) -> Response:
    """Show the opening with a button: programs that follow links in mails confirm nothing."""
    opening = state[Openings].store.owned(identifier, token)
    if opening.status is not OpeningStatus.DRAFT:
        return RedirectResponse(_manage(identifier, token), status_code=303)
    context = {
        "search": card(state, opening),
        "token": token,
        "days": state[Openings].store.days,
    }
    return render(request, "confirm.html", context)


@router.post("/bestaetigen")
def confirm(identifier: str, state: Current, token: FormToken = "") -> Response:
    """Open the opening; both owners of each pair that fits get a mail after the answer."""
    state[Openings].confirm(identifier, token)
    return RedirectResponse(_manage(identifier, token, "veroeffentlicht"), status_code=303)


@router.get("/verwalten")
def manage(
    identifier: str,
    request: Request,
    state: Current,
    token: LinkToken = "",
    meldung: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Show the opening to its owner with all that can be done."""
    opening = state[Openings].store.owned(identifier, token)
    return _page(request, state, opening, token, note=_NOTES.get(meldung, ""))


@router.post("/verwalten")
def save(
    identifier: str,
    request: Request,
    state: Current,
    sent: Annotated[WordsChanged, Form()],
) -> Response:
    """Save changed words, or show what is wrong with nothing lost."""
    token, typed = sent.token, sent.model_dump()
    opening = state[Openings].store.owned(identifier, token)
    try:
        asked = OpeningChanged.model_validate(typed | {"task_area": sent.task_area or None})
    except ValidationError as error:
        return _page(request, state, opening, token, typed, field_errors(error), status=422)
    try:
        state[Openings].change(identifier, token, asked)
    except ProblemError as problem:
        errors = problem_fields(problem)
        return _page(request, state, opening, token, typed, errors, status=problem.status)
    return RedirectResponse(_manage(identifier, token, "gespeichert"), status_code=303)


@router.post("/verlaengern")
def prolong(identifier: str, state: Current, token: FormToken = "") -> Response:
    """Let the opening be open for its full time from now."""
    state[Openings].change(identifier, token, OpeningChanged(prolong=True))
    return RedirectResponse(_manage(identifier, token, "verlaengert"), status_code=303)


@router.post("/schliessen")
def close(identifier: str, state: Current, token: FormToken = "") -> Response:
    """Close the opening."""
    state[Openings].change(identifier, token, OpeningChanged(status="closed"))
    return RedirectResponse(_manage(identifier, token, "geschlossen"), status_code=303)


@router.get("/loeschen")
def ask_to_delete(
    identifier: str, request: Request, state: Current, token: LinkToken = ""
) -> HTMLResponse:
    """Ask once more: what is deleted does not come back."""
    opening = state[Openings].store.owned(identifier, token)
    return render(request, "delete.html", {"search": card(state, opening), "token": token})


@router.post("/loeschen")
def delete(
    identifier: str, request: Request, state: Current, token: FormToken = ""
) -> HTMLResponse:
    """Delete the opening for good."""
    state[Openings].store.delete(identifier, token)
    return render(request, "deleted.html", {})


def _page(
    request: Request,
    state: State,
    opening: Opening,
    token: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    note: str = "",
    status: int = 200,
) -> HTMLResponse:
    words = opening.words
    area = words.task_area if words.task_area_given else None
    stored = {
        "title": words.title,
        "description": words.description,
        "task_area": "" if area is None else area.value,
    }
    fits = [
        {"search": card(state, fit.opening), "score": fit.score}
        for fit in state[Openings].fits(opening)
    ]
    context = {
        "search": card(state, opening),
        "token": token,
        "typed": typed or stored,
        "errors": errors or {},
        "note": note,
        "fits": fits,
        "days": state[Openings].store.days,
        "expired_days": EXPIRED_DAYS,
    }
    return render(request, "manage.html", context, status)


def _manage(identifier: str, token: str, note: str = "") -> str:
    suffix = f"&meldung={note}" if note else ""
    return f"/gesuche/{identifier}/verwalten?token={quote(token, safe='')}{suffix}"
