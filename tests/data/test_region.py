from __future__ import annotations

import pytest

from data.region import HOME, Region


@pytest.mark.parametrize(
    ("text", "prefix", "km"),
    [
        ("NW", "05", 0),
        ("nordrhein-westfalen", "05", 0),
        ("NW+50", "05", 50),
        ("NW + 30 km", "05", 30),
        ("NI", "03", 0),
        ("DE", None, 0),
    ],
)
def test_what_the_setting_may_say(text, prefix, km):
    region = Region.parse(text)
    assert (region.prefix, region.within_km) == (prefix, km)


@pytest.mark.parametrize("text", ["XX", "", "NI+50", "NW+weit"])
def test_anything_else_is_refused_with_what_is_allowed(text):
    with pytest.raises(ValueError, match="DE, ein Land"):
        Region.parse(text)


def test_who_is_served():
    assert HOME.serves("05974008")
    assert HOME.serves("LWL")
    assert not HOME.serves("03257009")
    assert Region.parse("DE").serves("03257009")
    assert Region.parse("NI").serves("03257009")
    assert not Region.parse("NI").serves("05974008")
    assert not Region.parse("NI").serves("LWL")
