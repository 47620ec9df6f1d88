"""The JSON of a partner search: what is asked and what is answered.

What the matcher returns as it stands (`Reason`, `Evidence`, `Funding`) is declared there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StrictInt,
    StrictStr,
)

from data import Kind, LegalForm, LegalStatus, TaskArea
from matcher import Matcher, MatchResult
from matcher.request import ALL_WISHES, MAX_DESCRIPTION, MAX_LIMIT, MAX_TITLE
from matcher.result import (
    Evidence,
    ExistingCooperation,
    Interpretation,
    Match,
    Reason,
    SimilarCooperation,
    TaskAreaGuess,
)
from matcher.understanding.apply import CHECKS
from matcher.understanding.competence import Competence
from matcher.understanding.named import Named
from matcher.understanding.outside import Outside
from matcher.understanding.wish import Value, Wish
from service.matching.background import Background
from service.matching.group_schemas import ConsortiumAnswer
from service.matching.known_steps import next_step, whom_to_ask
from service.matching.likelihood import Likelihood
from service.matching.partner_sentence import partner_sentence
from service.matching.proposal import proposal
from service.matching.wording import wish_label
from service.web.schemas import (
    FREE_TEXT,
    Asked,
    BodyAnswer,
    Key,
    ModelAnswer,
    TermAnswer,
    parser,
    term_schema,
)

_MANY = 500
WISHES = (*CHECKS, "group_size")
"""Codes of what a text can wish of partners."""
_TEXT_READ = (
    "Titel, Zeilenumbruch und Beschreibung, beide ohne Leerraum am Rand; ohne Titel die "
    "Beschreibung allein, bei /v1/suggestions der gesendete Text"
)
_PLACE = (
    "`start` und `end` zählen Zeichen (Unicode-Codepunkte, keine Byte, keine UTF-16-Einheiten) ab "
    f"0, `end` ausschließlich, in: {_TEXT_READ}."
)


def _whole(value: object) -> object:
    """Return 10 for 10.0: to JSON and JSON Schema both are the same integer."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _wish_code(value: str) -> str:
    if value not in (*WISHES, ALL_WISHES):
        raise ValueError(
            f"„{value[:60]}“ ist kein bekannter Wunsch. Möglich sind: {', '.join(WISHES)}."
        )
    return value


class FiltersAsked(Asked):
    """Which bodies may appear."""

    kinds: Annotated[
        list[Annotated[Kind, BeforeValidator(parser(Kind)), term_schema(Kind)]],
        Field(max_length=_MANY),
    ] = Field(default_factory=lambda: list(Kind))
    legal_status: Annotated[
        list[
            Annotated[LegalStatus, BeforeValidator(parser(LegalStatus)), term_schema(LegalStatus)]
        ],
        Field(max_length=_MANY),
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

    body: Annotated[Key, Field(description="Wer sucht: AGS, ARS oder Name")]
    title: Annotated[StrictStr, Field(max_length=MAX_TITLE, json_schema_extra=FREE_TEXT)] = ""
    description: Annotated[
        StrictStr, Field(max_length=MAX_DESCRIPTION, json_schema_extra=FREE_TEXT)
    ] = ""
    task_area: (
        Annotated[TaskArea, BeforeValidator(parser(TaskArea)), term_schema(TaskArea)] | None
    ) = None
    legal_form: (
        Annotated[LegalForm, BeforeValidator(parser(LegalForm)), term_schema(LegalForm)] | None
    ) = None
    partners: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    filters: FiltersAsked = Field(default_factory=FiltersAsked)
    limit: Annotated[StrictInt, Field(ge=1, le=MAX_LIMIT), BeforeValidator(_whole)] = 10
    wishes: Annotated[
        Literal["apply", "ignore"],
        Field(
            description="ignore: Wünsche im Text gelten nicht; genannte Stellen zählen weiter, "
            "siehe ignore_named"
        ),
    ] = "apply"
    ignore_wishes: Annotated[
        list[
            Annotated[
                StrictStr,
                AfterValidator(_wish_code),
                Field(json_schema_extra={"enum": [*WISHES, ALL_WISHES]}),
            ]
        ],
        Field(max_length=50, description="Codes von Wünschen im Text, die nicht gelten; *: keiner"),
    ] = Field(default_factory=list)
    ignore_named: Annotated[
        list[Key],
        Field(max_length=50, description="Stellen, die der Text nennt und die dafür nicht zählen"),
    ] = Field(default_factory=list)
    explain: Annotated[
        list[Key],
        Field(max_length=50, description="Stellen mit Rang und Gründen, trotz limit und Filtern"),
    ] = Field(default_factory=list)


class TaskAreaAnswer(TermAnswer):
    """The task area of the matter; `source` is given or predicted."""

    probability: float
    source: Annotated[str, Field(json_schema_extra={"enum": ["given", "predicted"]})]

    @classmethod
    def of_guess(cls, guess: TaskAreaGuess) -> TaskAreaAnswer:
        """Return the task area that was given or told by the text."""
        return TaskAreaAnswer(
            code=guess.area.value,
            label=guess.area.label,
            probability=guess.probability,
            source=guess.source,
        )


_LIKELIHOODS = {each: TermAnswer.of(each) for each in Likelihood}


class MatchAnswer(BaseModel):
    """One ranked body; `likelihood` is the class of `probability`, `sentence` says why."""

    rank: int
    body: BodyAnswer
    score: float
    probability: float
    likelihood: TermAnswer
    sentence: str
    distance_km: float
    adjacent: bool
    same_district: bool
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]
    ties: tuple[Evidence, ...]
    together: bool
    filtered_by: tuple[str, ...]
    beyond_border: bool = False
    border_note: str | None = None

    @classmethod
    def of(cls, match: Match, known: Background) -> MatchAnswer:
        """Return a ranked body with its reasons."""
        return MatchAnswer(
            rank=match.rank,
            body=BodyAnswer(
                ags=match.body,
                name=match.name,
                kind=match.kind,
                legal_status=match.legal_status,
                district=match.district,
                population=match.population,
                longitude=match.longitude,
                latitude=match.latitude,
            ),
            score=match.score,
            probability=match.probability,
            likelihood=_LIKELIHOODS[Likelihood.of(match.probability)],
            sentence=partner_sentence(match, known),
            distance_km=match.distance_km,
            adjacent=match.adjacent,
            same_district=match.same_district,
            reasons=match.reasons,
            evidence=match.evidence,
            ties=match.ties,
            together=match.together,
            filtered_by=match.filtered_by,
            beyond_border=match.beyond_border,
            border_note=match.border_note,
        )


class SimilarAnswer(BaseModel):
    """A similar past cooperation."""

    id: str
    title: str
    task_area: TermAnswer
    legal_form: TermAnswer
    similarity: float
    year: int | None
    participants: tuple[str, ...]
    source_url: str
    status: str

    @classmethod
    def of(cls, entry: SimilarCooperation) -> SimilarAnswer:
        """Return a similar cooperation."""
        return SimilarAnswer(
            id=entry.cooperation,
            title=entry.title,
            task_area=TermAnswer.of(entry.task_area),
            legal_form=TermAnswer.of(entry.legal_form),
            similarity=entry.similarity,
            year=entry.year,
            participants=entry.participants,
            source_url=entry.source_url,
            status=entry.status,
        )


class WishAnswer(BaseModel):
    """A wish in the text; `label` says in German what was understood."""

    code: str
    value: Value
    label: str
    text: str
    start: Annotated[int, Field(description=_PLACE)]
    end: Annotated[int, Field(description=_PLACE)]

    @classmethod
    def of(cls, wish: Wish) -> WishAnswer:
        """Return a wish with its label."""
        return WishAnswer(
            code=wish.code,
            value=wish.value,
            label=wish_label(wish),
            text=wish.text,
            start=wish.start,
            end=wish.end,
        )


class UnderstoodAnswer(BaseModel):
    """What a text says beside its matter, as far as it is applied.

    `hint` is a German sentence: what is meant, or which wishes and filters leave nobody.
    """

    is_matter: bool
    probability: float | None
    hint: str | None
    wishes: list[WishAnswer]
    named: Annotated[tuple[Named, ...], Field(description=f"Genannte Stellen. {_PLACE}")]
    outside: Annotated[
        tuple[Outside, ...], Field(description=f"Orte jenseits der Landesgrenze. {_PLACE}")
    ]

    @classmethod
    def of(cls, said: Interpretation) -> UnderstoodAnswer:
        """Return what was understood."""
        return UnderstoodAnswer(
            is_matter=said.is_matter,
            probability=said.probability,
            hint=said.hint,
            wishes=[WishAnswer.of(wish) for wish in said.wishes],
            named=said.named,
            outside=said.outside,
        )


class ExistingAnswer(BaseModel):
    """A known cooperation in the same matter.

    `step` says what one could do with it, `ask` is the body to ask first, None where nobody is.
    """

    cooperation: str
    title: str
    probability: float
    status: str
    relation: str
    year: int | None
    bodies: tuple[str, ...]
    source_url: str
    step: str
    ask: str | None

    @classmethod
    def of(cls, entry: ExistingCooperation, known: Background) -> ExistingAnswer:
        """Return a known cooperation with the step that it opens."""
        return ExistingAnswer(
            cooperation=entry.cooperation,
            title=entry.title,
            probability=entry.probability,
            status=entry.status,
            relation=entry.relation,
            year=entry.year,
            bodies=entry.bodies,
            source_url=entry.source_url,
            step=next_step(entry),
            ask=whom_to_ask(entry, known),
        )


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
    understood: UnderstoodAnswer
    existing: list[ExistingAnswer]
    competence: Competence | None

    @classmethod
    def of(cls, result: MatchResult, request_id: str, matcher: Matcher) -> MatchesAnswer:
        """Return what was found for a request, with what `matcher` knows of the bodies in it."""
        guess, group = result.task_area, result.consortium
        known = Background.of(result, matcher)
        return MatchesAnswer(
            request_id=request_id,
            degraded=result.degraded,
            model=ModelAnswer(version=result.model_version, text_model=result.text_model),
            data_version=result.data_version,
            task_area=None if guess is None else TaskAreaAnswer.of_guess(guess),
            base_value=result.base_value,
            matches=[MatchAnswer.of(match, known) for match in result.matches],
            similar_cooperations=[SimilarAnswer.of(s) for s in result.similar_cooperations],
            consortium=None if group is None else ConsortiumAnswer.of(group, proposal(known)),
            understood=UnderstoodAnswer.of(result.understood),
            existing=[ExistingAnswer.of(entry, known) for entry in result.existing],
            competence=result.competence,
        )
