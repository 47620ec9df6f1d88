"""POST /v1/matches: rank partners for a request."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request

from matcher import Filters, MatchRequest, MatchResult, RequestError
from service import answers, schemas
from service.places import find_district, find_key
from service.problems import ProblemError
from service.state import Current, State

router = APIRouter(prefix="/v1", tags=["matches"])
Found = tuple[str | None, str]


@router.post("/matches", summary="Partner für ein Vorhaben vorschlagen")
def post_matches(
    asked: schemas.MatchAsked, request: Request, state: Current
) -> schemas.MatchesAnswer:
    """Rank all bodies for a request; reasons add up to each score."""
    return answers.matches(run(asked, state), request.state.request_id)


def run(asked: schemas.MatchAsked, state: State) -> MatchResult:
    """Resolve keys and ask the matcher; every error becomes a problem that names its field."""
    errors: list[tuple[str, str]] = []

    def key(text: str, pointer: str, find: Callable[..., Found] = find_key) -> str:
        found, sentence = find(state.names, text)
        if found is None:
            errors.append((pointer, sentence))
        return found or ""

    wanted = asked.filters
    filters = Filters(
        kinds=tuple(wanted.kinds),
        legal_status=tuple(wanted.legal_status),
        districts=tuple(
            key(t, f"/filters/districts/{i}", find_district) for i, t in enumerate(wanted.districts)
        ),
        government_regions=tuple(wanted.government_regions),
        max_distance_km=wanted.max_distance_km,
        exclude=tuple(key(t, f"/filters/exclude/{i}") for i, t in enumerate(wanted.exclude)),
    )
    match_request = MatchRequest(
        body=key(asked.body, "/body"),
        title=asked.title,
        description=asked.description,
        task_area=asked.task_area,
        legal_form=asked.legal_form,
        partners=tuple(key(t, f"/partners/{i}") for i, t in enumerate(asked.partners)),
        filters=filters,
        limit=asked.limit,
    )
    if errors:
        raise ProblemError.of_fields(errors)
    try:
        return state.matcher.match(match_request)
    except RequestError as error:
        raise ProblemError.of_fields([(error.field, error.message)]) from None
