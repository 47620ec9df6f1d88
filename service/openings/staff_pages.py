"""For staff: open searches that nothing shows to come from their body, at `/impulse/gesuche`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.openings.approval import approve
from service.openings.publishing import Openings
from service.openings.rendering import card, render
from service.problems import ProblemError
from service.staff.access import PageStaff, check_csrf
from service.web.state import Current

router = APIRouter(prefix="/impulse/gesuche", include_in_schema=False)
_GONE = "Dieses Gesuch gibt es nicht oder nicht mehr."


@router.get("")
def show_unproven(request: Request, state: Current, staff: PageStaff) -> HTMLResponse:
    """Show the open searches that wait for the office's word, newest first."""
    found, _ = state[Openings].store.list_open()
    waiting = [card(state, opening) for opening in found if opening.proof is None]
    return render(request, "staff.html", {"searches": waiting, "csrf": staff.csrf})


@router.post("/{identifier}")
def confirm(
    identifier: str,
    state: Current,
    staff: PageStaff,
    csrf: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say that a search speaks for its body."""
    check_csrf(staff, csrf)
    store = state[Openings].store
    if not approve(store.database, identifier, store.now(), staff.name):
        raise ProblemError(404, _GONE)
    return RedirectResponse("/impulse/gesuche", status_code=303)
