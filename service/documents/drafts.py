"""Which drafts there are, and how each becomes a file."""

from __future__ import annotations

from data.terms import Term
from service.documents.plan import CooperationPlan
from service.web.attachments import File

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Draft(Term):
    """A paper one needs on the way to a cooperation."""

    LETTER = "anschreiben", "Anschreiben"
    COUNCIL_PAPER = "beschlussvorlage", "Beschlussvorlage"
    AGREEMENT = "vereinbarung", "Gliederung der Vereinbarung"


def offered(plan: CooperationPlan) -> tuple[Draft, ...]:
    """Return the drafts that a plan needs: without a legal form there is nothing to agree on."""
    return tuple(draft for draft in Draft if plan.form or draft is not Draft.AGREEMENT)


def draft_file(draft: Draft, plan: CooperationPlan) -> File:
    """Write a draft for a plan."""
    name = f"entwurf-{draft.value}-{plan.searcher.key}-{plan.day.isoformat()}.docx"
    return File(_written(draft, plan), MEDIA_TYPE, name)


def _written(draft: Draft, plan: CooperationPlan) -> bytes:
    # Imported here: what writes Word files takes a fifth of a second of every start otherwise.
    from service.documents.agreement_outline import agreement_outline
    from service.documents.council_paper import council_paper
    from service.documents.letter import letter

    writers = {
        Draft.LETTER: letter,
        Draft.COUNCIL_PAPER: council_paper,
        Draft.AGREEMENT: agreement_outline,
    }
    return writers[draft](plan)
