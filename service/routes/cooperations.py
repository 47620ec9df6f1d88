"""GET /v1/cooperations: known cooperations by text, task area, body and legal form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from data import Cooperation, LegalForm, TaskArea
from data.names import normalize
from data.terms import Term
from matcher import Matcher
from service import answers, schemas
from service.places import find_key
from service.problems import ProblemError
from service.state import Current, State

router = APIRouter(prefix="/v1/cooperations", tags=["cooperations"])
Found = list[tuple[Cooperation, float | None]]
"""Cooperations, each with its likeness to what was asked, None where nothing was compared."""


@router.get("", summary="Bekannte Kooperationen suchen")
def list_cooperations(
    state: Current,
    q: Annotated[str, Query(max_length=1_000)] = "",
    task_area: str | None = None,
    body: str | None = None,
    legal_form: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> schemas.ListAnswer[schemas.CooperationAnswer]:
    """Filter and search; with `q` those that contain its words come first, then by meaning."""
    found = search(state, q, task_area, body, legal_form)
    page = found[offset : offset + limit]
    items = [answers.cooperation(state.matcher, c, similarity) for c, similarity in page]
    return schemas.ListAnswer(items=items, total=len(found))


@router.get("/{identifier}", summary="Eine bekannte Kooperation")
def get_cooperation(identifier: str, state: Current) -> schemas.CooperationAnswer:
    """Return one cooperation by its id."""
    for cooperation in state.matcher.dataset.cooperations:
        if cooperation.id == identifier:
            return answers.cooperation(state.matcher, cooperation)
    raise ProblemError(404, f"Die Kooperation „{identifier[:60]}“ ist nicht bekannt.")


def search(
    state: State, q: str, task_area: str | None, body: str | None, legal_form: str | None
) -> Found:
    """Return the cooperations that pass all filters, with their likeness to `q`, best first.

    Raises
    ------
    ProblemError
        422: a filter is unknown; names the field.
    """
    area = _term(TaskArea, task_area, "/task_area")
    form = _term(LegalForm, legal_form, "/legal_form")
    key = None
    if body is not None:
        key, sentence = find_key(state.names, body)
        if key is None:
            raise ProblemError.of_fields([("/body", sentence)])
    return [
        (cooperation, similarity)
        for cooperation, similarity in _ranked(state.matcher, q)
        if (area is None or cooperation.task_area == area)
        and (form is None or cooperation.legal_form == form)
        and (key is None or key in cooperation.participants)
    ]


def _ranked(matcher: Matcher, q: str) -> Found:
    known = matcher.dataset.cooperations
    if not q.strip():
        return [(cooperation, None) for cooperation in known]
    words = normalize(q)
    literal = {c.id for c in known if words in normalize(f"{c.title} {c.description}")}
    similarity = {s.cooperation: s.similarity for s in matcher.similar(q, len(known))}
    # Without a text model only the words count.
    hits = [c for c in known if c.id in literal or c.id in similarity]
    hits.sort(key=lambda c: (c.id not in literal, -similarity.get(c.id, 0.0)))
    return [(c, similarity.get(c.id)) for c in hits]


def _term(vocabulary: type[Term], text: str | None, pointer: str) -> Term | None:
    if text is None:
        return None
    try:
        return vocabulary.parse(text)
    except ValueError as error:
        raise ProblemError.of_fields([(pointer, str(error))]) from None
