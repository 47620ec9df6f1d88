"""The map of one body among its partners: each mark inside the picture, numbered as in the list."""

from __future__ import annotations

import pytest

from service.maps.land_map import LandMap
from service.maps.partner_map import draw


@pytest.fixture(scope="module")
def land_map(dataset):
    return LandMap(dataset.bodies)


@pytest.fixture(scope="module")
def members(dataset):
    """Return (key, name) of the participants of each known cooperation."""
    names = dataset.bodies["name"]
    return [[(key, names[key]) for key in c.participants] for c in dataset.cooperations]


@pytest.mark.parametrize("centred", [True, False])
def test_no_mark_is_beyond_the_edge(land_map, members, centred):
    for partners in members:
        centre = partners[0][0] if centred else None
        drawn = draw(land_map, centre, partners[1:] if centred else partners)
        left, top, width, height = drawn.view
        assert len(drawn.marks) == len(partners)
        for mark in drawn.marks:
            assert left <= mark.x - drawn.radius
            assert mark.x + drawn.radius <= left + width
            assert top <= mark.y - drawn.radius
            assert mark.y + drawn.radius <= top + height


@pytest.mark.parametrize("first", [1, 41])
def test_the_first_twenty_carry_their_number(land_map, members, first):
    partners = next(found for found in members if len(found) > 21)
    drawn = draw(land_map, None, partners, first=first)
    labels = [mark.label for mark in reversed(drawn.marks)]
    assert labels[:20] == [str(number) for number in range(first, first + 20)]
    assert set(labels[20:]) == {""}


def test_nothing_is_drawn_of_nobody(land_map):
    assert draw(land_map, None, []) is None
