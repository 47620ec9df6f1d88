"""GET /v1/task-areas and /v1/legal-forms."""

from __future__ import annotations

from fastapi import APIRouter

from data import LegalForm, TaskArea
from service import answers, schemas

router = APIRouter(prefix="/v1", tags=["vocabulary"])


@router.get("/task-areas", summary="Aufgabenbereiche")
def list_task_areas() -> schemas.ListAnswer[schemas.TermAnswer]:
    """Return all task areas."""
    return schemas.ListAnswer(items=[answers.term(t) for t in TaskArea], total=len(TaskArea))


@router.get("/legal-forms", summary="Rechtsformen")
def list_legal_forms() -> schemas.ListAnswer[schemas.TermAnswer]:
    """Return all legal forms."""
    return schemas.ListAnswer(items=[answers.term(t) for t in LegalForm], total=len(LegalForm))
