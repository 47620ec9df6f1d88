"""POST /v1/matches: rank partners for a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from matcher import Filters, MatchRequest, MatchResult, RequestError
from service import answers, schemas
from service.exports import MEDIA_TYPES, FileFormat, export
from service.places import find_district, find_key
from service.problems import ProblemError
from service.state import Current, State

router = APIRouter(prefix="/v1", tags=["matches"])
Found = tuple[str | None, str]
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for kind in MEDIA_TYPES.values()
        }
    }
}


@router.post(
    "/matches",
    summary="Partner für ein Vorhaben vorschlagen",
    response_model=schemas.MatchesAnswer,
    responses=_FILES,
)
def post_matches(
    asked: schemas.MatchAsked,
    request: Request,
    state: Current,
    file_format: Annotated[
        Literal["json", FileFormat],
        Query(alias="format", description="json, oder eine Datei: xlsx, csv, geojson"),
    ] = "json",
) -> schemas.MatchesAnswer | Response:
    """Rank all bodies for a request; reasons add up to each score."""
    result = run(asked, state)
    answer = answers.matches(result, request.state.request_id)
    return answer if file_format == "json" else as_file(answer, result.body, file_format, state)


def as_file(
    answer: schemas.MatchesAnswer, key: str, file_format: FileFormat, state: State
) -> Response:
    """Return an answer to the body `key` as an attachment."""
    day = date.today()
    searcher = str(state.matcher.dataset.bodies["name"][key])
    name = f"partnersuche-{key}-{day.isoformat()}.{file_format}"
    return Response(
        export(answer, file_format, searcher, day),
        media_type=MEDIA_TYPES[file_format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            # Who searches for what is nobody's to keep.
            "Cache-Control": "no-store",
        },
    )


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
