"""POST /export: the search form's result as a file, for a button that needs no JavaScript."""

from __future__ import annotations

from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response

from matcher.request import MAX_LIMIT
from service.matching.chips import chips, form_chips
from service.matching.files import PRIVATE, FileFormat, Question, partner_file
from service.matching.form import SearchForm, errors_by_field
from service.matching.partner_search import find_partners
from service.matching.schemas import MatchesAnswer
from service.problems import ProblemError
from service.web.admission import Work, is_work
from service.web.attachments import attached
from service.web.state import Current

router = APIRouter(include_in_schema=False)
_FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
_DEFAULT_LIMIT = "10"


async def read_fields(request: Request) -> tuple[SearchForm, str, str]:
    """Return the search, the format and the limit as they were sent."""
    form = await request.form()
    return (
        SearchForm.read(form),
        str(form.get("format", "")).strip().lower() or _FORMATS[0],
        str(form.get("limit", "")).strip() or _DEFAULT_LIMIT,
    )


@router.post("/export")
@is_work(Work.RANKING)
def export_search(
    request: Request,
    state: Current,
    fields: Annotated[tuple[SearchForm, str, str], Depends(read_fields)],
) -> Response:
    """Search as the page does and return the partners as an attachment."""
    typed, file_format, limit = fields
    wanted, most = _format(file_format), _limit(limit)
    try:
        asked = typed.asked(state.names).model_copy(update={"limit": most, "explain": []})
        result = find_partners(asked, state.matcher)
    except ProblemError as problem:
        raise _of_form(problem) from None
    answer = MatchesAnswer.of(result, request.state.request_id, state.matcher)
    made = (*chips(result.understood, (), ()), *form_chips(typed, state.directory.name))
    question = Question(
        state.directory[result.body],
        typed.text.strip(),
        tuple(chip.label for chip in made),
        date.today(),
    )
    return attached(partner_file(answer, wanted, question, noted=True), PRIVATE)


def _of_form(problem: ProblemError) -> ProblemError:
    """Return the problem with the names of the form's fields in place of JSON pointers."""
    if not problem.errors:
        return problem
    found = [(f"/{name}", sentence) for name, sentence in errors_by_field(problem).items()]
    return ProblemError.of_fields(found)


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MAX_LIMIT:
        sentence = f"Bitte eine Zahl von Vorschlägen zwischen 1 und {MAX_LIMIT} angeben."
        raise ProblemError.of_fields([("/limit", sentence)])
    return int(text)


def _format(text: str) -> FileFormat:
    for known in _FORMATS:
        if known == text:
            return known
    raise ProblemError.of_fields([("/format", f"Zulässig sind: {', '.join(_FORMATS)}.")])
