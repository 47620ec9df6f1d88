"""The JSON about outreach: what is asked and what is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictStr

from matcher import Body, Directory
from matcher.outreach import Opportunity, OutreachReason
from matcher.outreach.opportunity import Example, Letter, Part
from matcher.result import Grant
from service.matching.group_schemas import LegalFormAnswer
from service.outreach.history import Event, Record
from service.outreach.status import OutreachStatus
from service.text_fields import TEXT_PATTERN, paragraphs
from service.web.schemas import Asked, BodyAnswer, TermAnswer, term_schema

MAX_NOTE = 2_000


def _note(text: str) -> str:
    plain = text.replace("\r\n", "\n").strip()
    return paragraphs(plain) if plain else ""


class StepAsked(Asked):
    """A step with an opportunity; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    status: (
        Annotated[
            StrictStr,
            Field(max_length=200),
            AfterValidator(OutreachStatus.parse),
            term_schema(OutreachStatus),
        ]
        | None
    ) = None
    note: Annotated[
        StrictStr,
        Field(max_length=MAX_NOTE, json_schema_extra={"pattern": TEXT_PATTERN}),
        AfterValidator(_note),
    ] = ""


class OutreachBodyAnswer(BodyAnswer):
    """A body of a group; `rests_until` is set while it is left alone."""

    last_contact: datetime | None
    rests_until: datetime | None

    @classmethod
    def in_record(cls, body: Body, record: Record) -> OutreachBodyAnswer:
        """Return a body with what the record tells of contacts."""
        contact = record.contacts.get(body.key)
        rests = contact is not None and contact.rests_until > record.now
        return OutreachBodyAnswer(
            **BodyAnswer.of(body).model_dump(),
            last_contact=contact.at if contact else None,
            rests_until=contact.rests_until if contact and rests else None,
        )


class ExampleAnswer(BaseModel):
    """A known cooperation to cite."""

    cooperation: str
    title: str
    members: int
    lead: str | None
    year: int | None
    legal_form: TermAnswer
    source_url: str
    same_shape: bool
    situation: str = ""

    @classmethod
    def of(cls, example: Example) -> ExampleAnswer:
        """Return a cooperation to cite."""
        return ExampleAnswer(
            cooperation=example.cooperation,
            title=example.title,
            members=example.members,
            lead=example.lead,
            year=example.year,
            legal_form=TermAnswer.of(example.legal_form),
            source_url=example.source_url,
            same_shape=example.same_shape,
            situation=example.situation,
        )


class EventAnswer(BaseModel):
    """One step: who set which status when."""

    status: TermAnswer
    note: str
    who: str
    at: datetime

    @classmethod
    def of(cls, event: Event) -> EventAnswer:
        """Return a step."""
        status = TermAnswer.of(event.status)
        return EventAnswer(status=status, note=event.note, who=event.who, at=event.at)


class OpportunityAnswer(BaseModel):
    """A matter and a group that is not known to cooperate in it; score = sum of parts."""

    id: str
    rank: int | None
    task_area: TermAnswer
    bodies: list[OutreachBodyAnswer]
    with_district: bool
    score: float
    parts: tuple[Part, ...]
    reasons: tuple[OutreachReason, ...]
    cooperations: list[ExampleAnswer]
    legal_forms: list[LegalFormAnswer]
    funding: Grant
    letter: Letter
    status: TermAnswer
    note: str
    history: list[EventAnswer]
    matter: str = ""
    matter_name: str = ""

    @classmethod
    def of(
        cls, found: Opportunity, record: Record, directory: Directory, rank: int | None = None
    ) -> OpportunityAnswer:
        """Return an opportunity with what the office did about it."""
        return OpportunityAnswer(
            id=found.id,
            rank=rank,
            task_area=TermAnswer.of(found.task_area),
            bodies=[OutreachBodyAnswer.in_record(directory[key], record) for key in found.bodies],
            with_district=found.with_district,
            score=found.score,
            parts=found.parts,
            reasons=found.reasons,
            cooperations=[ExampleAnswer.of(example) for example in found.examples],
            legal_forms=[LegalFormAnswer.of_share(share) for share in found.legal_forms],
            funding=found.grant,
            letter=found.letter,
            status=TermAnswer.of(record.status(found.id)),
            note=record.note(found.id),
            matter=found.matter,
            matter_name=found.matter_name,
            history=[EventAnswer.of(event) for event in record.histories.get(found.id, ())],
        )
