"""Lists of opportunities as attachments: table, map or dossier, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from fastapi import Response

from service.outreach import list_files
from service.outreach.background import OutreachStore
from service.outreach.history import Record
from service.outreach.list_files import ListFormat
from service.outreach.opportunity_list import Line, OpportunityList
from service.outreach.selection import Selection
from service.problems import ProblemError
from service.web.attachments import attached
from service.web.state import State

_DOSSIER = "pdf"
FORMATS: tuple[str, ...] = (*get_args(ListFormat), _DOSSIER)
_A_DOSSIER, _A_FILE = 20, 500


def as_file(
    found: Sequence[tuple[int, Line]],
    wanted: str,
    lines: OpportunityList,
    record: Record,
    state: State,
    heading: str | None = None,
) -> Response:
    """Return lines as an attachment; a dossier has the first 20 of them.

    Raises
    ------
    ProblemError
        422: the format is not known, or a dossier of nothing is asked for.
    """
    fmt = wanted.strip().lower()
    if fmt not in FORMATS:
        sentence = f"Dieses Format gibt es nicht. Zulässig sind: json, {', '.join(FORMATS)}."
        raise ProblemError.of_fields([("/format", sentence)])
    if fmt == _DOSSIER and not found:
        raise ProblemError.of_fields([("/format", "Ohne Anregung gibt es kein Dossier.")])
    kept = found[:_A_DOSSIER] if fmt == _DOSSIER else found[:_A_FILE]
    statuses = {line.id: record.status(line.id).label for _, line in kept}
    opportunities = [lines.describe(line, rank) for rank, line in kept]
    day = record.now.date()
    if fmt == _DOSSIER:
        made = state[OutreachStore].press.as_pdf(opportunities, heading, statuses, day)
    else:
        known: ListFormat = next(name for name in get_args(ListFormat) if name == fmt)
        made = list_files.as_file(opportunities, known, state.matcher, statuses, day=day)
    return attached(made)


def heading(asked: Selection, state: State) -> str | None:
    """Return what a list is about, for the front page of a dossier; None for the whole Land."""
    filters = asked.filters
    parts = [area.label for area in filters.task_areas]
    parts += [f"Regierungsbezirk {name}" for name in filters.government_regions]
    parts += state.directory.names_of(filters.districts)
    return ", ".join(parts) or None
