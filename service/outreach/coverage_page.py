"""The office's view over the whole Land: white spots, where no cooperation is known."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from data.land import AUDIT
from matcher.german import percent
from service.outreach.background import OutreachStore
from service.outreach.coverage_files import gaps_file, reported_text, verdict_text
from service.outreach.history import History
from service.outreach.rendering import area_or_none, render, waiting
from service.outreach.view_files import FORMATS, known_format
from service.staff.access import PageStaff
from service.web.attachments import attached
from service.web.state import Current

router = APIRouter(prefix="/impulse", include_in_schema=False)
_STEPS = (0.0001, 0.1, 0.25, 0.5, 0.75)
_BY_DISTRICT = "1.3.2"  # section of the report
Wanted = Annotated[str, Query(alias="format", max_length=200)]


@router.get("/luecken")
def show_gaps(
    request: Request,
    state: Current,
    staff: PageStaff,
    task_area: str = "",
    format_: Wanted = "",
) -> Response:
    """Show the share of bodies with a known cooperation by task area, segment and Kreis."""
    lines = state[OutreachStore].ready
    if lines is None:
        return waiting(request, state)
    table = lines.coverage
    if format_:
        day = state[History].now().date()
        return attached(gaps_file(table, known_format(format_), state.matcher, day))
    kreise = [
        (key, state.directory.name(key).removeprefix("Kreis "), int(count))
        for key, count in zip(table.districts, table.bodies_by_district, strict=True)
    ]
    chosen = area_or_none(task_area) or table.areas[0]
    shares = table.by_district[table.areas.index(chosen)]
    steps = {key: _cell(share)["step"] for key, share in zip(table.districts, shares, strict=True)}
    context = {
        "areas": table.areas,
        "chosen": chosen,
        "map": state.land_map,
        # Kreisfreie Städte are no part of a Kreis and stay without a shade.
        "shapes": [(path, steps.get(key)) for key, path in state.land_map.shapes.items()],
        "segments": list(zip(table.segments, table.bodies_by_segment.tolist(), strict=True)),
        "districts": kreise,
        "rows": [
            {
                "area": area,
                "segments": [_cell(share) for share in table.by_segment[row]],
                "districts": [_cell(share) for share in table.by_district[row]],
                "reading": table.readings[row],
                "reported": reported_text(table.readings[row]) or "–",
                "verdict": verdict_text(table.readings[row]),
            }
            for row, area in enumerate(table.areas)
        ],
        "participations": table.participations_by_district.tolist(),
        "audit": AUDIT,
        "counted": _counted(),
        "formats": FORMATS,
        "address": "/impulse/luecken?",
    }
    return render(request, "gaps.html", context)


def _cell(share: float) -> dict[str, Any]:
    """Return a share with the step of its shade, 0 … 5; the number stands in the cell too."""
    step = sum(share >= least for least in _STEPS)
    return {"text": percent(float(share)), "step": step}


def _counted() -> dict[str, int]:
    """Return what gpaNRW counted in a Kreis: least, median and most activities."""
    counts = sorted(entry.activities for entry in AUDIT.activities if entry.section == _BY_DISTRICT)
    return {"least": counts[0], "median": counts[len(counts) // 2], "most": counts[-1]}
