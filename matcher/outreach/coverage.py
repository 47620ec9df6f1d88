"""White spots: where cooperations are known, and whether the data or the cooperation is missing.

An empty cell says that nothing is on record. Only beside a count that did not depend on the record
can one tell whether that means that nothing is there; `read` says where there is such a count.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from data import LegalStatus, TaskArea
from data.land import AUDIT, ReportedShare
from matcher.german import number, percent
from matcher.known.bodies import Bools, Floats, Ints
from matcher.known.knowledge import Knowledge

# By judgement: below half of what gpaNRW counted it is the record that is short.
_SHORT = 0.5
_SEGMENTS = (*LegalStatus.of_municipalities(), LegalStatus.DISTRICT)  # no associations: three


class AreaReading(Struct, frozen=True):
    """One task area: what is on record beside what gpaNRW counted.

    Attributes
    ----------
    known
        Share of the bodies that gpaNRW asked (all but kreisfreie Städte and associations; those of
        one segment where `reported` is about one) with a known cooperation.
    reported
        What gpaNRW counted, None where the report gives no figure.
    planned
        Bodies that plan one, None where the report gives no figure.
    verdict
        "data_missing" where the record holds less than half of what was counted, "comparable"
        where it holds more, "unknown" where there is no count.
    text
        The same as a German sentence.
    """

    area: TaskArea
    known: float
    reported: ReportedShare | None
    planned: int | None
    verdict: str
    text: str


class Coverage(Struct, frozen=True):
    """Shares of bodies with a known cooperation.

    Attributes
    ----------
    areas
        The 31 task areas, rows of both tables.
    districts
        Keys of the Kreise, columns of `by_district`; a Kreis counts with its municipalities.
    by_district
        (31, 31) share of the bodies of each Kreis, 0 … 1.
    segments
        Standings, columns of `by_segment`.
    by_segment
        (31, 5) share of the bodies of each segment.
    bodies_by_district, bodies_by_segment
        How many bodies each share is of.
    participations_by_district
        (31,) known participations of the bodies of each Kreis, all areas; gpaNRW counted 66 to 453
        activities a Kreis, 178 in the median (`AUDIT.activities`).
    readings
        One a task area.
    """

    areas: tuple[TaskArea, ...]
    districts: tuple[str, ...]
    by_district: Floats
    segments: tuple[LegalStatus, ...]
    by_segment: Floats
    bodies_by_district: Ints
    bodies_by_segment: Ints
    participations_by_district: Ints
    readings: tuple[AreaReading, ...]


def coverage(knowledge: Knowledge) -> Coverage:
    """Return where cooperations are known, by task area, Kreis and segment."""
    bodies = knowledge.bodies
    involved = knowledge.area_activity > 0
    above = np.flatnonzero(bodies.is_district)
    own = bodies.district[:, None] == bodies.district[above][None, :]
    own &= ~bodies.is_association[:, None]
    standing = np.array([segment.row for segment in _SEGMENTS])
    of_standing = bodies.status[:, None] == standing[None, :]
    return Coverage(
        areas=tuple(TaskArea),
        districts=tuple(str(key) for key in bodies.keys[above]),
        by_district=_shares(involved, own),
        segments=_SEGMENTS,
        by_segment=_shares(involved, of_standing),
        bodies_by_district=own.sum(axis=0).astype(np.int64),
        bodies_by_segment=of_standing.sum(axis=0).astype(np.int64),
        participations_by_district=(knowledge.activity @ own).astype(np.int64),
        readings=tuple(read(knowledge, area) for area in TaskArea),
    )


def read(knowledge: Knowledge, area: TaskArea) -> AreaReading:
    """Hold what is on record in an area against what gpaNRW counted."""
    reported = next((share for share in AUDIT.shares if share.area is area), None)
    planned = next((plan.bodies for plan in AUDIT.plans if plan.area is area), None)
    status = knowledge.bodies.status
    asked = np.isin(status, [status.row for status in _asked(reported)])
    known = float((knowledge.area_activity[area.row][asked] > 0).mean())
    verdict = "unknown"
    if reported is not None and reported.bound != "below":
        verdict = "data_missing" if known < _SHORT * reported.share else "comparable"
    text = _sentence(area, known, reported, verdict)
    if planned is not None:
        text += f" {number(planned)} der Befragten planen dort eine Zusammenarbeit."
    return AreaReading(area, known, reported, planned, verdict, text)


def _asked(reported: ReportedShare | None) -> tuple[LegalStatus, ...]:
    if reported is not None and reported.segment is not None:
        return (reported.segment,)
    return (LegalStatus.SMALL, LegalStatus.MEDIUM, LegalStatus.LARGE, LegalStatus.DISTRICT)


def _sentence(area: TaskArea, known: float, reported: ReportedShare | None, verdict: str) -> str:
    who = "der kreisangehörigen Kommunen und Kreise"
    if reported is not None and reported.segment is LegalStatus.SMALL:
        who = "der kleinen kreisangehörigen Kommunen"
    text = f"{area.label}: Von {percent(known)} {who} ist hier eine Kooperation bekannt; "
    if reported is None:
        return (
            f"{text}{AUDIT.auditor} nennt im Text keine Zahl, fehlende Angaben und fehlende "
            "Zusammenarbeit sind nicht zu trennen."
        )
    bound = {"at_least": "mehr als", "below": "weniger als", "exact": "rund"}[reported.bound]
    text += (
        f"{AUDIT.auditor} zählte {bound} {percent(reported.share)} ({AUDIT.source}, Abschnitt "
        f"{reported.section}, ab S. {reported.page})."
    )
    if verdict == "data_missing":
        return f"{text} Hier fehlen vor allem Angaben, nicht unbedingt Kooperationen."
    if verdict == "comparable":
        return (
            f"{text} Der größere Teil davon ist hier erfasst; auch im Rest können Angaben fehlen."
        )
    return f"{text} Eine Untergrenze nennt der Bericht nicht."


def _shares(involved: Bools, groups: Bools) -> Floats:
    return np.asarray(
        involved.astype(np.float32) @ groups / np.maximum(groups.sum(axis=0), 1), np.float32
    )
