"""For staff: hints to decide at `/impulse/hinweise`, and accepted ones as a file for the data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.hints.hint import Hint, HintState
from service.hints.records import Subject, subject_of
from service.hints.store import HintStore
from service.problems import ProblemError
from service.staff.access import PageStaff, check_csrf
from service.web.attachments import MEDIA_TYPES, File, attached
from service.web.spreadsheets import Column, Shape, csv_file
from service.web.state import Current, State
from service.web.templating import changing_page

router = APIRouter(prefix="/impulse/hinweise", include_in_schema=False)
_PRIVATE = {"Cache-Control": "no-store"}
# As `ikz data import hints` reads them.
_COLUMNS: tuple[Column[Hint], ...] = (
    Column("record", 12, Shape.TEXT, lambda hint: hint.subject),
    Column("claim", 12, Shape.TEXT, lambda hint: hint.claim.value),
    Column("text", 60, Shape.TEXT, lambda hint: hint.text),
    Column("origin", 20, Shape.TEXT, lambda hint: hint.origin.value),
    Column("decided_by", 20, Shape.TEXT, lambda hint: hint.events[-1].who),
    Column("decided", 12, Shape.TEXT, lambda hint: hint.events[-1].at.date().isoformat()),
)


@router.get("")
def show_hints(
    request: Request,
    state: Current,
    staff: PageStaff,
    stand: Annotated[str, Query(max_length=20)] = HintState.WAITING.value,
) -> HTMLResponse:
    """Show hints in one state, with what they are about and their history."""
    wanted = _state(stand)
    found = [(hint, _subject(state, hint)) for hint in state[HintStore].list_by(wanted)]
    context = {"hints": found, "wanted": wanted, "states": tuple(HintState), "csrf": staff.csrf}
    return changing_page(request, "hints/staff.html", context)


@router.get("/angenommen.csv")
def export(state: Current, staff: PageStaff) -> Response:
    """Return accepted hints as `ikz data import hints` reads them."""
    content = csv_file(_COLUMNS, state[HintStore].list_by(HintState.ACCEPTED), ())
    return attached(File(content, MEDIA_TYPES["csv"], "ikz-hinweise.csv"), _PRIVATE)


@router.post("/{identifier}")
def decide(
    identifier: str,
    state: Current,
    staff: PageStaff,
    csrf: Annotated[str, Form(max_length=200)] = "",
    stand: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Accept or reject a hint."""
    check_csrf(staff, csrf)
    state[HintStore].decide(identifier, _state(stand), staff.name)
    return RedirectResponse("/impulse/hinweise", status_code=303)


def _state(text: str) -> HintState:
    try:
        return HintState.parse(text)
    except ValueError as error:
        raise ProblemError.of_fields([("/stand", str(error))]) from None


def _subject(state: State, hint: Hint) -> Subject:
    try:
        return subject_of(state.matcher, hint.subject)
    except ProblemError:  # the data no longer hold the record
        return Subject(hint.subject, hint.subject, "", (), ())
