"""The pages about bodies: the list at `/kommunen`, and one profile each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from data import Cooperation, LegalStatus, Status
from matcher import Body, Directory
from service.content.confirmations import Confirmations
from service.content.indicators import compiled_on, indicators
from service.content.joinable import joinable_by
from service.content.peer_words import peer_sentence
from service.content.schemas import CooperationAnswer, ProfileAnswer
from service.maps.partner_map import draw
from service.matching.open_searches import FittingSearch, OpenSearches
from service.problems import ProblemError
from service.web import error_pages
from service.web.named_bodies import find_key
from service.web.schemas import BodyAnswer
from service.web.state import Current, State
from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)
_MOST_HITS = 50
_LONGEST_QUERY = 200
_FIRST_PARTNERS = 20  # as many as carry a number on the map
_STATUS = {status.value: status.label for status in LegalStatus}


@router.get("/kommunen", response_class=HTMLResponse)
def show_bodies(request: Request, state: Current, q: str = "") -> HTMLResponse:
    """List all bodies by Kreis; with `q` those whose name is like it."""
    q = q[:_LONGEST_QUERY]
    context: dict[str, Any] = {"q": q, "status": _STATUS, "total": len(state.matcher.directory)}
    if q.strip():
        hits = state.names.search(q, _MOST_HITS)
        context["hits"] = [BodyAnswer.of(state.directory[hit.key]) for hit in hits]
    else:
        context |= {
            "regions": _by_region(state.directory),
            "associations": _pairs(state.directory.associations),
        }
    return TEMPLATES.TemplateResponse(request, "content/bodies.html", context)


@router.get("/kommunen/{ags:path}", response_class=HTMLResponse)
def show_body(request: Request, ags: str, state: Current) -> Response:
    """Show one body; other spellings lead to the address with its key."""
    if not ags:
        return RedirectResponse("/kommunen", 308)
    key, sentence = find_key(state.names, ags)
    if key is None:
        meant = state.names.resolve(ags).suggestions
        links = [(f"/kommunen/{hit.key}", hit.name) for hit in meant]
        return error_pages.respond(request, ProblemError(404, sentence), links)
    if key != ags:
        return RedirectResponse(f"/kommunen/{key}", 308)
    return TEMPLATES.TemplateResponse(request, "content/body.html", _profile(state, key))


def _profile(state: State, key: str) -> dict[str, Any]:
    matcher = state.matcher
    directory, record = state.directory, state.directory[key]
    body = ProfileAnswer.of_body(record, matcher)
    known = matcher.cooperations_of(key)
    partners = _partners(directory, key, known)
    named = [(partner, name) for partner, name, _ in partners]
    often = {partner for partner, _, shared in partners if shared > 1}
    return {
        "body": body,
        "status": _STATUS,
        "figures": indicators(matcher, body),
        "compiled_on": compiled_on(matcher),
        "district_ags": record.district,
        "landscape": directory.name(record.landscape_association or ""),
        "members": _pairs(directory.members(key)),
        "areas": _by_area(body),
        "peer_words": {
            peer.ags: peer_sentence(matcher.knowledge.bodies, record.row, directory[peer.ags].row)
            for peer in body.peers
        },
        "joinable": joinable_by(matcher, key),
        "name": directory.name,
        "openings": _openings(state, record),
        "confirmed": state[Confirmations].last(key),
        "partners": partners,
        "first": _FIRST_PARTNERS,
        "map": draw(state.land_map, key, named, often) if partners else None,
        "search": f"/?body={quote(body.name)}",
    }


def _by_area(body: ProfileAnswer) -> list[tuple[str, list[CooperationAnswer]]]:
    """Return what a body shares by task area, the fullest first, the newest first, ended last."""
    ended = Status.ENDED.value
    known = sorted(
        body.cooperations, key=lambda c: (c.status == ended, -(c.start_year or 0), c.title)
    )
    areas: dict[str, list[CooperationAnswer]] = {}
    for cooperation in known:
        areas.setdefault(cooperation.task_area.label, []).append(cooperation)
    return sorted(areas.items(), key=lambda area: (-len(area[1]), area[0]))


def _openings(state: State, record: Body) -> list[tuple[FittingSearch, str]]:
    """Return open searches of a body and of its neighbours, its own first."""
    bodies = state.matcher.knowledge.bodies
    near = np.flatnonzero(bodies.border_km[record.row] > 0)
    keys = [record.key, *(str(bodies.keys[row]) for row in near)]
    found = sorted(state[OpenSearches].of_bodies(keys), key=lambda each: each.body != record.key)
    return [(each, state.directory.name(each.body)) for each in found]


def _partners(
    directory: Directory, key: str, known: tuple[Cooperation, ...]
) -> list[tuple[str, str, int]]:
    """Return (key, name, shared cooperations) of all known partners, the closest first."""
    shared = Counter(p for cooperation in known for p in cooperation.participants if p != key)
    found = [(partner, directory.name(partner), times) for partner, times in shared.items()]
    return sorted(found, key=lambda partner: (-partner[2], partner[1]))


def _pairs(bodies: Iterable[Body]) -> list[tuple[str, str]]:
    return [(body.key, body.name) for body in bodies]


def _by_region(directory: Directory) -> list[dict[str, Any]]:
    """Return the five Regierungsbezirke, each with its kreisfreie Städte and its Kreise."""
    return [
        {
            "name": region,
            "cities": _pairs(
                city for city in directory.independent_cities if city.government_region == region
            ),
            "districts": [
                (district.key, district.name, _pairs(directory.members(district.key)))
                for district in directory.districts
                if district.government_region == region
            ],
        }
        for region in directory.government_regions
    ]
