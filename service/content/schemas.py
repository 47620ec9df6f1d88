"""The JSON about what is known: profiles of bodies, cooperations."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from data import Cooperation
from data.terms import Status
from matcher import Body, Directory, Matcher
from service.web.schemas import BodyAnswer, TermAnswer, codes

_TABLE = "municipalities.csv"


class CooperationAnswer(BaseModel):
    """A known cooperation; `similarity` where it was found by text."""

    id: str
    title: str
    description: str
    task_area: TermAnswer
    legal_form: TermAnswer
    status: Annotated[str, Field(json_schema_extra=codes(Status))]
    start_year: int | None
    participants: list[TermAnswer]
    other_participants: tuple[str, ...]
    lead: str | None
    source_url: str
    source_title: str
    evidence_grade: str
    similarity: float | None = None

    @classmethod
    def of(
        cls, known: Cooperation, directory: Directory, similarity: float | None = None
    ) -> CooperationAnswer:
        """Return a known cooperation with the names of its participants."""
        return CooperationAnswer(
            id=known.id,
            title=known.title,
            description=known.description,
            task_area=TermAnswer.of(known.task_area),
            legal_form=TermAnswer.of(known.legal_form),
            status=known.status.value,
            start_year=known.start_year,
            participants=[
                TermAnswer(code=key, label=directory.name(key)) for key in known.participants
            ],
            other_participants=known.other_participants,
            lead=known.lead,
            source_url=known.source_url,
            source_title=known.source_title,
            evidence_grade=known.evidence_grade,
            similarity=similarity,
        )


class ProfileAnswer(BodyAnswer):
    """A body with its figures (None where unknown), peers and known cooperations."""

    official_name: str
    ars: str | None
    government_region: str | None
    landscape_association: str | None
    leader_region: str | None
    area_km2: float
    figures: dict[str, float | int | str | None]
    sources: list[str]
    peers: list[BodyAnswer]
    cooperations: list[CooperationAnswer]

    @classmethod
    def of_body(cls, body: Body, matcher: Matcher) -> ProfileAnswer:
        """Return a body with figures, peers and known cooperations."""
        directory = matcher.directory
        return ProfileAnswer(
            **BodyAnswer.of(body).model_dump(),
            official_name=body.official_name,
            ars=body.ars,
            government_region=body.government_region,
            landscape_association=body.landscape_association,
            leader_region=body.leader_region,
            area_km2=round(body.area_km2, 2),
            figures={name: _whole(value) for name, value in body.figures.items()},
            sources=[r.source for r in matcher.dataset.resources if r.path == _TABLE],
            peers=[BodyAnswer.of(directory[peer]) for peer in matcher.peers(body.key)],
            cooperations=[
                CooperationAnswer.of(known, directory)
                for known in matcher.cooperations_of(body.key)
            ],
        )


def _whole(value: float | int | str | None) -> float | int | str | None:
    """Return a number without its empty decimals: columns with gaps hold whole numbers as 3.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
