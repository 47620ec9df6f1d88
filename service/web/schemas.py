"""The JSON that all parts of version 1 share: keys, terms, bodies, lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeGuard, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from data import Kind, LegalStatus
from data.terms import Term
from matcher import Body

Item = TypeVar("Item")
FREE_TEXT = {"pattern": r"^[^\u0000]*$"}
"""How text of any kind is described: NUL is refused wherever a request carries it, see `texts`."""
_NOT_BLANK = {"minLength": 1, "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}
Key = Annotated[StrictStr, Field(max_length=200, json_schema_extra=_NOT_BLANK)]
Named = Annotated[str, Query(max_length=200, json_schema_extra=_NOT_BLANK)]
Identifier = Annotated[str, Path(json_schema_extra=_NOT_BLANK | {"maxLength": 200})]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
_LONGEST_TERM = 200


def term_schema(vocabulary: type[Term]) -> WithJsonSchema:
    """Return how a code or a label is described in the OpenAPI document."""
    values = list(dict.fromkeys(v for term in vocabulary for v in (term.value, term.label)))
    shown = "Code oder Bezeichnung; Groß- und Kleinschreibung sind gleich."
    return WithJsonSchema({"type": "string", "enum": values, "description": shown})


def codes(vocabulary: type[Term], *more: str) -> dict[str, Any]:
    """Return what the OpenAPI document says of a field that answers with a code."""
    return {"enum": [*(term.value for term in vocabulary), *more]}


def parser(vocabulary: type[Term]) -> Callable[[object], Term]:
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


def known_fields(model: object, location: Sequence[str | int]) -> tuple[str, ...]:
    """Return the names of the fields beside one that is not known; () where there are none.

    Parameters
    ----------
    model
        What the whole body is read as.
    location
        Of the field, as the framework tells it: ("body", "filters", "kind").
    """
    for part in location[1:-1]:
        fields = model.model_fields if _is_asked(model) else {}
        model = fields[part].annotation if isinstance(part, str) and part in fields else None
    return tuple(model.model_fields) if _is_asked(model) else ()


def _is_asked(model: object) -> TypeGuard[type[Asked]]:
    return isinstance(model, type) and issubclass(model, Asked)


class TermAnswer(BaseModel):
    """A code with its German label."""

    code: str
    label: str

    @classmethod
    def of(cls, term: Term) -> TermAnswer:
        """Return code and label of a term."""
        return TermAnswer(code=term.value, label=term.label)


class BodyAnswer(BaseModel):
    """A body in short."""

    ags: str
    name: str
    kind: Annotated[str, Field(json_schema_extra=codes(Kind))]
    legal_status: Annotated[str, Field(json_schema_extra=codes(LegalStatus))]
    district: str | None
    population: Annotated[int, Field(ge=0)]
    longitude: float
    latitude: float

    @classmethod
    def of(cls, body: Body) -> BodyAnswer:
        """Return what is shown of a body wherever it is named."""
        return BodyAnswer(
            ags=body.key,
            name=body.name,
            kind=body.kind.value,
            legal_status=body.legal_status.value,
            district=body.district_name,
            population=body.population,
            longitude=body.longitude,
            latitude=body.latitude,
        )


class ModelAnswer(BaseModel):
    """Versions of what ranked."""

    version: str
    text_model: str | None


class ListAnswer(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    total: Annotated[int, Field(ge=0)]
