from __future__ import annotations

import pytest

from data import TaskArea
from matcher.outreach import (
    Outreach,
    OutreachFilters,
    score_all,
)

AREAS = (
    TaskArea.ARCHIV, TaskArea.STANDESAMT, TaskArea.IT, TaskArea.BESCHAFFUNG, TaskArea.SONSTIGES,
    TaskArea.REGIONALENTWICKLUNG,
)  # fmt: skip


@pytest.fixture(scope="session")
def calls() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="session")
def outreach(matcher, calls) -> Outreach:
    fits = score_all(
        matcher.knowledge,
        matcher.ranker,
        AREAS,
        lambda done, total: calls.append((done, total)),
    )
    return Outreach(matcher.dataset, matcher.knowledge, fits)


@pytest.fixture(scope="session")
def lines(outreach):
    return outreach.opportunities(OutreachFilters(limit=200, max_per_area=100))
