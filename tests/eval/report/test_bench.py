from __future__ import annotations

import time

import pytest

from data import TaskArea
from eval.report import bench
from eval.report.in_process_bench import in_process_rows
from eval.report.timing import row_of, seconds_of


def test_the_parts_are_compared_on_the_real_data(matcher):
    rows = list(in_process_rows(matcher, runs=2, areas=(TaskArea.ARCHIV, TaskArea.IT)))
    assert all(row["p50_ms"] > 0 for row in rows)
    assert "outreach: all bodies, 2 task areas, once" in [row["what"] for row in rows]
    compared = {row["against"]: row["ratio"] for row in rows if "ratio" in row}
    assert set(compared) == {
        "one body at a time",
        "TF-IDF of scikit-learn",
        "difflib of Python",
        "all computed anew",
    }
    section = bench.section({"rows": rows, "runs": 2, "machine": "einer Maschine"})
    table, note = section.split("\n\n")
    assert table.count("\n") == len(rows) + 1
    assert note == "Milliseconds over 2 runs on einer Maschine."


def test_percentiles_by_hand():
    row = row_of("x", [0.001, 0.002, 0.003], [0.004, 0.004, 0.004], "y")
    assert (row["what"], row["against"]) == ("x", "y")
    assert (row["p50_ms"], row["ratio"]) == pytest.approx((2.0, 2.0))


def test_warming_up_is_not_timed():
    calls: list[float] = []

    def first_is_slow() -> None:
        if not calls:
            time.sleep(0.05)
        calls.append(0)

    seconds = seconds_of(first_is_slow, "x", 3)
    assert (len(seconds), len(calls)) == (3, 4)
    assert max(seconds) < 0.05
