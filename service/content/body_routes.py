"""GET /v1/bodies: name search as one types, and profiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from service.content.schemas import ProfileAnswer
from service.problems import ProblemError
from service.web.named_bodies import find_key
from service.web.schemas import FREE_TEXT, BodyAnswer, Identifier, Limit, ListAnswer, Offset
from service.web.state import Current

router = APIRouter(prefix="/v1/bodies", tags=["bodies"])
_MOST = 500


@router.get("", summary="Kommunen und Verbände nach Namen suchen")
async def list_bodies(
    state: Current,
    q: Annotated[str, Query(max_length=200, json_schema_extra=FREE_TEXT)] = "",
    limit: Limit = 8,
    offset: Offset = 0,
) -> ListAnswer[BodyAnswer]:
    """Search names (umlauts, hyphens, typing errors); without `q` all bodies in order.

    On the event loop: a millisecond of work, for which a thread would wait longer than it takes.
    """
    keys: Sequence[str] = state.directory.keys
    if q.strip():
        keys = [hit.key for hit in state.names.search(q, _MOST)]
    page = [BodyAnswer.of(state.directory[key]) for key in keys[offset : offset + limit]]
    return ListAnswer(items=page, total=len(keys))


@router.get("/{ags}", summary="Profil einer Kommune oder eines Verbands")
def get_body(ags: Identifier, state: Current) -> ProfileAnswer:
    """Return figures, peers and known cooperations of one body."""
    key, sentence = find_key(state.names, ags)
    if key is None:
        raise ProblemError(404, sentence)
    return ProfileAnswer.of_body(state.directory[key], state.matcher)
