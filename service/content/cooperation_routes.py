"""GET /v1/cooperations: known cooperations by text, task area, body and legal form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from service.content.cooperation_search import cooperation_of, find_cooperations, not_known
from service.content.schemas import CooperationAnswer
from service.web.schemas import ListAnswer
from service.web.state import Current

router = APIRouter(prefix="/v1/cooperations", tags=["cooperations"])


@router.get("", summary="Bekannte Kooperationen suchen")
def list_cooperations(
    state: Current,
    q: Annotated[str, Query(max_length=1_000)] = "",
    task_area: str | None = None,
    body: str | None = None,
    legal_form: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ListAnswer[CooperationAnswer]:
    """Filter and search; with `q` those that contain its words come first, then by meaning."""
    found = find_cooperations(state.matcher, q, task_area, body, legal_form)
    items = [
        CooperationAnswer.of(known, state.directory, similarity)
        for known, similarity in found[offset : offset + limit]
    ]
    return ListAnswer(items=items, total=len(found))


@router.get("/{identifier}", summary="Eine bekannte Kooperation")
def get_cooperation(identifier: str, state: Current) -> CooperationAnswer:
    """Return one cooperation by its id."""
    known = cooperation_of(state.matcher, identifier)
    if known is None:
        raise not_known(identifier)
    return CooperationAnswer.of(known, state.directory)
