"""What all pages about openings show, and how."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from data import TaskArea
from matcher.request import MAX_DESCRIPTION, MAX_TITLE
from service.openings.body_proof import Proof
from service.openings.opening import Opening, OpeningStatus
from service.problems import ProblemError, from_validation
from service.text_fields import MAX_EMAIL, MAX_MESSAGE, MAX_NAME
from service.web.state import State
from service.web.templating import changing_page


def render(
    request: Request, template: str, context: dict[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a page about openings; it shows what changes, so that no cache keeps it."""
    limits = {
        "title": MAX_TITLE,
        "name": MAX_NAME,
        "email": MAX_EMAIL,
        "description": MAX_DESCRIPTION,
        "message": MAX_MESSAGE,
    }
    shown = {"errors": {}, "typed": {}, "task_areas": tuple(TaskArea), "limits": limits} | context
    return changing_page(request, f"openings/{template}", shown, status)


def card(state: State, opening: Opening) -> dict[str, Any]:
    """Return what a page shows of an opening."""
    status = opening.status_at(state.now())
    area = opening.words.task_area
    return {
        "id": opening.id,
        "title": opening.words.title,
        "description": opening.words.description,
        "body": opening.body,
        "body_name": state.directory.name(opening.body),
        "task_area": None if area is None else area.label,
        "proof": None if opening.proof is None else Proof.parse(opening.proof).label,
        "status": status.value,
        "status_label": status.label,
        "is_open": status is OpeningStatus.OPEN,
        "confirmed": None if opening.confirmed is None else opening.confirmed.date().isoformat(),
        "expires": opening.expires.date().isoformat(),
    }


def field_errors(error: ValidationError) -> dict[str, str]:
    """Return what is wrong by the name of the field."""
    return problem_fields(from_validation(error.errors(), None))


def problem_fields(problem: ProblemError) -> dict[str, str]:
    """Return what is wrong by the name of the field; under "" what is about none."""
    found = problem.errors or [("", problem.detail)]
    return {pointer.removeprefix("/"): sentence for pointer, sentence in found}
