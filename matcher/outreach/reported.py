"""What the audit office gpaNRW counted: figures to hold against what is on record here.

gpaNRW asked 371 kreisangehörige Kommunen and the 31 Kreise; kreisfreie Städte were not asked. Only
what the text of the report states in figures is here; its charts are not. `page` is that on which
the section begins, by the table of contents.
"""

from __future__ import annotations

from dataclasses import dataclass

from data import LegalStatus, TaskArea

SOURCE = "gpaNRW, Interkommunale Zusammenarbeit in Nordrhein-Westfalen, September 2025"
ASKED = 402
"""Kommunen and Kreise that answered (section 1.2.1)."""


@dataclass(frozen=True, slots=True)
class ReportedShare:
    """Share of the bodies asked that have put a cooperation of an area into practice.

    `bound` says how the share is meant: "at_least", "below" or "exact". `segment` is None for all.
    """

    area: TaskArea
    share: float
    bound: str
    section: str
    page: int
    segment: LegalStatus | None = None


@dataclass(frozen=True, slots=True)
class ReportedPlans:
    """How many of the bodies asked plan a cooperation of an area."""

    area: TaskArea
    bodies: int
    section: str
    page: int


@dataclass(frozen=True, slots=True)
class ReportedActivities:
    """How many of the 6,250 activities fall to a group of bodies."""

    group: str
    activities: int
    section: str
    page: int


SHARES = (
    ReportedShare(TaskArea.IT, 0.75, "at_least", "1.2.3", 7),
    ReportedShare(TaskArea.KULTUR, 282 / ASKED, "exact", "1.2.3", 7),
    ReportedShare(TaskArea.VERSORGUNG, 0.5, "at_least", "1.2.3", 7),
    ReportedShare(TaskArea.PERSONAL, 0.5, "at_least", "1.2.3", 7),
    ReportedShare(TaskArea.TOURISMUS, 0.5, "at_least", "1.2.3", 7),
    ReportedShare(TaskArea.WIRTSCHAFT, 0.5, "at_least", "1.2.3", 7),
    ReportedShare(TaskArea.BESCHAFFUNG, 0.5, "at_least", "1.2.3", 7),
    ReportedShare(TaskArea.SOZIALES, 1 / 3, "below", "1.2.3", 7, LegalStatus.SMALL),
)
PLANS = (
    ReportedPlans(TaskArea.IT, 50, "1.2.4", 10),
    ReportedPlans(TaskArea.ARCHIV, 47, "1.2.4", 10),
)
ACTIVITIES = (
    ReportedActivities("alle", 6250, "1.3", 17),
    ReportedActivities("klein", 2504, "1.3", 17),
    ReportedActivities("Münster", 1540, "1.3.1", 18),
    ReportedActivities("Düsseldorf", 826, "1.3.1", 18),
    ReportedActivities("Kreis mit den wenigsten (Siegen-Wittgenstein)", 66, "1.3.2", 20),
    ReportedActivities("Kreis im Median", 178, "1.3.2", 20),
    ReportedActivities("Kreis mit den meisten (Recklinghausen)", 453, "1.3.2", 20),
)
