"""The pages about known cooperations: the list at `/kooperationen`, and one page each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from data import Cooperation, LegalForm, TaskArea
from matcher import Matcher
from matcher.result import SimilarCooperation
from service.content.cooperation_search import Found, cooperation_of, find_cooperations, not_known
from service.content.schemas import CooperationAnswer
from service.maps.partner_map import PartnerMap, draw
from service.problems import ProblemError
from service.web import error_pages
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter(prefix="/kooperationen", include_in_schema=False)
_PAGE = 20
_SIMILAR = 5
_MOST_HITS = 100  # by meaning, every cooperation is a hit: the far ones help nobody
_LONGEST_QUERY, _LONGEST_FILTER = 1_000, 200
# What the grades of data/SOURCES.md mean for a reader.
_EVIDENCE = {
    "A": "gut: Die Beteiligten sind auf der Quellseite einzeln genannt.",
    "B": "mittel: Die Quelle nennt Beteiligte gesammelt, zum Beispiel „alle Städte des Kreises“.",
    "C": "schwach: Die Quelle sagt nur wenig; einzelne Angaben können unvollständig sein.",
}


@router.get("", response_class=HTMLResponse)
def show_cooperations(
    request: Request,
    state: Current,
    q: str = "",
    task_area: str = "",
    body: str = "",
    legal_form: str = "",
    page: str = "1",
) -> HTMLResponse:
    """Search known cooperations; each filter is one field of the form."""
    typed = {
        "q": q[:_LONGEST_QUERY],
        "task_area": task_area[:_LONGEST_FILTER],
        "body": body[:_LONGEST_FILTER],
        "legal_form": legal_form[:_LONGEST_FILTER],
    }
    found: Found = []
    errors: dict[str, str] = {}
    try:
        found = find_cooperations(
            state.matcher,
            typed["q"],
            typed["task_area"] or None,
            typed["body"].strip() or None,
            typed["legal_form"] or None,
        )
    except ProblemError as problem:
        errors = {pointer.removeprefix("/"): detail for pointer, detail in problem.errors}
    if typed["q"].strip():
        found = found[:_MOST_HITS]
    last = max(1, -(-len(found) // _PAGE))
    number = min(max(_whole(page), 1), last)
    shown = found[(number - 1) * _PAGE : number * _PAGE]
    context = {
        "typed": typed,
        "errors": errors,
        "items": [CooperationAnswer.of(known, state.directory) for known, _ in shown],
        "total": len(found),
        "page": number,
        "last": last,
        "first_shown": (number - 1) * _PAGE + 1,
        "filtered": any(value.strip() for value in typed.values()),
        "address": _address(typed),
        "task_areas": list(TaskArea),
        "legal_forms": list(LegalForm),
    }
    return TEMPLATES.TemplateResponse(
        request, "content/cooperations.html", context, status_code=422 if errors else 200
    )


@router.get("/{identifier}", response_class=HTMLResponse)
def show_cooperation(request: Request, identifier: str, state: Current) -> Response:
    """Show one cooperation, its participants on the map, and what resembles it."""
    known = cooperation_of(state.matcher, identifier)
    if known is None:
        links = [("/kooperationen", "Bekannte Kooperationen durchsuchen")]
        return error_pages.respond(request, not_known(identifier), links)
    cooperation = CooperationAnswer.of(known, state.directory)
    lead = next((p.label for p in cooperation.participants if p.code == known.lead), None)
    context = {
        "cooperation": cooperation,
        "lead": lead,
        "evidence": _EVIDENCE[known.evidence_grade],
        "status": known.status,
        "map": _map(state, known, [(p.code, p.label) for p in cooperation.participants]),
        "similar": _similar(state.matcher, known),
    }
    return TEMPLATES.TemplateResponse(request, "content/cooperation.html", context)


def _map(
    state: State, known: Cooperation, participants: Sequence[tuple[str, str]]
) -> PartnerMap | None:
    """Draw the participants, numbered as listed; the lead, where there is one, as the square."""
    others = [(key, name) for key, name in participants if key != known.lead]
    centre = known.lead if known.lead in known.participants else None
    return draw(state.land_map, centre, others, [key for key, _ in others])


def _similar(matcher: Matcher, known: Cooperation) -> list[SimilarCooperation]:
    # One more than shown, as the nearest is mostly the cooperation itself.
    found = matcher.similar(known.description, _SIMILAR + 1)
    return [entry for entry in found if entry.cooperation != known.id][:_SIMILAR]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _address(typed: dict[str, Any]) -> str:
    """Return the address of this list without its page, ready for `page=`."""
    kept = {name: value for name, value in typed.items() if value}
    return f"/kooperationen?{urlencode(kept)}{'&' if kept else ''}"
