"""The office's view over the whole Land: who is known to provide for others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from data import TaskArea
from matcher.outreach import ServiceCentre
from service.maps.partner_map import PartnerMap, draw
from service.outreach.background import OutreachStore
from service.outreach.centre_files import centres_file
from service.outreach.history import History
from service.outreach.opportunity_list import OpportunityList
from service.outreach.rendering import area_or_none, render, waiting
from service.outreach.view_files import FORMATS, known_format
from service.staff.access import PageStaff
from service.web.attachments import attached
from service.web.state import Current, State

router = APIRouter(prefix="/impulse", include_in_schema=False)
_A_PAGE = 20
Wanted = Annotated[str, Query(alias="format", max_length=200)]


@router.get("/dienstleister")
def show_centres(
    request: Request,
    state: Current,
    staff: PageStaff,
    task_area: str = "",
    seite: str = "",
    format_: Wanted = "",
) -> Response:
    """Show who is known to provide for others, and who nearby might join."""
    lines = state[OutreachStore].ready
    if lines is None:
        return waiting(request, state)
    area = area_or_none(task_area)
    found = [centre for centre in lines.centres if area in (None, centre.task_area)]
    if format_:
        day = state[History].now().date()
        return attached(centres_file(found, known_format(format_), state.matcher, day, area))
    last = max(1, -(-len(found) // _A_PAGE))
    page = _page(seite, last)
    before = (page - 1) * _A_PAGE
    shown = found[before : before + _A_PAGE]
    filtered = f"task_area={area.value}&" if area else ""
    context = {
        "areas": _areas(lines, area),
        "chosen": area,
        "centres": _centres(state, shown, before + 1),
        "map": _map(state, shown, before) if area else None,
        "total": len(found),
        "page": page,
        "last": last,
        "address": f"/impulse/dienstleister?{filtered}",
        "formats": FORMATS,
    }
    return render(request, "centres.html", context)


def _page(text: str, last: int) -> int:
    """Return the page that is asked for; the nearest where there is none such."""
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(asked, 1), last)


def _areas(lines: OpportunityList, chosen: TaskArea | None) -> list[TaskArea]:
    """Return the areas with providers, and the one that an address asks for."""
    shown = {centre.task_area for centre in lines.centres} | {chosen}
    return [area for area in TaskArea if area in shown]


def _centres(state: State, shown: Sequence[ServiceCentre], first: int) -> list[dict[str, Any]]:
    known = {cooperation.id: cooperation for cooperation in state.matcher.dataset.cooperations}
    return [
        {
            "number": number,
            "area": centre.task_area.label,
            "provider": (centre.provider, centre.name),
            "served": [(key, state.directory.name(key)) for key in centre.served],
            "cooperations": [(key, known[key].title) for key in centre.cooperations],
            "candidates": centre.candidates,
        }
        for number, centre in enumerate(shown, start=first)
    ]


def _map(state: State, shown: Sequence[ServiceCentre], before: int) -> PartnerMap | None:
    """Draw the providers of a page, numbered as in its list; `before` are on earlier pages."""
    providers = [(centre.provider, centre.name) for centre in shown]
    return draw(state.land_map, None, providers, [key for key, _ in providers], before + 1)
