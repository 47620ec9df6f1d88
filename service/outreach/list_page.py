"""The list of opportunities at /impulse."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from data import LegalStatus
from matcher.outreach import OutreachReason
from service.outreach import selection
from service.outreach.background import OutreachStore
from service.outreach.downloads import FORMATS, as_file, heading
from service.outreach.group_map import draw_groups
from service.outreach.history import History, Record
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.rendering import LONGEST_WAY, area_label, render, waiting
from service.outreach.status import OutreachStatus
from service.problems import ProblemError
from service.staff.access import PageStaff
from service.web.state import Current, State

router = APIRouter(prefix="/impulse", include_in_schema=False)
_A_PAGE = 20
_CALL = ("these", "matter", "now", "against")
_FIELDS = (
    "task_area", "matter", "government_region", "district", "legal_status", "min_group",
    "max_group", "status", "not_contacted_since", "resting", "sort",
)  # fmt: skip


@router.get("")
def show_list(request: Request, state: Current, staff: PageStaff) -> Response:
    """Show the lines that pass the filters in the address, or that they are being computed."""
    lines = state[OutreachStore].ready
    if lines is None:
        return waiting(request, state)
    typed = {name: request.query_params.get(name, "")[:200] for name in _FIELDS}
    errors: dict[str, str] = {}
    found: list[tuple[int, Line]] = []
    title = None
    record = state[History].record()
    try:
        asked = selection.read(typed, state.directory, state.settings.outreach_lines_per_body,
                               state.matcher.dataset.matters)  # fmt: skip
        found, title = selection.select(asked, lines, record), heading(asked, state)
    except ProblemError as problem:
        errors = {pointer.removeprefix("/"): detail for pointer, detail in problem.errors}
    wanted = request.query_params.get("format", "")
    if wanted and not errors:
        return as_file(found, wanted, lines, record, state, title)
    last = max(1, -(-len(found) // _A_PAGE))
    page = min(max(_whole(request.query_params.get("seite", "")), 1), last)
    shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
    context = {
        "items": [_item(state, lines, record, rank, line) for rank, line in shown],
        "map": draw_groups(state.land_map, [(rank, line.bodies) for rank, line in shown]),
        "total": len(found),
        "page": page,
        "last": last,
        "address": _address(typed),
        "here": _parameters(typed, page),
        "typed": typed,
        "errors": errors,
        "filtered": any(typed.values()),
        "task_areas": lines.areas,
        "matters": sorted((m.code, m.name) for m in lines.matters),
        "regions": state.directory.government_regions,
        "districts": [(body.key, body.name) for body in state.directory.district_level],
        "segments": LegalStatus.of_municipalities(),
        "statuses": tuple(OutreachStatus),
        "sorts": selection.SORTS,
        "formats": FORMATS,
        "gone": gone_lines(state, lines, record) if page == last and not errors else [],
        "rest_days": state.settings.outreach_rest_days,
    }
    return render(request, "list.html", context, 422 if errors else 200)


def gone_lines(state: State, lines: OpportunityList, record: Record) -> list[dict[str, Any]]:
    """Return what the office worked on and what newer data or a newer model no longer list."""
    return [
        {
            "id": identifier,
            "area": area_label(events[-1].task_area),
            "names": state.directory.names_of(events[-1].bodies),
            "status": events[-1].status,
        }
        for identifier, events in record.histories.items()
        if lines.find(identifier) is None
    ]


def _item(
    state: State, lines: OpportunityList, record: Record, rank: int, line: Line
) -> dict[str, Any]:
    found = lines.describe(line, rank)
    resting = set(record.resting(line.bodies))
    return {
        "id": line.id,
        "rank": rank,
        "area": line.area.label,
        "matter": found.matter_name,
        "bodies": list(zip(line.bodies, found.names, strict=True)),
        "resting": [
            (name, record.contacts[key].rests_until.date().isoformat())
            for key, name in zip(line.bodies, found.names, strict=True)
            if key in resting
        ],
        "reasons": [_told(found.reasons, code) for code in _CALL],
        "score": found.score,
        "status": record.status(line.id),
        "note": record.note(line.id),
        "fresh": record.status(line.id) is OutreachStatus.NEW,
    }


def _told(reasons: tuple[OutreachReason, ...], code: str) -> str:
    return next((reason.text for reason in reasons if reason.code == code), "")


def _address(typed: dict[str, str]) -> str:
    """Return the address of this list without its page, ready for more parameters."""
    kept = {name: value for name, value in typed.items() if value}
    return f"/impulse?{urlencode(kept)}{'&' if kept else ''}"


def _parameters(typed: dict[str, str], page: int) -> str:
    kept = {name: value for name, value in typed.items() if value}
    text = urlencode(kept | ({"seite": str(page)} if page > 1 else {}))
    return text if len(text) <= LONGEST_WAY else ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
