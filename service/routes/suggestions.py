"""POST /v1/suggestions: task areas, similar cooperations and hints while one types."""

from __future__ import annotations

from fastapi import APIRouter

from matcher import Matcher
from matcher.result import SimilarCooperation, TaskAreaGuess
from service import answers, schemas
from service import suggestion_schemas as suggested
from service.hints import hints
from service.places import find_key
from service.problems import ProblemError
from service.state import Current, State

router = APIRouter(prefix="/v1", tags=["suggestions"])
_MOST = 5


@router.post("/suggestions", summary="Hilfe, während ein Vorhaben beschrieben wird")
def post_suggestions(
    asked: suggested.SuggestionsAsked, state: Current
) -> suggested.SuggestionsAnswer:
    """Return likely task areas, similar cooperations and what could be added to the text."""
    matcher, text = state.matcher, asked.text.strip()
    guesses: tuple[TaskAreaGuess, ...] = ()
    similar: tuple[SimilarCooperation, ...] = ()
    if text:
        guesses = matcher.predict_task_area(text)
        similar = matcher.similar(text, _MOST)
    return suggested.SuggestionsAnswer(
        degraded=matcher.degraded,
        task_areas=[_task_area(guess) for guess in guesses[:_MOST]],
        similar_cooperations=[_cooperation(matcher, entry) for entry in similar],
        hints=[
            suggested.HintAnswer(code=hint.code, text=hint.text)
            for hint in hints(text, guesses[0].probability if guesses else None)
        ],
        body=_body(state, asked.body),
    )


def _task_area(guess: TaskAreaGuess) -> suggested.LikelyTaskAreaAnswer:
    return suggested.LikelyTaskAreaAnswer(
        code=guess.area.value, label=guess.area.label, probability=guess.probability
    )


def _cooperation(
    matcher: Matcher, entry: SimilarCooperation
) -> suggested.SuggestedCooperationAnswer:
    names = matcher.dataset.bodies["name"]
    return suggested.SuggestedCooperationAnswer(
        **answers.similar(entry).model_dump(),
        participant_names=[str(names[key]) for key in entry.participants],
    )


def _body(state: State, text: str | None) -> schemas.BodyAnswer | None:
    # A field that is still empty is no mistake; a name that nobody has is one.
    if text is None or not text.strip():
        return None
    key, sentence = find_key(state.names, text)
    if key is None:
        raise ProblemError.of_fields([("/body", sentence)])
    return answers.body(state.matcher, key)
