"""Names on the map: beside their marks, never over each other."""

from __future__ import annotations

from service.maps.land_map import Mark
from service.maps.name_labels import name_labels

VIEW = (0.0, 0.0, 400.0, 400.0)


def mark(x, y, name="Soest"):
    return Mark(x, y, "1", name, "group")


def placed(named, others=()):
    return name_labels(named, others, VIEW, radius=10, size=12)


def test_a_name_stands_at_the_right_of_its_mark():
    [label] = placed([mark(200, 200)])
    assert (label.text, label.side, label.anchor) == ("Soest", "right", "start")
    assert (label.x, label.y) == (214, 200)


def test_at_the_edge_it_goes_to_the_left():
    [label] = placed([mark(390, 200)])
    assert (label.side, label.anchor) == ("left", "end")


def test_a_name_gives_way_to_marks_and_to_other_names():
    first, second = placed([mark(200, 200, "Bad Sassendorf"), mark(200, 212, "Lippetal")])
    assert first.side == "right"
    assert second.side != "right"
    [label] = placed([mark(200, 200)], others=[mark(225, 200)])
    assert label.side == "left"


def test_it_takes_a_corner_where_all_sides_are_taken():
    around = [mark(230, 200), mark(170, 200), mark(190, 175), mark(190, 225)]
    [label] = placed([mark(200, 200)], others=around)
    assert (label.side, label.anchor) == ("top", "start")


def test_a_name_that_would_cover_a_mark_is_left_out():
    around = [mark(200 + x, 200 + y) for x in (-25, 0, 25) for y in (-25, 0, 25) if x or y]
    assert placed([mark(200, 200)], others=around) == ()


def test_what_would_leave_the_picture_gets_no_name():
    assert placed([mark(200, 200, "x" * 100)]) == ()
