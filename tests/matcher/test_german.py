from __future__ import annotations

import pytest

from matcher.german import count, german_date, listing, number, percent


def test_numbers_dates_and_lists_are_german():
    assert number(11659) == "11.659"
    assert number(-9.38, 1) == "−9,4"
    assert percent(0.634) == "63 %"
    assert german_date("2021-08-31") == "31.08.2021"
    assert listing(["a", "b", "c"]) == "a, b und c"


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "keine Kooperationen"), (1, "1 Kooperation"), (1038, "1.038 Kooperationen")],
)
def test_one_is_one(value, told):
    assert count(value, "Kooperation", "Kooperationen") == told
