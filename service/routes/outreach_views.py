"""The office's views over the whole Land: white spots and shared service centres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from data import Cooperation, TaskArea
from data.land import AUDIT
from matcher.german import percent
from matcher.outreach import ServiceCentre
from service.outreach import view_exports
from service.outreach.lines import Lines
from service.outreach.view_exports import FORMATS, File, ViewFormat, reported_text, verdict_text
from service.partner_map import PartnerMap, draw
from service.problems import ProblemError
from service.routes.outreach_pages import render, waiting
from service.staff.access import PageStaff
from service.state import Current, State

router = APIRouter(prefix="/impulse", include_in_schema=False)
_GAPS, _CENTRES = "/impulse/luecken", "/impulse/dienstleister"
_A_PAGE = 20
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
    lines = state.outreach.ready
    if lines is None:
        return waiting(request, state)
    table = lines.coverage
    if format_:
        day = state.memory.now().date()
        return _attached(view_exports.gaps_file(table, _known(format_), state.matcher, day))
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
                "reported": reported_text(table.readings[row]) or "–",
                "verdict": verdict_text(table.readings[row]),
            }
            for row, area in enumerate(table.areas)
        ],
        "participations": table.participations_by_district.tolist(),
        "counted": _counted(),
        "formats": FORMATS,
        "address": f"{_GAPS}?",
    }
    return render(request, "gaps.html", context)


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
    lines = state.outreach.ready
    if lines is None:
        return waiting(request, state)
    area = _area(task_area)
    found = [centre for centre in lines.centres if area in (None, centre.task_area)]
    if format_:
        day = state.memory.now().date()
        made = view_exports.centres_file(found, _known(format_), state.matcher, day, area)
        return _attached(made)
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
        "address": f"{_CENTRES}?{filtered}",
        "formats": FORMATS,
    }
    return render(request, "centres.html", context)


def _known(wanted: str) -> ViewFormat:
    """Return the format of a file.

    Raises
    ------
    ProblemError
        422: it is not known.
    """
    asked = wanted.strip().lower()
    for name in FORMATS:
        if name == asked:
            return name
    sentence = f"Dieses Format gibt es nicht. Zulässig sind: {', '.join(FORMATS)}."
    raise ProblemError.of_fields([("/format", sentence)])


def _attached(made: File) -> Response:
    content, media_type, name = made
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _page(text: str, last: int) -> int:
    """Return the page that is asked for; the nearest where there is none such."""
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(asked, 1), last)


def _area(text: str) -> TaskArea | None:
    """Return the named task area; None, and so the usual view, where there is none such."""
    try:
        return TaskArea.parse(text[:200])
    except ValueError:
        return None


def _areas(lines: Lines, chosen: TaskArea | None) -> list[TaskArea]:
    """Return the areas with providers, and the one that an address asks for."""
    shown = {centre.task_area for centre in lines.centres} | {chosen}
    return [area for area in TaskArea if area in shown]


def _centres(state: State, shown: Sequence[ServiceCentre], first: int) -> list[dict[str, Any]]:
    names = state.matcher.dataset.bodies["name"]
    known = {cooperation.id: cooperation for cooperation in state.matcher.dataset.cooperations}
    return [
        {
            "number": number,
            "area": centre.task_area.label,
            "provider": (centre.provider, centre.name),
            "served": [(key, str(names[key])) for key in centre.served],
            "cooperations": _titles(centre, known),
            "candidates": centre.candidates,
        }
        for number, centre in enumerate(shown, start=first)
    ]


def _titles(centre: ServiceCentre, known: dict[str, Cooperation]) -> list[tuple[str, str]]:
    return [(key, known[key].title) for key in centre.cooperations]


def _map(state: State, shown: Sequence[ServiceCentre], before: int) -> PartnerMap | None:
    """Draw the providers of a page, numbered as in its list; `before` are on earlier pages."""
    providers = [(centre.provider, centre.name) for centre in shown]
    return draw(state.statemap, None, providers, [key for key, _ in providers], before + 1)


def _cell(share: float) -> dict[str, Any]:
    """Return a share with the step of its shade, 0 … 5; the number stands in the cell too."""
    step = sum(share >= least for least in _STEPS)
    return {"text": percent(float(share)), "step": step}


def _counted() -> dict[str, int]:
    """Return what gpaNRW counted in a Kreis: least, median and most activities."""
    counts = sorted(entry.activities for entry in AUDIT.activities if entry.section == _BY_DISTRICT)
    return {"least": counts[0], "median": counts[len(counts) // 2], "most": counts[-1]}
