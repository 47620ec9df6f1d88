"""POST /v1/matches: rank partners for a request."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from service.matching.answers import Answers, compressed
from service.matching.chips import chips
from service.matching.files import PRIVATE, FileFormat, Question, partner_file
from service.matching.partner_search import find_partners
from service.matching.schemas import MatchAsked, MatchesAnswer
from service.web.admission import Work, is_work
from service.web.attachments import BINARY, FEATURES, MEDIA_TYPES, attached
from service.web.state import Current

router = APIRouter(prefix="/v1", tags=["matches"])
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            MEDIA_TYPES["csv"].partition(";")[0]: {"schema": {"type": "string"}},
            MEDIA_TYPES["xlsx"]: BINARY,
            MEDIA_TYPES["geojson"]: FEATURES,
        }
    }
}


@router.post(
    "/matches",
    summary="Partner für ein Vorhaben vorschlagen",
    response_model=MatchesAnswer,
    responses=_FILES,
)
@is_work(Work.RANKING)
def post_matches(
    asked: MatchAsked,
    request: Request,
    state: Current,
    file_format: Annotated[
        Literal["json", FileFormat],
        Query(alias="format", description="json, oder eine Datei: xlsx, csv, geojson"),
    ] = "json",
) -> Response:
    """Rank all bodies for a request; reasons add up to each score."""
    day = date.today()
    if file_format == "json":

        def make() -> MatchesAnswer:
            return MatchesAnswer.of(find_partners(asked, state.matcher), "", state.matcher)

        found = state[Answers].json(asked, day, request.state.request_id, make)
        return _json(found, request.headers.get("accept-encoding", ""))
    result = find_partners(asked, state.matcher)
    answer = MatchesAnswer.of(result, request.state.request_id, state.matcher)
    conditions = tuple(chip.label for chip in chips(result.understood, (), ()))
    question = Question(
        state.directory[result.body],
        f"{asked.title}\n{asked.description}".strip(),
        conditions,
        day,
    )
    return attached(partner_file(answer, file_format, question), PRIVATE)


def _json(content: bytes, accepted: str) -> Response:
    """Return an answer as it was written: the framework would check and write it once more."""
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in accepted:
        headers["Content-Encoding"], content = "gzip", compressed(content)
    return Response(content, media_type="application/json", headers=headers)
