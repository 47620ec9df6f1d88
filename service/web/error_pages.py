"""Errors for people: a German page where a browser asks, problem+json for every other client."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from fastapi import Request, Response

from service.problems import ProblemError
from service.web import problem_json
from service.web.templating import TEMPLATES

_LOG = logging.getLogger("ikz.service")
_INTERFACES = ("/v1", "/health", "/metrics", "/openapi.json")
_HEADINGS = {
    404: "Seite nicht gefunden",
    405: "Das geht hier nicht",
    413: "Die Eingabe ist zu groß",
    422: "Bitte die Angaben prüfen",
    429: "Zu viele Anfragen",
    500: "Das hat nicht funktioniert",
    503: "Zurzeit nicht möglich",
}
Links = Sequence[tuple[str, str]]


def respond(request: Request, problem: ProblemError, links: Links = ()) -> Response:
    """Return an error in the form that the client reads.

    Parameters
    ----------
    request
        What was asked; decides the form by its path and its Accept header.
    problem
        What went wrong.
    links
        (address, name) of what may have been meant; shown on the page only.
    """
    if _is_interface(request):
        return problem_json.response(problem, request.url.path)
    response = _page(request, problem, links) if _is_browser(request) else None
    if response is None:
        response = problem_json.response(problem, request.url.path)
    # A cache in between must not hand the page to a program, nor the JSON to a person.
    response.headers.add_vary_header("Accept")
    return response


def _is_interface(request: Request) -> bool:
    path = request.url.path
    return any(path == name or path.startswith(f"{name}/") for name in _INTERFACES)


def _is_browser(request: Request) -> bool:
    # Browsers name text/html when one follows a link; programs send */* or application/json.
    return "text/html" in request.headers.get("Accept", "").lower()


def _page(request: Request, problem: ProblemError, links: Links) -> Response | None:
    context = {
        "heading": _HEADINGS.get(problem.status, "Die Anfrage ist nicht möglich"),
        "problem": problem,
        "links": links,
        "request_id": getattr(request.state, "request_id", None),
    }
    try:
        return TEMPLATES.TemplateResponse(
            request,
            "error.html",
            context,
            status_code=problem.status,
            headers=dict(problem.headers or {}),
        )
    except Exception:  # a broken template must not hide the error that it was to show
        _LOG.exception("the error page failed")
        return None
