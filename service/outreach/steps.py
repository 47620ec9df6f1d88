"""What the office does about an opportunity: find it again, keep a step."""

from __future__ import annotations

from collections.abc import Sequence

from service.outreach.history import History, Record
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.schemas import StepAsked
from service.outreach.status import OutreachStatus
from service.problems import ProblemError


def line_of(lines: OpportunityList, record: Record, identifier: str) -> Line:
    """Return the line with an id, from the list or from what the office worked on.

    Raises
    ------
    ProblemError
        404: neither knows it, or it can no longer be described.
    """
    line = lines.find(identifier) or remembered(lines, record, identifier)
    if line is None:
        raise ProblemError(404, "Diese Anregung gibt es nicht oder nicht mehr.")
    return line


def remembered(lines: OpportunityList, record: Record, identifier: str) -> Line | None:
    """Return a line that the office worked on, also where no list holds it any more."""
    events = record.histories.get(identifier)
    if not events:
        return None
    last = events[-1]
    return lines.restored(identifier, last.task_area, last.bodies, last.matter)


def keep_step(
    history: History,
    identifier: str,
    task_area: str,
    bodies: Sequence[str],
    asked: StepAsked,
    who: str,
    matter: str = "",
) -> None:
    """Keep what somebody did; without a new status the last one stays.

    Raises
    ------
    ProblemError
        422: neither status nor note are given.
    """
    if asked.status is None and not asked.note:
        raise ProblemError.of_fields([("", "Es ist keine Änderung angegeben.")])
    if asked.status is None:
        status = history.record().status(identifier)
    else:
        status = OutreachStatus.parse(asked.status)
    history.add(identifier, task_area, bodies, status, asked.note, who, matter)
