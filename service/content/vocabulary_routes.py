"""GET /v1/task-areas and /v1/legal-forms."""

from __future__ import annotations

from fastapi import APIRouter

from data import LegalForm, TaskArea
from service.web.schemas import ListAnswer, TermAnswer

router = APIRouter(prefix="/v1", tags=["vocabulary"])


@router.get("/task-areas", summary="Aufgabenbereiche")
def list_task_areas() -> ListAnswer[TermAnswer]:
    """Return all task areas."""
    return ListAnswer(items=[TermAnswer.of(term) for term in TaskArea], total=len(TaskArea))


@router.get("/legal-forms", summary="Rechtsformen")
def list_legal_forms() -> ListAnswer[TermAnswer]:
    """Return all legal forms."""
    return ListAnswer(items=[TermAnswer.of(term) for term in LegalForm], total=len(LegalForm))
