"""Which drafts there are, and how each becomes a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.terms import Term
from service.documents.agreement_outline import agreement_outline
from service.documents.council_paper import council_paper
from service.documents.letter import letter
from service.documents.plan import CooperationPlan
from service.documents.word_file import MEDIA_TYPE
from service.web.attachments import File


class Draft(Term):
    """A paper one needs on the way to a cooperation."""

    LETTER = "anschreiben", "Anschreiben"
    COUNCIL_PAPER = "beschlussvorlage", "Beschlussvorlage"
    AGREEMENT = "vereinbarung", "Gliederung der Vereinbarung"


_WRITERS: Mapping[Draft, Callable[[CooperationPlan], bytes]] = {
    Draft.LETTER: letter,
    Draft.COUNCIL_PAPER: council_paper,
    Draft.AGREEMENT: agreement_outline,
}


def draft_file(draft: Draft, plan: CooperationPlan) -> File:
    """Write a draft for a plan."""
    name = f"entwurf-{draft.value}-{plan.searcher.key}-{plan.day.isoformat()}.docx"
    return File(_WRITERS[draft](plan), MEDIA_TYPE, name)
