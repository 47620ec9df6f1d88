"""POST /v1/suggestions: task areas, similar cooperations and hints while one types."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from msgspec import structs

from matcher.result import ExistingCooperation, SimilarCooperation, TaskAreaGuess
from service.matching.description_hints import hints
from service.matching.schemas import UnderstoodAnswer
from service.matching.suggestion_schemas import (
    LikelyTaskAreaAnswer,
    SuggestedCooperationAnswer,
    SuggestionsAnswer,
    SuggestionsAsked,
)
from service.web.admission import Work, is_hurried, is_work
from service.web.named_bodies import known_key
from service.web.schemas import BodyAnswer
from service.web.state import Current

router = APIRouter(prefix="/v1", tags=["suggestions"])
_MOST = 5
NOTHING_SAID = "Beschreiben Sie, welche Aufgabe Sie gemeinsam erledigen möchten."


@router.post(
    "/suggestions",
    summary="Hilfe, während ein Vorhaben beschrieben wird",
    response_model=SuggestionsAnswer,
)
@is_work(Work.HINTS)
def post_suggestions(asked: SuggestionsAsked, request: Request, state: Current) -> Response:
    """Return likely task areas, similar cooperations and what could be added to the text.

    Where the service is busy the answer rests on the words alone, and says so by `degraded`.
    """
    matcher, directory, text = state.matcher, state.directory, asked.text.strip()
    body = None
    # A field that is still empty is no mistake; a name that nobody has is one.
    if asked.body is not None and asked.body.strip():
        body = directory[known_key(state.names, asked.body)]
    key = None if body is None else body.key
    guesses: tuple[TaskAreaGuess, ...] = ()
    similar: tuple[SimilarCooperation, ...] = ()
    there: tuple[ExistingCooperation, ...] = ()
    hurried = is_hurried(request)
    if hurried:
        said, similar, carried = matcher.listener.glance(text, key, _MOST)
    else:
        if text:
            guesses = matcher.listener.task_areas(text)
            similar = matcher.listener.similar(text, _MOST)
        said, there, carried = matcher.listener.understand(text, key)
    if not text:  # nothing is said, so nothing is judged
        said = structs.replace(said, is_matter=False, hint=NOTHING_SAID)
    answer = SuggestionsAnswer(
        degraded=matcher.degraded or hurried,
        task_areas=[LikelyTaskAreaAnswer.of_guess(guess) for guess in guesses[:_MOST]],
        similar_cooperations=[
            SuggestedCooperationAnswer.of_known(entry, directory) for entry in similar
        ],
        hints=hints(text, guesses[0].probability if guesses else None),
        body=None if body is None else BodyAnswer.of(body),
        understood=UnderstoodAnswer.of(said),
        existing=there,
        competence=carried,
    )
    # As it was written here: the framework would check it once more, in a thread it waits for.
    return Response(answer.model_dump_json(), media_type="application/json")
