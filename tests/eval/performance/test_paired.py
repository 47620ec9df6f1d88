from __future__ import annotations

import numpy as np
import pytest

from eval.performance.many import EUROPE, europe
from eval.performance.paired import Paired, others, paired
from eval.performance.request import floor
from eval.performance.resident import resident_mb


def test_a_ratio_is_the_median_of_neighbouring_runs():
    # The second round was disturbed as a whole: the ratio does not see it.
    timed = Paired(np.array([[1.0, 10.0, 1.0], [2.0, 20.0, 2.5]]))
    assert timed.ratio(1) == 2.0
    assert timed.ms(0) == 1000
    assert timed.least_ms(1) == 2000


def test_ways_are_called_in_turn():
    called = []
    paired(lambda: called.append("a"), lambda: called.append("b"), rounds=2)
    assert called == ["a", "b"] * 3


def test_what_others_took_is_a_share():
    with others() as load:
        sum(range(10_000))
    assert 0 <= load.get("others", 0) <= 1


def test_memory_is_that_of_a_process_of_its_own():
    assert resident_mb("numpy:ones", 4_000_000) == pytest.approx(32, abs=3)


def test_the_floor_is_the_larger_of_operations_and_bytes():
    slow_memory, slow_cores = floor(20, 1e6, 1e-3), floor(20, 1.0, 1e6)
    assert slow_memory["floor_ms"] == slow_memory["reading_ms"] > slow_memory["computing_ms"]
    assert slow_cores["floor_ms"] == slow_cores["computing_ms"] > slow_cores["reading_ms"]
    assert floor(40, 1.0, 1.0)["operations"] > 2 * floor(20, 1.0, 1.0)["operations"]


def test_a_night_over_europe_is_bodies_times_searches_times_time():
    night = europe(ms_a_search=36.0, cores=4, speed_up=1.0)["rows"]["one open search each"]
    assert night["core_hours"] == pytest.approx(EUROPE * 36e-3 / 3600)
    assert night["wall_hours"] == pytest.approx(night["core_hours"] / 2)
