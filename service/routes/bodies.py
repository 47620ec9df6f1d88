"""GET /v1/bodies: name search as one types, and profiles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from service import answers, schemas
from service.places import find_key
from service.problems import ProblemError
from service.state import Current

router = APIRouter(prefix="/v1/bodies", tags=["bodies"])
_MOST = 500


@router.get("", summary="Kommunen und Verbände nach Namen suchen")
def list_bodies(
    state: Current,
    q: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 8,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> schemas.ListAnswer[schemas.BodyAnswer]:
    """Search names (umlauts, hyphens, typing errors); without `q` all bodies in order."""
    if q.strip():
        keys = [hit.key for hit in state.names.search(q, _MOST)]
    else:
        keys = [str(key) for key in state.matcher.dataset.bodies.index]
    page = [answers.body(state.matcher, key) for key in keys[offset : offset + limit]]
    return schemas.ListAnswer(items=page, total=len(keys))


@router.get("/{ags}", summary="Profil einer Kommune oder eines Verbands")
def get_body(ags: str, state: Current) -> schemas.ProfileAnswer:
    """Return figures, peers and known cooperations of one body."""
    key, sentence = find_key(state.names, ags)
    if key is None:
        raise ProblemError(404, sentence)
    return answers.profile(state.matcher, key)
