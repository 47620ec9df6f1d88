"""Feedback on suggestions: POST /v1/feedback, and the same from a form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import AfterValidator, Field, StrictStr

from service.feedback import store
from service.feedback.store import Feedback, Verdict
from service.problems import ProblemError
from service.web.named_bodies import known_key
from service.web.schemas import Asked, Key, term_schema
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter()
_REQUEST_ID = {"pattern": r"^\s*[A-Za-z0-9._-]{1,64}\s*$"}
_THANKS = "/feedback/danke"


class FeedbackAsked(Asked):
    """A verdict on one suggested body in the answer to one request."""

    request_id: Annotated[StrictStr, Field(max_length=64, json_schema_extra=_REQUEST_ID)]
    ags: Key
    verdict: Annotated[
        StrictStr, Field(max_length=40), AfterValidator(Verdict.parse), term_schema(Verdict)
    ]


@router.post(
    "/v1/feedback",
    summary="Rückmeldung zu einem Vorschlag",
    tags=["feedback"],
    status_code=204,
)
def post_feedback(asked: FeedbackAsked, state: Current) -> Response:
    """Keep whether a suggestion fits; a later verdict on the same one takes its place."""
    _record(state, asked.request_id, asked.ags, Verdict.parse(asked.verdict))
    return Response(status_code=204)


@router.post("/feedback", include_in_schema=False)
def post_form(
    state: Current,
    request_id: Annotated[str, Form()] = "",
    ags: Annotated[str, Form()] = "",
    verdict: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Keep feedback from a page without JavaScript, and thank."""
    try:
        given = Verdict.parse(verdict[:40])
    except ValueError as error:
        raise ProblemError.of_fields([("/verdict", str(error))]) from None
    _record(state, request_id, ags[:200], given)
    return RedirectResponse(_THANKS, status_code=303)


@router.get(_THANKS, include_in_schema=False)
def show_thanks(request: Request) -> HTMLResponse:
    """Thank for feedback."""
    return TEMPLATES.TemplateResponse(request, "feedback/thanks.html")


def _record(state: State, request_id: str, body: str, verdict: Verdict) -> None:
    identifier = store.checked_request_id(request_id)
    key = known_key(state.names, body, "/ags")
    entry = Feedback(identifier, key, verdict, state.matcher.version, state.now())
    store.record(state.database, entry)
