"""The JSON of POST /v1/suggestions: what helps while a matter is being described."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from matcher.request import MAX_DESCRIPTION
from service.schemas import Asked, BodyAnswer, Key, SimilarAnswer, TermAnswer


class SuggestionsAsked(Asked):
    """A text as far as it is written, and who writes it where that is known."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "Uns fehlen Standesbeamte", "body": "05974008"}],
        },
    )

    text: Annotated[StrictStr, Field(max_length=MAX_DESCRIPTION)]
    body: Key | None = None


class LikelyTaskAreaAnswer(TermAnswer):
    """A task area and how probable it is for the text, 0 … 1."""

    probability: float


class SuggestedCooperationAnswer(SimilarAnswer):
    """A similar past cooperation; `participant_names` in the order of `participants`."""

    participant_names: list[str]


class HintAnswer(BaseModel):
    """What could be added to the text, as a German sentence."""

    code: str
    text: str


class SuggestionsAnswer(BaseModel):
    """Help while the form is filled in; empty lists for an empty text."""

    degraded: bool
    task_areas: list[LikelyTaskAreaAnswer]
    similar_cooperations: list[SuggestedCooperationAnswer]
    hints: list[HintAnswer]
    body: BodyAnswer | None
