"""The JSON of version 1, as types: what is asked and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from data import Kind, LegalForm, LegalStatus, TaskArea
from data.terms import Term
from matcher.request import MAX_DESCRIPTION, MAX_LIMIT, MAX_TITLE

Item = TypeVar("Item")
Key = Annotated[StrictStr, Field(max_length=200)]
_MANY = 500
_LONGEST_TERM = 200


def _parser(vocabulary: type[Term]) -> Callable[[object], Term]:
    """Return a validator that takes a code or a label."""

    def parse(value: object) -> Term:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "Hier wird Text erwartet.")
        if len(value) > _LONGEST_TERM:
            limit = {"max_length": _LONGEST_TERM}
            raise PydanticCustomError("string_too_long", "Der Text ist zu lang.", limit)
        if not _is_unicode(value):
            # A sentence that quotes half a surrogate pair cannot be sent.
            raise PydanticCustomError("string_unicode", "Der Text enthält ungültige Zeichen.")
        return vocabulary.parse(value)

    return parse


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


class Asked(BaseModel):
    """Base of requests: unknown fields are errors, not silently lost."""

    model_config = ConfigDict(extra="forbid")


class FiltersAsked(Asked):
    """Which bodies may appear."""

    kinds: Annotated[
        list[Annotated[Kind, BeforeValidator(_parser(Kind))]], Field(max_length=_MANY)
    ] = Field(default_factory=lambda: list(Kind))
    legal_status: Annotated[
        list[Annotated[LegalStatus, BeforeValidator(_parser(LegalStatus))]], Field(max_length=_MANY)
    ] = Field(default_factory=list)
    districts: Annotated[list[Key], Field(max_length=_MANY)] = Field(default_factory=list)
    government_regions: Annotated[list[Key], Field(max_length=_MANY)] = Field(default_factory=list)
    max_distance_km: Annotated[float, Strict(), Field(ge=0, allow_inf_nan=False)] | None = None
    exclude: Annotated[list[Key], Field(max_length=_MANY)] = Field(default_factory=list)


class MatchAsked(Asked):
    """A partner search."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "body": "05974008",
                    "description": "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn "
                    "bündeln, weil Fachkräfte fehlen",
                }
            ]
        },
    )

    body: Key
    title: Annotated[StrictStr, Field(max_length=MAX_TITLE)] = ""
    description: Annotated[StrictStr, Field(max_length=MAX_DESCRIPTION)] = ""
    task_area: Annotated[TaskArea, BeforeValidator(_parser(TaskArea))] | None = None
    legal_form: Annotated[LegalForm, BeforeValidator(_parser(LegalForm))] | None = None
    partners: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    filters: FiltersAsked = Field(default_factory=FiltersAsked)
    limit: Annotated[StrictInt, Field(ge=1, le=MAX_LIMIT)] = 10


class TermAnswer(BaseModel):
    """A code with its German label."""

    code: str
    label: str


class TaskAreaAnswer(TermAnswer):
    """The task area of the matter; `source` is given or predicted."""

    probability: float
    source: str


class BodyAnswer(BaseModel):
    """A body in short."""

    ags: str
    name: str
    kind: str
    legal_status: str
    district: str | None
    population: int
    longitude: float
    latitude: float


class ReasonAnswer(BaseModel):
    """One additive part of a score, in log-odds."""

    code: str
    factor: str
    text: str
    contribution: float


class EvidenceAnswer(BaseModel):
    """A past cooperation that speaks for a result; `shared`: both took part."""

    cooperation: str
    title: str
    similarity: float | None
    year: int | None
    source_url: str
    shared: bool


class MatchAnswer(BaseModel):
    """One ranked body."""

    rank: int
    body: BodyAnswer
    score: float
    probability: float
    distance_km: float
    adjacent: bool
    same_district: bool
    reasons: list[ReasonAnswer]
    evidence: list[EvidenceAnswer]


class SimilarAnswer(BaseModel):
    """A similar past cooperation."""

    id: str
    title: str
    task_area: TermAnswer
    legal_form: TermAnswer
    similarity: float
    year: int | None
    participants: list[str]
    source_url: str


class LegalFormAnswer(TermAnswer):
    """A legal form and how often it fits, as a share of 1."""

    share: float


class FundingAnswer(BaseModel):
    """State grant by rule and date."""

    max_eur: int
    rule: str
    as_of: str
    source_url: str


class ConsortiumAnswer(BaseModel):
    """A proposed group, the searcher first."""

    bodies: list[str]
    names: list[str]
    reasons: list[str]
    legal_forms: list[LegalFormAnswer]
    funding: FundingAnswer


class ModelAnswer(BaseModel):
    """Versions of what ranked."""

    version: str
    text_model: str | None


class MatchesAnswer(BaseModel):
    """The answer to a partner search: proposals, no verdicts."""

    request_id: str
    degraded: bool
    model: ModelAnswer
    data_version: str
    task_area: TaskAreaAnswer | None
    base_value: float
    matches: list[MatchAnswer]
    similar_cooperations: list[SimilarAnswer]
    consortium: ConsortiumAnswer | None


class CooperationAnswer(BaseModel):
    """A known cooperation; `similarity` where it was found by text."""

    id: str
    title: str
    description: str
    task_area: TermAnswer
    legal_form: TermAnswer
    status: str
    start_year: int | None
    participants: list[TermAnswer]
    other_participants: list[str]
    lead: str | None
    source_url: str
    source_title: str
    evidence_grade: str
    similarity: float | None = None


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


class ListAnswer(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    total: int


class MetaAnswer(BaseModel):
    """Data dates, coverage and measured quality."""

    model: ModelAnswer
    degraded: bool
    data_version: str
    resources: list[dict[str, str]]
    coverage: dict[str, int]
    quality: dict[str, Any]


class HealthAnswer(BaseModel):
    """Whether the service lives or is ready."""

    status: str
    degraded: bool | None = None
