"""Small curves beside the arguments, with the partner on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from matcher.result import Factor, Reason, SearchCurve
from service.matching.argument_curves import HEIGHT, WIDTH, argument_curves

NEAR = SearchCurve(
    "nearness", "municipality", tuple(np.log1p([4.0, 9.0, 40.0, 150.0])), (3.0, 1.0, -1.0, -2.0)
)
SIZE = SearchCurve("size", "municipality", tuple(np.log([5e3, 4e4, 4e5])), (-1.0, 0.8, -0.5))


@dataclass
class Told:
    """All that is read of a match."""

    kind: str = "municipality"
    name: str = "Soest"
    distance_km: float = 9.0
    population: int = 47_776
    reasons: tuple[Reason, ...] = (
        Reason("distance", Factor.PROXIMITY, "9,0 km", 0.6),
        Reason("adjacent", Factor.PROXIMITY, "Gemeinsame Grenze", 0.4),
        Reason("size", Factor.EQUALITY, "47.776 Einwohner", 0.8),
    )


def test_the_partner_stands_where_its_own_reasons_put_it():
    near, size = argument_curves(Told(), (NEAR, SIZE))
    assert f"{near.x},{near.y}" == near.points.split()[1]  # 0.6 + 0.4 is what the curve has there
    assert near.y < near.even  # up is for
    assert 0 <= size.x <= WIDTH
    assert 0 <= size.y <= HEIGHT


def test_words_say_what_the_curve_shows():
    near, size = argument_curves(Told(), (NEAR, SIZE))
    assert near.summary == (
        "Bis etwa 20 km spricht die Nähe dafür, weiter weg dagegen. Soest liegt 9 km entfernt."
    )
    assert size.summary == (
        "Am meisten zählen rund 40.000 Einwohner, am wenigsten rund 5.000. Soest hat 47.776."
    )
    assert [tick.word for tick in near.ticks] == ["5 km", "10 km", "25 km", "50 km", "100 km"]


def test_a_curve_that_does_not_turn_once_tells_its_ends():
    always = SearchCurve("nearness", "municipality", NEAR.at, (3.0, 2.0, 1.5, 1.0))
    (near,) = argument_curves(Told(), (always,))
    assert near.summary.startswith(
        "Am meisten zählt eine Entfernung um 4 km, am wenigsten eine um 150 km."
    )


@pytest.mark.parametrize(
    ("told", "curve"),
    [
        (Told(kind="district"), NEAR),
        (Told(), SearchCurve("size", "municipality", SIZE.at, (0.1, 0.2, 0.0))),
    ],
    ids=["of another kind", "flat"],
)
def test_what_tells_nothing_is_not_drawn(told, curve):
    assert argument_curves(told, (curve,)) == ()
