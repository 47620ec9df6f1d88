"""The JSON about outreach: what is asked and what is answered."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StrictStr

from matcher import Matcher
from matcher.outreach import Opportunity
from service import answers
from service.outreach.memory import Event, Record
from service.outreach.status import OutreachStatus
from service.schemas import Asked, BodyAnswer, FundingAnswer, LegalFormAnswer, TermAnswer

MAX_NOTE = 2_000


def _note(text: str) -> str:
    plain = text.replace("\r\n", "\n").strip()
    if any(not (c.isprintable() or c in "\n\t") for c in plain):
        raise ValueError("Der Text enthält ungültige Zeichen.")
    return plain


class StepAsked(Asked):
    """A step with an opportunity; what is left out stays as it is."""

    status: (
        Annotated[StrictStr, Field(max_length=200), AfterValidator(OutreachStatus.parse)] | None
    ) = None
    note: Annotated[StrictStr, Field(max_length=MAX_NOTE), AfterValidator(_note)] = ""


class OutreachBodyAnswer(BodyAnswer):
    """A body of a group; `rests_until` is set while it is left alone."""

    last_contact: datetime | None
    rests_until: datetime | None


class PartAnswer(BaseModel):
    """One additive part of a score, log-odds."""

    code: str
    label: str
    contribution: float


class OutreachReasonAnswer(BaseModel):
    """A sentence with the facts behind a part (fit, need, evidence)."""

    code: str
    part: str
    text: str


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


class LetterAnswer(BaseModel):
    """A draft to edit."""

    recipients: list[str]
    subject: str
    text: str


class EventAnswer(BaseModel):
    """One step: who set which status when."""

    status: TermAnswer
    note: str
    who: str
    at: datetime


class OpportunityAnswer(BaseModel):
    """A task area and a group that is not known to cooperate in it; score = sum of parts."""

    id: str
    rank: int | None
    task_area: TermAnswer
    bodies: list[OutreachBodyAnswer]
    with_district: bool
    score: float
    parts: list[PartAnswer]
    reasons: list[OutreachReasonAnswer]
    cooperations: list[ExampleAnswer]
    legal_forms: list[LegalFormAnswer]
    funding: FundingAnswer
    letter: LetterAnswer
    status: TermAnswer
    note: str
    history: list[EventAnswer]


def opportunity(
    found: Opportunity, record: Record, matcher: Matcher, rank: int | None = None
) -> OpportunityAnswer:
    """Return an opportunity with what the office did about it."""
    return OpportunityAnswer(
        id=found.id,
        rank=rank,
        task_area=answers.term(found.task_area),
        bodies=[_body(key, record, matcher) for key in found.bodies],
        with_district=found.with_district,
        score=found.score,
        parts=[PartAnswer(**asdict(part)) for part in found.parts],
        reasons=[OutreachReasonAnswer(**asdict(reason)) for reason in found.reasons],
        cooperations=[
            ExampleAnswer(**(asdict(e) | {"legal_form": answers.term(e.legal_form)}))
            for e in found.examples
        ],
        legal_forms=[
            LegalFormAnswer(code=s.form.value, label=s.form.label, share=s.share)
            for s in found.legal_forms
        ],
        funding=FundingAnswer(**asdict(found.grant)),
        letter=LetterAnswer(
            recipients=list(found.letter.recipients),
            subject=found.letter.subject,
            text=found.letter.text,
        ),
        status=answers.term(record.status(found.id)),
        note=record.note(found.id),
        history=[_event(event) for event in record.histories.get(found.id, ())],
    )


def _body(key: str, record: Record, matcher: Matcher) -> OutreachBodyAnswer:
    contact = record.contacts.get(key)
    rests = contact is not None and contact.rests_until > record.now
    return OutreachBodyAnswer(
        **answers.body(matcher, key).model_dump(),
        last_contact=contact.at if contact else None,
        rests_until=contact.rests_until if contact and rests else None,
    )


def _event(event: Event) -> EventAnswer:
    return EventAnswer(
        status=answers.term(event.status), note=event.note, who=event.who, at=event.at
    )
