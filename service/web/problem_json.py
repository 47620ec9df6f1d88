"""Errors as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

from service.problems import ProblemError

TITLES = {
    400: "Anfrage nicht lesbar",
    401: "Anmeldung fehlt",
    403: "Nicht erlaubt",
    404: "Nicht gefunden",
    405: "Methode nicht erlaubt",
    409: "Widerspruch zum jetzigen Stand",
    411: "Länge der Anfrage fehlt",
    413: "Anfrage zu groß",
    415: "Format nicht unterstützt",
    422: "Angaben nicht gültig",
    429: "Zu viele Anfragen",
    500: "Interner Fehler",
    503: "Zurzeit nicht möglich",
}
_TEXT = {"type": "string"}
# What `response` writes, for the OpenAPI document.
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "Fehler nach RFC 9457, auf Deutsch",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance"), _TEXT),
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": _TEXT, "detail": _TEXT},
            },
        },
    },
}


def response(problem: ProblemError, instance: str) -> JSONResponse:
    """Return the problem as a response for a path."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, HTTPStatus(problem.status).phrase),
        "status": problem.status,
        "detail": _detail(problem),
        "instance": instance,
    }
    if problem.errors:
        content["errors"] = [{"pointer": p, "detail": d} for p, d in problem.errors]
    return JSONResponse(
        content,
        status_code=problem.status,
        media_type="application/problem+json",
        headers=dict(problem.headers or {}),
    )


def _detail(problem: ProblemError) -> str:
    """Return the sentence with the first field that it is about: many programs show it alone."""
    pointer, sentence = problem.errors[0] if problem.errors else ("", "")
    field = pointer.removeprefix("/")
    if not field or f"„{field}“" in problem.detail:
        return problem.detail
    return f"{field}: {sentence}" + ("" if len(problem.errors) == 1 else f" {problem.detail}")
