from __future__ import annotations

from datetime import date

import pytest

from matcher.german import count, listing, number, percent
from matcher.group.funding import grant


@pytest.mark.parametrize(
    ("partners", "on", "amount", "as_of"),
    [
        (2, None, 175_000, "2021-08-31"),
        (3, None, 210_000, "2021-08-31"),
        (8, date(2025, 1, 1), 385_000, "2021-08-31"),
        (2, date(2020, 1, 1), 150_000, "2019-07-18"),
        (4, date(2021, 8, 30), 210_000, "2019-07-18"),
    ],
)
def test_grant_by_rule_and_date(partners, on, amount, as_of):
    offered = grant(partners, on)
    assert (offered.max_eur, offered.as_of) == (amount, as_of)
    assert offered.source_url.startswith("https://")
    assert "Kein Rechtsanspruch" in offered.rule


@pytest.mark.parametrize(("partners", "on"), [(1, None), (2, date(2018, 1, 1))])
def test_no_grant_without_a_group_or_a_guideline(partners, on):
    with pytest.raises(ValueError, match=r"\."):
        grant(partners, on)


def test_german_numbers_and_lists():
    assert number(1_234_567.891, 2) == "1.234.567,89"
    assert number(-0.5, 1) == "−0,5"
    assert percent(0.634) == "63 %"
    assert listing(["A"]) == "A"
    assert listing(["A", "B", "C"]) == "A, B und C"
    assert count(0, "Fall", "Fälle") == "keine Fälle"
    assert count(1, "Fall", "Fälle") == "1 Fall"
    assert count(2_000, "Fall", "Fälle") == "2.000 Fälle"
