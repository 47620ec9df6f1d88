"""Curves as drawings: what stands where."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.curves import Reading, Worth
from matcher.features import FEATURES
from service.content.curve_drawing import WIDTH, draw

BY_NAME = {feature.name: feature for feature in FEATURES}


def straight(name: str, few: list[float], many: list[float]) -> Worth:
    """Return a curve over all ticks of the axis of a feature."""
    feature = BY_NAME[name]
    at = np.asarray(feature.axis.store(feature.axis.ticks), float)
    few_line, many_line = np.linspace(*few, len(at)), np.linspace(*many, len(at))
    readings = tuple(
        Reading(feature.axis.word(tick), feature.axis.figure(tick), *map(float, values))
        for tick, *values in zip(feature.axis.ticks, at, few_line, many_line, strict=True)
    )
    return Worth(feature, feature.axis, at, few_line, many_line, readings, "")


def points(text: str) -> list[list[float]]:
    return [[float(number) for number in point.split(",")] for point in text.split()]


def test_a_line_runs_over_the_whole_width_and_better_is_higher():
    (drawing,) = draw([straight("log_seat_km", [1.0, -1.0], [0.0, 0.0])])
    few, many = points(drawing.few), points(drawing.many)
    assert few[0][0] == 44
    assert few[-1][0] == WIDTH - 14
    assert few[0][1] < drawing.usual < few[-1][1]
    assert {y for _, y in many} == {drawing.usual}
    assert drawing.rows[0] == ("0\N{NO-BREAK SPACE}km", "2,7-mal", "1,0-mal")


def test_all_drawings_have_one_scale():
    small, large = draw(
        [straight("log_gap_km", [0.1, 0], [0.1, 0]), straight("log_seat_km", [2.0, 0], [2.0, 0])]
    )
    assert small.up == large.up
    assert [mark.word for mark in large.up] == ["1/4×", "1/2×", "1×", "2×", "4×"]


def test_levels_stand_below_each_other_and_long_words_are_broken():
    (drawing,) = draw([straight("relation", [1.0, -1.0], [-1.0, 1.0])])
    assert len(drawing.levels) == 10
    heights = [level.y for level in drawing.levels]
    assert heights == sorted(heights)
    assert max(heights) < drawing.height
    assert all(len(line.word) <= 46 for level in drawing.levels for line in level.lines)
    assert max(len(level.lines) for level in drawing.levels) == 2
    assert drawing.levels[0].few > drawing.usual > drawing.levels[0].many


@pytest.mark.parametrize(
    ("few", "said"),
    [
        ([1.0, -1.0], "Wenige Partner: 2,7-mal bei „0\N{NO-BREAK SPACE}km“, 0,37-mal bei „200\N{NO-BREAK SPACE}km“."),
        ([0.02, 0.0], "Wenige Partner: macht kaum einen Unterschied."),
    ],
)  # fmt: skip
def test_it_says_where_a_curve_is_highest_and_lowest(few, said):
    (drawing,) = draw([straight("log_seat_km", few, [0.0, 0.0])])
    assert drawing.summary[0] == said
