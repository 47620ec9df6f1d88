"""What all pages for the office show, and how."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from data import TaskArea
from service.outreach.background import OutreachStore
from service.web.state import State
from service.web.templating import changing_page

LONGEST_WAY = 1_000
"""Characters of the parameters of a list, given to its lines for the way back."""


def render(
    request: Request, template: str, context: dict[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a page for staff; no cache keeps it."""
    shown = {"staff": request.state.staff} | context
    return changing_page(request, f"outreach/{template}", shown, status)


def waiting(request: Request, state: State) -> HTMLResponse:
    """Say that the list is being computed, and how far it is; the page's script asks again."""
    return render(request, "waiting.html", {"progress": state[OutreachStore].progress})


def area_label(code: str) -> str:
    """Return the label of a task area; a newer vocabulary may have dropped it."""
    try:
        return TaskArea.parse(code).label
    except ValueError:
        return code


def area_or_none(text: str) -> TaskArea | None:
    """Return the named task area; None, and so the usual view, where there is none such."""
    try:
        return TaskArea.parse(text[:200])
    except ValueError:
        return None
