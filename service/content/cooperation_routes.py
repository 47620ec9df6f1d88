"""GET /v1/cooperations: known cooperations by text, task area, body and legal form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from data import LegalForm, Status, TaskArea
from service.content.cooperation_search import Wanted, cooperation_of, find_cooperations, not_known
from service.content.schemas import CooperationAnswer
from service.web.schemas import FREE_TEXT, Identifier, Limit, ListAnswer, Named, Offset, term_schema
from service.web.state import Current

router = APIRouter(prefix="/v1/cooperations", tags=["cooperations"])


@router.get("", summary="Bekannte Kooperationen suchen")
def list_cooperations(
    state: Current,
    q: Annotated[str, Query(max_length=1_000, json_schema_extra=FREE_TEXT)] = "",
    task_area: Annotated[str | None, Query(max_length=200), term_schema(TaskArea)] = None,
    body: Named | None = None,
    legal_form: Annotated[str | None, Query(max_length=200), term_schema(LegalForm)] = None,
    status: Annotated[str | None, Query(max_length=200), term_schema(Status)] = None,
    since: Annotated[int | None, Query(ge=1800, le=2100)] = None,
    until: Annotated[int | None, Query(ge=1800, le=2100)] = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> ListAnswer[CooperationAnswer]:
    """Filter and search; with `q` those that contain its words come first, then by meaning.

    `since` and `until` are the years between which a cooperation began.
    """
    wanted = Wanted(q, task_area, body, legal_form, status, since, until)
    found = find_cooperations(state.matcher, wanted)
    items = [
        CooperationAnswer.of(known, state.directory, similarity)
        for known, similarity in found[offset : offset + limit]
    ]
    return ListAnswer(items=items, total=len(found))


@router.get("/{identifier}", summary="Eine bekannte Kooperation")
def get_cooperation(identifier: Identifier, state: Current) -> CooperationAnswer:
    """Return one cooperation by its id."""
    known = cooperation_of(state.matcher, identifier)
    if known is None:
        raise not_known(identifier)
    return CooperationAnswer.of(known, state.directory)
