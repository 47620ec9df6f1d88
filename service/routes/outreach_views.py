"""The office's views over the whole Land: white spots and shared service centres."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from data import TaskArea
from matcher.german import percent
from matcher.outreach import AreaReading
from matcher.outreach.reported import ACTIVITIES
from service.outreach.lines import Lines
from service.routes.outreach_pages import render, waiting
from service.staff.access import PageStaff
from service.state import Current, State

router = APIRouter(prefix="/impulse", include_in_schema=False)
_STEPS = (0.0001, 0.1, 0.25, 0.5, 0.75)
_VERDICTS = {
    "data_missing": "vor allem Angaben fehlen",
    "comparable": "größtenteils erfasst",
    "unknown": "keine Vergleichszahl",
}
_BOUNDS = {"at_least": "mehr als ", "below": "weniger als ", "exact": "rund "}
_BY_DISTRICT = "1.3.2"  # section of the report
_SHOWN = 40


@router.get("/luecken")
def show_gaps(request: Request, state: Current, staff: PageStaff, task_area: str = "") -> Response:
    """Show the share of bodies with a known cooperation by task area, segment and Kreis."""
    lines = state.outreach.ready
    if lines is None:
        return waiting(request, state)
    table = lines.coverage
    names = state.matcher.dataset.bodies["name"]
    kreise = [
        (key, str(names[key]).removeprefix("Kreis "), int(count))
        for key, count in zip(table.districts, table.bodies_by_district, strict=True)
    ]
    chosen = _area(task_area) or table.areas[0]
    shares = table.by_district[table.areas.index(chosen)]
    steps = {key: _cell(share)["step"] for key, share in zip(table.districts, shares, strict=True)}
    context = {
        "areas": table.areas,
        "chosen": chosen,
        "map": state.statemap,
        # Kreisfreie Städte are no part of a Kreis and stay without a shade.
        "shapes": [(path, steps.get(key)) for key, path in state.statemap.shapes.items()],
        "segments": list(zip(table.segments, table.bodies_by_segment.tolist(), strict=True)),
        "districts": kreise,
        "rows": [
            {
                "area": area,
                "segments": [_cell(share) for share in table.by_segment[row]],
                "districts": [_cell(share) for share in table.by_district[row]],
                "reading": table.readings[row],
                "reported": _reported(table.readings[row]),
                "verdict": _verdict(table.readings[row]),
            }
            for row, area in enumerate(table.areas)
        ],
        "participations": table.participations_by_district.tolist(),
        "counted": _counted(),
    }
    return render(request, "gaps.html", context)


@router.get("/dienstleister")
def show_centres(
    request: Request, state: Current, staff: PageStaff, task_area: str = ""
) -> Response:
    """Show who is known to provide for others, and who nearby might join."""
    lines = state.outreach.ready
    if lines is None:
        return waiting(request, state)
    area = _area(task_area)
    found = [centre for centre in lines.centres if area in (None, centre.task_area)]
    context = {
        "areas": _areas(lines),
        "chosen": area.value if area else "",
        "centres": [_centre(state, number, centre) for number, centre in enumerate(found[:_SHOWN])],
        "total": len(found),
    }
    return render(request, "centres.html", context)


def _area(text: str) -> TaskArea | None:
    """Return the named task area; None, and so the usual view, where there is none such."""
    try:
        return TaskArea.parse(text[:200])
    except ValueError:
        return None


def _areas(lines: Lines) -> list[TaskArea]:
    with_centres = {centre.task_area for centre in lines.centres}
    return [area for area in TaskArea if area in with_centres]


def _centre(state: State, number: int, centre: Any) -> dict[str, Any]:
    names = state.matcher.dataset.bodies["name"]
    titles = {c.id: c.title for c in state.matcher.dataset.cooperations}
    return {
        "id": f"stelle-{number}",
        "area": centre.task_area.label,
        "provider": (centre.provider, centre.name),
        "served": [(key, str(names[key])) for key in centre.served],
        "cooperations": [(key, titles[key]) for key in centre.cooperations],
        "candidates": centre.candidates,
    }


def _cell(share: float) -> dict[str, Any]:
    """Return a share with the step of its shade, 0 … 5; the number stands in the cell too."""
    step = sum(share >= least for least in _STEPS)
    return {"text": percent(float(share)), "step": step}


def _reported(reading: AreaReading) -> str:
    if reading.reported is None:
        return "–"
    text = f"{_BOUNDS[reading.reported.bound]}{percent(reading.reported.share)}"
    segment = reading.reported.segment
    return text if segment is None else f"{text} ({segment.label})"


def _verdict(reading: AreaReading) -> str:
    if reading.verdict == "unknown" and reading.reported is not None:
        return "nur Obergrenze genannt"
    return _VERDICTS[reading.verdict]


def _counted() -> dict[str, int]:
    """Return what gpaNRW counted in a Kreis: least, median and most activities."""
    counts = sorted(entry.activities for entry in ACTIVITIES if entry.section == _BY_DISTRICT)
    return {"least": counts[0], "median": counts[len(counts) // 2], "most": counts[-1]}
