"""The JSON of POST /v1/suggestions: what helps while a matter is being described."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from matcher import Directory
from matcher.request import MAX_DESCRIPTION
from matcher.result import (
    ExistingCooperation,
    SimilarCooperation,
    TaskAreaGuess,
)
from matcher.understanding.competence import Competence
from service.matching.description_hints import Hint
from service.matching.schemas import SimilarAnswer, UnderstoodAnswer
from service.web.schemas import FREE_TEXT, Asked, BodyAnswer, TermAnswer


class SuggestionsAsked(Asked):
    """A text as far as it is written, and who writes it where that is known."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "Uns fehlen Standesbeamte", "body": "05974008"}],
        },
    )

    text: Annotated[StrictStr, Field(max_length=MAX_DESCRIPTION, json_schema_extra=FREE_TEXT)]
    # Blank, too: a field that is still empty is no mistake.
    body: Annotated[StrictStr, Field(max_length=200, json_schema_extra=FREE_TEXT)] | None = None


class LikelyTaskAreaAnswer(TermAnswer):
    """A task area and how probable it is for the text, 0 … 1."""

    probability: float

    @classmethod
    def of_guess(cls, guess: TaskAreaGuess) -> LikelyTaskAreaAnswer:
        """Return a task area that the text may be about."""
        return LikelyTaskAreaAnswer(
            code=guess.area.value, label=guess.area.label, probability=guess.probability
        )


class SuggestedCooperationAnswer(SimilarAnswer):
    """A similar past cooperation; `participant_names` in the order of `participants`."""

    participant_names: list[str]

    @classmethod
    def of_known(
        cls, entry: SimilarCooperation, directory: Directory
    ) -> SuggestedCooperationAnswer:
        """Return a similar cooperation with the names of who takes part."""
        return SuggestedCooperationAnswer(
            **SimilarAnswer.of(entry).model_dump(),
            participant_names=directory.names_of(entry.participants),
        )


class SuggestionsAnswer(BaseModel):
    """Help while the form is filled in; empty lists for an empty text."""

    degraded: bool
    task_areas: list[LikelyTaskAreaAnswer]
    similar_cooperations: list[SuggestedCooperationAnswer]
    hints: list[Hint]
    understood: UnderstoodAnswer
    existing: tuple[ExistingCooperation, ...]
    competence: Competence | None
    body: BodyAnswer | None
