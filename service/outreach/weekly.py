"""The ten calls of this week for one Regierungsbezirk: page, PDF and the draft of a mail.

Fresh lines alone: what the office works on, and whoever rests after a call, is left out, so that
next week shows the next ten. Each body stands on one line and each matter on two at most, so that
a week does not call one town twice nor tell ten towns the same.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from matcher.outreach import Opportunity, OutreachFilters
from matcher.outreach.letter import cite
from service.outreach.background import OutreachStore
from service.outreach.downloads import as_file
from service.outreach.history import History, Record
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.outcomes import offsets, outcomes_of
from service.outreach.rendering import render, waiting
from service.outreach.status import OutreachStatus
from service.problems import ProblemError
from service.staff.access import PageStaff
from service.web.state import Current

router = APIRouter(prefix="/impulse", include_in_schema=False)
CALLS = 10
PER_MATTER = 2
CALL = ("these", "matter", "now", "against")
_PRECEDENTS = 2
_ENOUGH = 200  # lines from which ten fresh ones are taken
Asked = Annotated[str, Query(max_length=100)]


@router.get("/woche")
def show_week(
    request: Request,
    state: Current,
    staff: PageStaff,
    government_region: Asked = "",
    format_: Annotated[str, Query(alias="format", max_length=20)] = "",
) -> Response:
    """Show the ten calls of a Regierungsbezirk; the first one where none is named."""
    lines = state[OutreachStore].ready
    if lines is None:
        return waiting(request, state)
    regions = state.directory.government_regions
    region = government_region.strip() or regions[0]
    if region not in regions:
        sentence = f"Diesen Regierungsbezirk gibt es nicht. Zulässig sind: {', '.join(regions)}."
        raise ProblemError.of_fields([("/government_region", sentence)])
    record = state[History].record()
    found = calls_of_week(region, lines, record)
    if format_:
        heading = f"die zehn Anrufe dieser Woche, Regierungsbezirk {region}"
        return as_file(found, format_, lines, record, state, heading)
    calls = [lines.describe(line, rank) for rank, line in found]
    context: dict[str, Any] = {
        "region": region,
        "regions": regions,
        "calls": [
            {"o": call, "sentences": told(call), "precedents": call.examples[:_PRECEDENTS]}
            for call in calls
        ],
        "subject": f"Die zehn Anrufe dieser Woche: Regierungsbezirk {region}",
        "mail": mail_text(region, calls),
        "day": record.now.date().isoformat(),
    }
    return render(request, "week.html", context)


def calls_of_week(region: str, lines: OpportunityList, record: Record) -> list[tuple[int, Line]]:
    """Return up to ten fresh lines of a Regierungsbezirk, ranked."""
    asked = OutreachFilters(
        government_regions=(region,), max_per_body=1, max_per_matter=PER_MATTER, limit=_ENOUGH
    )
    worked_on = (events for line, events in record.histories.items() if _is_open(record, line))
    busy = {key for events in worked_on for key in events[-1].bodies}
    learned = offsets(outcomes_of(record), lines)
    fresh = [
        line
        for line in lines.select(asked, learned)
        if record.status(line.id) is OutreachStatus.NEW
        and not record.resting(line.bodies)
        and not busy & set(line.bodies)
    ]
    return list(enumerate(fresh[:CALLS], start=1))


def _is_open(record: Record, line: str) -> bool:
    return record.status(line) not in (OutreachStatus.NEW, OutreachStatus.DECLINED)


def told(call: Opportunity) -> list[str]:
    """Return the sentences for the telephone."""
    return [reason.text for reason in call.reasons if reason.code in CALL]


def mail_text(region: str, calls: list[Opportunity]) -> str:
    """Write the mail to a Regierungsbezirk: what to call about, why, with two precedents each."""
    parts = [
        "Guten Tag,",
        f"für den Regierungsbezirk {region} schlagen wir diese Woche {len(calls)} Gespräche vor. "
        "Es sind Vorschläge, kein Urteil; nicht bekannt heißt nicht, dass es keine Zusammenarbeit "
        "gibt.",
    ]
    for call in calls:
        lines = [f"{call.rank}. {call.matter_name}: {', '.join(call.names)}", *told(call)]
        lines += [f"– {cite(e)}" for e in call.examples[:_PRECEDENTS]]
        parts.append("\n".join(lines))
    parts.append(
        "Rückmeldungen tragen wir gern ein: Interesse, umgesetzt oder abgelehnt mit Grund."
    )
    return "\n\n".join(parts)
