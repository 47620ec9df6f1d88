"""GET /v1/meta: what the answers rest on."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from service.web.schemas import ModelAnswer
from service.web.state import Current

router = APIRouter(prefix="/v1", tags=["meta"])


class ResourceAnswer(BaseModel):
    """A data file with its source, date and licence."""

    file: str
    title: str
    source: str
    date: str
    license: str


class CoverageAnswer(BaseModel):
    """How many bodies and cooperations are known."""

    bodies: int
    bodies_with_known_cooperation: int
    bodies_without_known_cooperation: int
    cooperations: int


class MetaAnswer(BaseModel):
    """Data dates, coverage and measured quality."""

    model: ModelAnswer
    degraded: bool
    data_version: str
    resources: list[ResourceAnswer]
    coverage: CoverageAnswer
    quality: dict[str, Any]


@router.get("/meta", summary="Datenstand, Abdeckung und gemessene Güte")
def get_meta(state: Current) -> MetaAnswer:
    """Return versions, sources with date and licence, coverage and measured quality."""
    matcher = state.matcher
    activity = matcher.knowledge.activity
    active = int((activity > 0).sum())
    return MetaAnswer(
        model=ModelAnswer(version=matcher.version, text_model=matcher.text_model_name),
        degraded=matcher.degraded,
        data_version=matcher.dataset.version,
        resources=[
            ResourceAnswer(
                file=resource.path,
                title=resource.title,
                source=resource.source,
                date=resource.date,
                license=resource.license,
            )
            for resource in matcher.dataset.resources
        ],
        coverage=CoverageAnswer(
            bodies=len(activity),
            bodies_with_known_cooperation=active,
            bodies_without_known_cooperation=len(activity) - active,
            cooperations=len(matcher.dataset.cooperations),
        ),
        quality=matcher.quality,
    )
