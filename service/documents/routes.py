"""POST /unterlagen: drafts for the search in the form as Word files; no JavaScript needed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from data.legal_steps import LegalSteps
from service.documents.drafts import Draft, draft_file, offered
from service.documents.plan import cooperation_plan
from service.matching.background import Background
from service.matching.files import PRIVATE
from service.matching.form import SearchForm, errors_by_field
from service.matching.partner_search import find_partners
from service.problems import ProblemError
from service.web.admission import Work, is_work
from service.web.attachments import attached
from service.web.state import Current

router = APIRouter(include_in_schema=False)
_NOBODY = (
    "Zu diesem Vorhaben gibt es noch keinen Gruppenvorschlag. Bitte beschreiben Sie die gemeinsame "
    "Aufgabe genauer, oder nehmen Sie eine Angabe heraus."
)
_NOTHING_TO_AGREE = (
    "Für diese Aufgabe ist der Kreis zuständig. Eine Vereinbarung gibt es erst nach dem Gespräch "
    "mit ihm. Bitte wählen Sie Anschreiben oder Beschlussvorlage."
)


async def read_fields(request: Request) -> tuple[SearchForm, str]:
    """Return the search and which draft is wanted, as they were sent."""
    form = await request.form()
    return SearchForm.read(form), str(form.get("document", ""))


@router.post("/unterlagen")
@is_work(Work.RANKING)
def download_draft(
    state: Current, fields: Annotated[tuple[SearchForm, str], Depends(read_fields)]
) -> Response:
    """Search as the page does and return the draft as an attachment."""
    typed, wanted = fields
    try:
        draft = Draft.parse(wanted)
    except ValueError as error:
        raise ProblemError.of_fields([("/document", str(error))]) from None
    try:
        result = find_partners(typed.asked(state.names), state.matcher)
    except ProblemError as problem:
        found = [(f"/{name}", told) for name, told in errors_by_field(problem).items()]
        raise ProblemError.of_fields(found) if found else problem from None
    known = Background.of(result, state.matcher)
    plan = cooperation_plan(known, typed.text, state[LegalSteps], state.now().date())
    if plan is None:
        raise ProblemError(422, result.understood.hint or _NOBODY)
    if draft not in offered(plan):
        raise ProblemError.of_fields([("/document", _NOTHING_TO_AGREE)])
    return attached(draft_file(draft, plan), PRIVATE)
