"""The pages about known cooperations: the list at `/kooperationen`, and one page each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from data import Cooperation, LegalForm, Status, TaskArea
from matcher import Matcher
from matcher.result import SimilarCooperation
from service.content.confirmations import Confirmations
from service.content.cooperation_search import (
    Found,
    Wanted,
    cooperation_of,
    find_cooperations,
    not_known,
)
from service.content.schemas import CooperationAnswer
from service.maps.partner_map import PartnerMap, draw
from service.problems import ProblemError
from service.web import error_pages
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter(prefix="/kooperationen", include_in_schema=False)
_PAGE = 20
_SIMILAR = 5
_LONGEST_QUERY, _LONGEST_FILTER = 1_000, 200
_YEAR = re.compile(r"(?:1[89]|20)\d\d", re.ASCII)
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
    status: str = "",
    since: str = "",
    until: str = "",
    page: str = "1",
) -> HTMLResponse:
    """Search known cooperations; each filter is one field of the form."""
    typed = {
        "q": q[:_LONGEST_QUERY],
        "task_area": task_area[:_LONGEST_FILTER],
        "body": body[:_LONGEST_FILTER],
        "legal_form": legal_form[:_LONGEST_FILTER],
        "status": status[:_LONGEST_FILTER],
        "since": since[:_LONGEST_FILTER],
        "until": until[:_LONGEST_FILTER],
    }
    found, errors = _found(state.matcher, typed)
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
        "filters": sum(bool(value.strip()) for name, value in typed.items() if name != "q"),
        "filtered": any(value.strip() for value in typed.values()),
        "address": _address(typed),
        "task_areas": list(TaskArea),
        "statuses": list(Status),
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
        "since": since_year,
        "confirmed": state[Confirmations].last(known.id),
    }
    return TEMPLATES.TemplateResponse(request, "content/cooperation.html", context)


def since_year(status: str, year: int | None) -> str:
    """Return state and begin in a few words: "seit 2015", "beendet, begann 2004", "geplant"."""
    words = {Status.PLANNED.value: "ab", Status.ENDED.value: "begann"}
    begin = f"{words.get(status, 'seit')} {year}" if year else ""
    return ", ".join(part for part in (status if status in words else "", begin) if part)


def _found(matcher: Matcher, typed: dict[str, str]) -> tuple[Found, dict[str, str]]:
    """Return what fits the form, and what is wrong with it by field."""
    errors = {
        name: f"„{typed[name][:20]}“ ist kein Jahr. Bitte vier Ziffern angeben, etwa 2015."
        for name in ("since", "until")
        if typed[name].strip() and not _YEAR.fullmatch(typed[name].strip())
    }
    wanted = Wanted(
        typed["q"],
        typed["task_area"] or None,
        typed["body"].strip() or None,
        typed["legal_form"] or None,
        typed["status"] or None,
        None if "since" in errors else int(typed["since"].strip() or 0) or None,
        None if "until" in errors else int(typed["until"].strip() or 0) or None,
    )
    try:
        found = find_cooperations(matcher, wanted)
    except ProblemError as problem:
        errors |= {pointer.removeprefix("/"): detail for pointer, detail in problem.errors}
    return ([], errors) if errors else (found, {})


def _map(
    state: State, known: Cooperation, participants: Sequence[tuple[str, str]]
) -> PartnerMap | None:
    """Draw the participants, numbered as listed; the lead, where there is one, as the square."""
    others = [(key, name) for key, name in participants if key != known.lead]
    centre = known.lead if known.lead in known.participants else None
    return draw(state.land_map, centre, others, [key for key, _ in others])


def _similar(matcher: Matcher, known: Cooperation) -> list[SimilarCooperation]:
    # One more than shown, as the nearest is mostly the cooperation itself.
    found = matcher.listener.similar(known.description, _SIMILAR + 1)
    return [entry for entry in found if entry.cooperation != known.id][:_SIMILAR]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _address(typed: dict[str, Any]) -> str:
    """Return the address of this list without its page, ready for `page=`."""
    kept = {name: value for name, value in typed.items() if value}
    return f"/kooperationen?{urlencode(kept)}{'&' if kept else ''}"
