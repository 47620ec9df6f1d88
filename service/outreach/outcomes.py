"""What came of the calls: rates by matter and by rule, shrunken, and what the list learns of them.

A call has an outcome once somebody entered one: Interesse, in Gesprächen and umgesetzt are hits,
abgelehnt is none; the rest is open. A rate of few calls is drawn to that of all (Beta prior worth
ten calls), so that one refusal moves next to nothing. The list learns from `ENOUGH` outcomes on:
the log-odds of the shrunken rate of a matter above that of all are added to its groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from msgspec import Struct

from service.outreach.history import Event, Record
from service.outreach.opportunity_list import OpportunityList
from service.outreach.status import OutreachStatus

PRIOR = 10.0
"""Calls that the rate of all stands in for, by judgement."""
ENOUGH = 30
"""Outcomes from which the list learns, by judgement."""
_HITS = (OutreachStatus.INTERESTED, OutreachStatus.TALKING, OutreachStatus.DONE)
_RULES = {
    "carries": "eine Kommune oder der Kreis erledigt es schon für andere",
    "nearby": "in der Nachbarschaft begonnen",
    "other": "weder Anbieter noch Nachbarschaft",
}


class Outcome(Struct, frozen=True):
    """One opportunity with an outcome; `reason` is the last note."""

    opportunity: str
    matter: str
    task_area: str
    bodies: tuple[str, ...]
    status: OutreachStatus
    reason: str

    @property
    def hit(self) -> bool:
        """Whether it led somewhere."""
        return self.status in _HITS


class Rate(Struct, frozen=True):
    """Calls and hits of one kind; `rate` is shrunken to that of all."""

    name: str
    calls: int
    hits: int
    done: int
    rate: float


def outcomes_of(record: Record) -> tuple[Outcome, ...]:
    """Return the opportunities that have an outcome, by their last step."""
    last = {line: events for line, events in record.histories.items() if events}
    return tuple(
        _outcome(line, events)
        for line, events in last.items()
        if events[-1].status in (*_HITS, OutreachStatus.DECLINED)
    )


def shrunken(hits: int, calls: int, overall: float) -> float:
    """Return the rate of few calls drawn to the overall one."""
    return (hits + PRIOR * overall) / (calls + PRIOR)


def overall_rate(outcomes: Sequence[Outcome]) -> float:
    """Return the rate of all outcomes, itself drawn to one half by two."""
    return (sum(outcome.hit for outcome in outcomes) + 1) / (len(outcomes) + 2)


def rates(named: Iterable[tuple[str, Outcome]], overall: float) -> list[Rate]:
    """Return the rates by name, most calls first."""
    groups: dict[str, list[Outcome]] = {}
    for name, outcome in named:
        groups.setdefault(name, []).append(outcome)
    made = []
    for name, inside in groups.items():
        hits = sum(outcome.hit for outcome in inside)
        done = sum(outcome.status is OutreachStatus.DONE for outcome in inside)
        made.append(Rate(name, len(inside), hits, done, shrunken(hits, len(inside), overall)))
    return sorted(made, key=lambda rate: (-rate.calls, rate.name))


def offsets(outcomes: Sequence[Outcome], lines: OpportunityList) -> Mapping[int, float]:
    """Return log-odds to add to the groups of a matter, by its row; nothing from few outcomes."""
    if len(outcomes) < ENOUGH:
        return {}
    overall = overall_rate(outcomes)
    by_code = {r.name: r.rate for r in rates(((o.matter, o) for o in outcomes), overall)}
    base = _logit(overall)
    return {
        row: _logit(by_code[matter.code]) - base
        for row, matter in enumerate(lines.outreach.prospects.matters)
        if matter.code in by_code
    }


def rule_of(outcome: Outcome, lines: OpportunityList) -> str:
    """Return by which rule a group was worth a call, in German."""
    prospects = lines.outreach.prospects
    codes = [matter.code for matter in prospects.matters]
    rows = prospects.knowledge.bodies.keys.get_indexer(list(outcome.bodies))
    if outcome.matter not in codes or min(rows, default=-1) < 0:
        return _RULES["other"]
    matter = codes.index(outcome.matter)
    if (prospects.covered.leads[matter, rows] > 0).any():
        return _RULES["carries"]
    nearby = prospects.signals.body[0, matter, rows] > 0
    return _RULES["nearby" if nearby.any() else "other"]


def _outcome(line: str, events: Sequence[Event]) -> Outcome:
    last = events[-1]
    note = next((event.note for event in reversed(events) if event.note), "")
    return Outcome(line, last.matter, last.task_area, last.bodies, last.status, note)


def _logit(share: float) -> float:
    return log(share / (1 - share))
