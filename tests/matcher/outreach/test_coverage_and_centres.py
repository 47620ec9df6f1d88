from __future__ import annotations

import numpy as np
import pytest

from data import TaskArea
from data.land import AUDIT
from matcher.outreach import (
    BACK_OFFICE,
    coverage,
    service_centres,
)
from tests.matcher.conftest import AREAS


def test_service_centres(matcher, outreach, dataset):
    names = dataset.bodies["name"].tolist()
    centres = service_centres(matcher.knowledge, outreach.fits, outreach.need, names)
    by_id = {cooperation.id: cooperation for cooperation in dataset.cooperations}
    assert {c.task_area for c in centres} <= set(BACK_OFFICE) & set(AREAS)
    assert [c.score for c in centres] == sorted((c.score for c in centres), reverse=True)
    leads = {(c.task_area, c.lead) for c in dataset.cooperations if c.lead}
    for centre in centres:
        assert (centre.task_area, centre.provider) in leads
        assert all(by_id[i].lead == centre.provider for i in centre.cooperations)
        served = {k for i in centre.cooperations for k in by_id[i].participants}
        assert set(centre.served) == served - {centre.provider}
        involved = {
            key
            for c in dataset.cooperations
            if c.task_area is centre.task_area
            for key in c.participants
        }
        assert centre.candidates
        for candidate in centre.candidates:
            assert candidate.body not in involved
            assert candidate.same_district or candidate.distance_km <= 40


def test_coverage_counts_bodies(matcher, dataset):
    table = coverage(matcher.knowledge)
    involved = {
        (c.task_area, key) for c in dataset.cooperations for key in c.participants
    }  # fmt: skip
    bodies = dataset.bodies
    for area in (TaskArea.IT, TaskArea.ARCHIV):
        shares = table.by_district[table.areas.index(area)]
        for key in ("05974", "05966"):
            members = [key, *bodies.index[bodies["district_ags"] == key]]
            share = np.mean([(area, member) in involved for member in members])
            assert shares[table.districts.index(key)] == pytest.approx(share)
        small = bodies.index[bodies["legal_status"] == "klein"]
        share = np.mean([(area, key) in involved for key in small])
        assert table.by_segment[table.areas.index(area), 0] == pytest.approx(share)
    assert table.bodies_by_district.sum() == 373 + 1 + 31  # Aachen lies in its StädteRegion
    counts = bodies["legal_status"].value_counts()
    assert table.bodies_by_segment.tolist() == [counts[segment] for segment in table.segments]


def test_missing_data_and_missing_cooperation_are_told_apart(matcher):
    readings = {reading.area: reading for reading in coverage(matcher.knowledge).readings}
    assert len(readings) == 31
    assert readings[TaskArea.BESCHAFFUNG].verdict == "data_missing"
    assert readings[TaskArea.KULTUR].verdict == "comparable"
    assert "282" not in readings[TaskArea.KULTUR].text
    assert "70 %" in readings[TaskArea.KULTUR].text
    assert readings[TaskArea.BAUHOF].verdict == "unknown"
    assert "nicht zu trennen" in readings[TaskArea.BAUHOF].text
    assert readings[TaskArea.ARCHIV].planned == 47
    assert all(0 < share.share < 1 and share.section.startswith("1.2") for share in AUDIT.shares)
    assert {a.group: a.activities for a in AUDIT.activities}["alle"] == 6250
