"""The pages about bodies: the list at `/kommunen`, and one profile each."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from data import Cooperation, Kind, LegalStatus
from matcher import Matcher
from service import answers, error_pages
from service.figures import compiled_on, figures
from service.partner_map import draw
from service.places import find_key
from service.problems import ProblemError
from service.state import Current, State
from service.templating import TEMPLATES

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
        context["hits"] = [answers.body(state.matcher, hit.key) for hit in hits]
    else:
        context |= {"regions": _by_region(state.matcher), "associations": _associations(state)}
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
    body = answers.profile(matcher, key)
    known = matcher.cooperations_of(key)
    partners = _partners(matcher, key, known)
    named = [(partner, name) for partner, name, _ in partners]
    often = {partner for partner, _, shared in partners if shared > 1}
    row = matcher.dataset.bodies.loc[key]
    return {
        "body": body,
        "status": _STATUS,
        "figures": figures(matcher, body),
        "compiled_on": compiled_on(matcher),
        "district_ags": row["district_ags"] if body.district else None,
        "landscape": matcher.dataset.bodies["name"].get(body.landscape_association),
        "members": _members(matcher, key) if body.kind == Kind.DISTRICT else [],
        "cooperations": sorted(body.cooperations, key=lambda c: (-(c.start_year or 0), c.title)),
        "partners": partners,
        "first": _FIRST_PARTNERS,
        "map": draw(state.statemap, key, named, often) if partners else None,
        "search": f"/?body={quote(body.name)}",
    }


def _partners(
    matcher: Matcher, key: str, known: tuple[Cooperation, ...]
) -> list[tuple[str, str, int]]:
    """Return (key, name, shared cooperations) of all known partners, the closest first."""
    names = matcher.dataset.bodies["name"]
    shared = Counter(p for cooperation in known for p in cooperation.participants if p != key)
    found = [(partner, str(names[partner]), times) for partner, times in shared.items()]
    return sorted(found, key=lambda partner: (-partner[2], partner[1]))


def _members(matcher: Matcher, key: str) -> list[tuple[str, str]]:
    bodies = matcher.dataset.bodies
    inside = bodies[bodies["district_ags"] == key].sort_values("name")
    return [(str(ags), str(name)) for ags, name in inside["name"].items()]


def _associations(state: State) -> list[tuple[str, str]]:
    bodies = state.matcher.dataset.bodies
    names = bodies.loc[bodies["kind"] == Kind.ASSOCIATION.value, "name"]
    return [(str(key), str(name)) for key, name in names.items()]


def _by_region(matcher: Matcher) -> list[dict[str, Any]]:
    """Return the five Regierungsbezirke, each with its kreisfreie Städte and its Kreise."""
    bodies = matcher.dataset.bodies
    districts = bodies[bodies["kind"] == Kind.DISTRICT.value]
    independent = bodies[bodies["legal_status"] == LegalStatus.INDEPENDENT.value]
    regions = []
    for region in sorted(districts["government_region"].unique()):
        cities = independent[independent["government_region"] == region].sort_values("name")
        inside = districts[districts["government_region"] == region].sort_values("name")
        regions.append(
            {
                "name": str(region),
                "cities": [(str(key), str(name)) for key, name in cities["name"].items()],
                "districts": [
                    (str(key), str(name), _members(matcher, str(key)))
                    for key, name in inside["name"].items()
                ],
            }
        )
    return regions
