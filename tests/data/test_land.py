from __future__ import annotations

import re
from pathlib import Path

import data
from data import LegalForm, LegalStatus
from data.land import AUDIT, GUIDELINES, LAND, LEGAL_FORM_PERCENT

ROOT = Path(data.__file__).parent.parent


def test_every_standing_has_its_legal_forms():
    forms = [form for form in LegalForm if form is not LegalForm.UNKNOWN]
    assert set(LEGAL_FORM_PERCENT) == set(LegalStatus)
    for percent in LEGAL_FORM_PERCENT.values():
        assert len(percent) == len(forms)
        assert 95 <= sum(percent) <= 105


def test_guidelines_come_oldest_first():
    days = [guideline.since for guideline in GUIDELINES]
    assert days == sorted(days)


def test_the_audit_tells_shares_of_one():
    assert all(0 < reported.share < 1 for reported in AUDIT.shares)
    assert {activities.group for activities in AUDIT.activities} >= {"alle", "Münster"}


def test_seats_lie_in_the_land(dataset):
    seats = dataset.bodies.loc[[association.seat for association in LAND.associations]]
    assert all(key.startswith(LAND.prefix) for key in seats.index)
    assert seats["longitude"].between(*LAND.longitude).all()
    assert set(dataset.bodies["government_region"].dropna()) == set(LAND.government_regions)
    assert set(dataset.bodies["landscape_association"].dropna()) == set(LAND.landscape_associations)
    assert LAND.key_words == "AGS, LVR, LWL, RVR"


def test_no_other_module_names_the_lands_keys_or_regions():
    """Another Land is this module and its data: code elsewhere must not know these words."""
    words = [LAND.prefix, *LAND.government_regions, *(a.key for a in LAND.associations), LAND.name]
    named = re.compile("|".join(rf"[\"']{word}[\"']" for word in words))
    found = [
        str(path.relative_to(ROOT))
        for package in ("data", "models", "matcher")
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.name != "land.py" and named.search(path.read_text("utf-8"))
    ]
    assert found == []
