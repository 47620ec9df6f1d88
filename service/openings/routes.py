"""/v1/searches: publish, list, manage and match searches for partners, and answer them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from data import TaskArea
from service.matching.schemas import MatchesAnswer
from service.openings.opening import Opening
from service.openings.publishing import Openings
from service.openings.schemas import (
    FitAnswer,
    MessageAsked,
    OpeningAnswer,
    OpeningAsked,
    OpeningChanged,
    OpeningMatchesAnswer,
    OpeningsAnswer,
    PublishedAnswer,
    RelayedAnswer,
)
from service.problems import ProblemError
from service.web.named_bodies import known_key
from service.web.schemas import Identifier, Limit, Named, Offset, term_schema
from service.web.state import Current, State

router = APIRouter(prefix="/v1/searches", tags=["searches"])
_BEARER = HTTPBearer(
    auto_error=False, description="Der Schlüssel aus dem Link zum Verwalten in der E-Mail."
)
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


def _owner(given: Given) -> str:
    if given is None:
        sentence = "Es fehlt die Kopfzeile „Authorization: Bearer …“ mit dem Schlüssel des Gesuchs."
        raise ProblemError(401, sentence, headers={"WWW-Authenticate": "Bearer"})
    return given.credentials


Token = Annotated[str, Depends(_owner)]


@router.post("", summary="Gesuch aufgeben", status_code=202)
def post_search(asked: OpeningAsked, state: Current) -> PublishedAnswer:
    """Keep a search and mail a link: it is published once that is confirmed."""
    opening = state[Openings].publish(asked, known_key(state.names, asked.body))
    return PublishedAnswer(id=opening.id, status=opening.status.value)


@router.get("", summary="Offene Gesuche")
def list_searches(
    state: Current,
    task_area: Annotated[str | None, Query(max_length=200), term_schema(TaskArea)] = None,
    body: Named | None = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> OpeningsAnswer:
    """List open searches, newest first."""
    area = None
    if task_area is not None:
        try:
            area = TaskArea.parse(task_area)
        except ValueError as error:
            raise ProblemError.of_fields([("/task_area", str(error))]) from None
    key = None if body is None else known_key(state.names, body)
    found, total = state[Openings].store.list_open(area, key, limit, offset)
    items = [_answer(state, opening) for opening in found]
    return OpeningsAnswer(items=items, total=total, limit=limit, offset=offset)


@router.get(
    "/{identifier}",
    summary="Ein Gesuch",
    # The secret may be left out: then only an open search is told.
    openapi_extra={"security": [{}]},
)
def get_search(identifier: Identifier, state: Current, given: Given) -> OpeningAnswer:
    """Return an open search; to its owner in whatever state it is."""
    store = state[Openings].store
    if given is not None:
        return _answer(state, store.owned(identifier, given.credentials))
    return _answer(state, store.get(identifier))


@router.patch(
    "/{identifier}", summary="Gesuch ändern, verlängern oder schließen", responses={409: {}}
)
def patch_search(
    identifier: Identifier, asked: OpeningChanged, token: Token, state: Current
) -> OpeningAnswer:
    """Change what is given; needs the secret of the search."""
    opening = state[Openings].change(identifier, token, asked)
    return _answer(state, opening)


@router.delete("/{identifier}", summary="Gesuch endgültig löschen", status_code=204)
def delete_search(identifier: Identifier, token: Token, state: Current) -> Response:
    """Delete for good; needs the secret of the search."""
    state[Openings].store.delete(identifier, token)
    return Response(status_code=204)


@router.get("/{identifier}/matches", summary="Partner und passende Gesuche zu einem Gesuch")
def get_matches(
    identifier: Identifier,
    request: Request,
    state: Current,
    limit: Limit = 10,
) -> OpeningMatchesAnswer:
    """Rank bodies for an open search, and list the open searches that fit in both directions."""
    opening = state[Openings].store.get(identifier)
    result = state[Openings].partners(opening, limit)
    ranked = MatchesAnswer.of(result, request.state.request_id, state.matcher)
    fits = [
        FitAnswer(
            search=_answer(state, fit.opening),
            score=fit.score,
            likeness=fit.likeness,
            probability_there=fit.there,
            probability_back=fit.back,
        )
        for fit in state[Openings].fits(opening)
    ]
    return OpeningMatchesAnswer(**dict(ranked), searches=fits)


@router.post("/{identifier}/messages", summary="Auf ein Gesuch antworten", status_code=202)
def post_message(identifier: Identifier, asked: MessageAsked, state: Current) -> RelayedAnswer:
    """Pass a message on by mail. The owner sees name and address given here, not the reverse."""
    state[Openings].relay(identifier, asked)
    return RelayedAnswer(status="sent")


def _answer(state: State, opening: Opening) -> OpeningAnswer:
    return OpeningAnswer.of(opening, state.directory, state.now())
