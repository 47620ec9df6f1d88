"""What came of the calls, for the office."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.outreach.background import OutreachStore
from service.outreach.history import History
from service.outreach.outcomes import ENOUGH, PRIOR, outcomes_of, overall_rate, rates, rule_of
from service.outreach.rendering import area_label, render, waiting
from service.staff.access import PageStaff
from service.web.state import Current

router = APIRouter(prefix="/impulse", include_in_schema=False)


@router.get("/ergebnisse")
def show_outcomes(request: Request, state: Current, staff: PageStaff) -> Response:
    """Show hit rates by matter and by rule, and why calls were refused."""
    lines = state[OutreachStore].ready
    if lines is None:
        return waiting(request, state)
    found, matters = outcomes_of(state[History].record()), state.matcher.dataset.matters
    overall = overall_rate(found)

    def named(code: str, area: str) -> str:
        return matters[code].name if code in matters else area_label(area)

    context = {
        "total": len(found),
        "overall": overall,
        "by_matter": rates(((named(o.matter, o.task_area), o) for o in found), overall),
        "by_rule": rates(((rule_of(o, lines), o) for o in found), overall),
        "refused": [
            (named(o.matter, o.task_area), state.directory.names_of(o.bodies), o.reason)
            for o in found
            if not o.hit
        ],
        "enough": ENOUGH,
        "prior": int(PRIOR),
    }
    return render(request, "outcomes.html", context)
