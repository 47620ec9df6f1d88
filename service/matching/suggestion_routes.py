"""POST /v1/suggestions: task areas, similar cooperations and hints while one types."""

from __future__ import annotations

from fastapi import APIRouter

from matcher.result import SimilarCooperation, TaskAreaGuess
from service.matching.description_hints import hints
from service.matching.suggestion_schemas import (
    LikelyTaskAreaAnswer,
    SuggestedCooperationAnswer,
    SuggestionsAnswer,
    SuggestionsAsked,
)
from service.web.admission import Work, is_work
from service.web.named_bodies import known_key
from service.web.schemas import BodyAnswer
from service.web.state import Current

router = APIRouter(prefix="/v1", tags=["suggestions"])
_MOST = 5


@router.post("/suggestions", summary="Hilfe, während ein Vorhaben beschrieben wird")
@is_work(Work.HINTS)
def post_suggestions(asked: SuggestionsAsked, state: Current) -> SuggestionsAnswer:
    """Return likely task areas, similar cooperations and what could be added to the text."""
    matcher, directory, text = state.matcher, state.directory, asked.text.strip()
    guesses: tuple[TaskAreaGuess, ...] = ()
    similar: tuple[SimilarCooperation, ...] = ()
    if text:
        guesses = matcher.predict_task_area(text)
        similar = matcher.similar(text, _MOST)
    body = None
    # A field that is still empty is no mistake; a name that nobody has is one.
    if asked.body is not None and asked.body.strip():
        body = directory[known_key(state.names, asked.body)]
    said, there, carried = matcher.understand(text, None if body is None else body.key)
    return SuggestionsAnswer(
        degraded=matcher.degraded,
        task_areas=[LikelyTaskAreaAnswer.of_guess(guess) for guess in guesses[:_MOST]],
        similar_cooperations=[
            SuggestedCooperationAnswer.of_known(entry, directory) for entry in similar
        ],
        hints=hints(text, guesses[0].probability if guesses else None),
        body=None if body is None else BodyAnswer.of(body),
        understood=said,
        existing=there,
        competence=carried,
    )
