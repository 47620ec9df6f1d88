"""The JSON about open searches: what is asked and what is answered. No answer has a contact."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictStr

from data import TaskArea
from matcher import Directory
from matcher.request import MAX_DESCRIPTION, MAX_TITLE
from service.matching.schemas import MatchesAnswer
from service.openings.body_proof import Proof
from service.openings.opening import Opening, OpeningStatus, Words
from service.text_fields import (
    EMAIL_SCHEMA,
    LINE_SCHEMA,
    MAX_EMAIL,
    MAX_MESSAGE,
    MAX_NAME,
    PARAGRAPHS_SCHEMA,
    email_address,
    line,
    paragraphs,
)
from service.web.schemas import Asked, Key, TermAnswer, codes, term_schema

Title = Annotated[
    StrictStr, Field(max_length=MAX_TITLE, json_schema_extra=LINE_SCHEMA), AfterValidator(line)
]
Description = Annotated[
    StrictStr,
    Field(max_length=MAX_DESCRIPTION, json_schema_extra=PARAGRAPHS_SCHEMA),
    AfterValidator(paragraphs),
]
Area = Annotated[
    StrictStr, Field(max_length=200), AfterValidator(TaskArea.parse), term_schema(TaskArea)
]
Name = Annotated[
    StrictStr, Field(max_length=MAX_NAME, json_schema_extra=LINE_SCHEMA), AfterValidator(line)
]
Email = Annotated[
    StrictStr,
    Field(max_length=MAX_EMAIL, json_schema_extra=EMAIL_SCHEMA),
    AfterValidator(email_address),
]


_Status = Annotated[str, Field(json_schema_extra=codes(OpeningStatus))]


class OpeningAsked(Asked):
    """A search to publish; name and e-mail address are for the confirmation and the relay."""

    body: Key
    title: Title
    description: Description
    task_area: Area | None = None
    name: Name
    email: Email

    def words(self) -> Words:
        """Return the matter."""
        area = None if self.task_area is None else TaskArea.parse(self.task_area)
        return Words(self.title, self.description, area, area is not None)


class OpeningChanged(Asked):
    """What the owner of a search changes; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    title: Title | None = None
    description: Description | None = None
    task_area: Area | None = None
    status: Literal["closed"] | None = None
    prolong: StrictBool = False

    def changed(self, words: Words) -> Words:
        """Return the matter with what was changed; a task area of null follows the text again."""
        area, given = words.task_area, words.task_area_given
        if "task_area" in self.model_fields_set:
            area = None if self.task_area is None else TaskArea.parse(self.task_area)
            given = area is not None
        return Words(self.title or words.title, self.description or words.description, area, given)


class MessageAsked(Asked):
    """A message to the owner of a search, who sees name and address of the writer."""

    name: Name
    email: Email
    message: Annotated[
        StrictStr,
        Field(max_length=MAX_MESSAGE, json_schema_extra=PARAGRAPHS_SCHEMA),
        AfterValidator(paragraphs),
    ]


class PublishedAnswer(BaseModel):
    """A search that waits for its confirmation by mail."""

    id: str
    status: _Status


class RelayedAnswer(BaseModel):
    """A message that was passed on."""

    status: Literal["sent"]


class OpeningAnswer(BaseModel):
    """A search; `body_proof` is null until it is shown that it speaks for its body."""

    id: str
    status: _Status
    title: str
    description: str
    body: TermAnswer
    task_area: TermAnswer | None
    task_area_source: Literal["given", "predicted"] | None
    created: datetime
    confirmed: datetime | None
    expires: datetime
    body_proof: Annotated[str, Field(json_schema_extra=codes(Proof))] | None = None

    @classmethod
    def of(cls, opening: Opening, directory: Directory, now: datetime) -> OpeningAnswer:
        """Return an opening at a moment; its body by the key where a merger took it away."""
        area = opening.words.task_area
        source: Literal["given", "predicted"] = (
            "given" if opening.words.task_area_given else "predicted"
        )
        return OpeningAnswer(
            id=opening.id,
            status=opening.status_at(now).value,
            title=opening.words.title,
            description=opening.words.description,
            body=TermAnswer(code=opening.body, label=directory.name(opening.body)),
            task_area=None if area is None else TermAnswer.of(area),
            task_area_source=None if area is None else source,
            created=opening.created,
            confirmed=opening.confirmed,
            expires=opening.expires,
            body_proof=opening.proof,
        )


class OpeningsAnswer(BaseModel):
    """A page of the open searches, newest first."""

    items: list[OpeningAnswer]
    total: Annotated[int, Field(ge=0)]
    limit: int
    offset: int


class FitAnswer(BaseModel):
    """Another open search that fits; the score is a rule, see `service.openings.reciprocal`."""

    search: OpeningAnswer
    score: float
    likeness: float
    probability_there: float
    probability_back: float


class OpeningMatchesAnswer(MatchesAnswer):
    """Ranked bodies for a search, and the open searches that fit in both directions."""

    searches: list[FitAnswer]
