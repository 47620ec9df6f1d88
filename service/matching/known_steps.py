"""What there is already: what one could do with it, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping

from data import Kind, Status
from matcher.result import ExistingCooperation
from service.matching.background import Background

_STEPS: Mapping[str, str] = {
    "member": "Erweitern",
    "joinable": "Beitreten",
    "ended": "Neu beginnen",
}

_PLANNED = "Mitplanen"
_MANY = 10  # other members; by judgement: above, the nearest one does not speak for the group


def next_step(entry: ExistingCooperation) -> str:
    """Return what the searcher could do with a known cooperation, in a word or two."""
    if entry.status == Status.PLANNED.value:
        return _PLANNED
    return _STEPS[entry.relation]


def whom_to_ask(entry: ExistingCooperation, known: Background) -> str | None:
    """Return the key of the body to ask first, None where nobody is to be asked.

    That is whoever carries the task out for the others, else the nearest member of the same kind
    as the searcher, else the nearest. Whom the text does not want is not asked; nor is anybody
    picked out of a large group that the searcher belongs to: it knows whom to call.
    """
    mine = known.searcher
    unwanted = {n.ags for n in known.result.understood.named if n.role == "excluded"}
    keys = (k for k in entry.bodies if k != mine.key and k not in unwanted)
    others = [known.directory[k] for k in keys if k in known.directory]
    if not others:
        return None
    record = known.records.get(entry.cooperation)
    if record is not None and record.lead in [body.key for body in others]:
        return record.lead
    if mine.key in entry.bodies and len(others) > _MANY:
        return None
    away = known.knowledge.bodies.seat_km[mine.row]
    nearest = min(
        others,
        key=lambda body: (
            body.kind is Kind.ASSOCIATION,
            body.kind is not mine.kind,
            away[body.row],
        ),
    )
    return nearest.key
