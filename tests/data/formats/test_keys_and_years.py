from __future__ import annotations

import pytest

from data.formats.keys import mend_key
from data.formats.years import parse_year


@pytest.mark.parametrize(
    "written",
    ["05974008", "5974008", "5974008.0", "5974008,0", " 05974008 ", "05 9 74 008", "05.974.008",
     "5.974.008", "5.974008E+06", "05\u00a0974\u00a0008"],
)  # fmt: skip
def test_a_municipality_whose_key_a_spreadsheet_changed(written):
    assert mend_key(written) == "05974008"


@pytest.mark.parametrize(
    ("written", "key"),
    [("5974", "05974"), ("05974", "05974"), ("59740080008", "059740080008"), ("LVR", "LVR"),
     ("Soest", "Soest"), ("1.234,5 km", "1.234,5 km"), ("", "")],
)  # fmt: skip
def test_other_keys_and_names(written, key):
    assert mend_key(written) == key


@pytest.mark.parametrize(
    ("written", "year"),
    [("2024", 2024), ("2024.0", 2024), ("2024,0", 2024), ("01.01.2024", 2024),
     ("2024-01-01", 2024), ("seit 2012", 2012), ("ab Januar 2023", 2023), ("12/2019", 2019),
     ("2012–2015", 2012), ("ca. 1975", 1975), ("01.01.24", 2024), ("1.7.78", 1978)],
)  # fmt: skip
def test_years_as_people_write_them(written, year):
    assert parse_year(written) == year


@pytest.mark.parametrize("written", ["", "bald", "20245", "12024", "31.12.", "unbekannt"])
def test_no_year(written):
    assert parse_year(written) is None
