"""How long a call takes, as percentiles over many runs."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.progress import track

RUNS = 200
Row = dict[str, float | str]
"""`what` was timed, `p50_ms`, `p95_ms`, `p99_ms`; `against` what, and the `ratio` of medians."""


def seconds_of(call: Callable[[], object], name: str, runs: int = RUNS) -> list[float]:
    """Call once to warm up, then `runs` times; return the seconds of each, (runs,)."""
    call()
    seconds = []
    for _ in track(range(runs), description=name, console=Console(stderr=True), transient=True):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return seconds


def row_of(
    what: str, seconds: list[float], other: list[float] | None = None, against: str = ""
) -> Row:
    """Return percentiles, and how many times as long the other takes."""
    p50, p95, p99 = (float(np.percentile(seconds, q)) * 1000 for q in (50, 95, 99))
    made: Row = {"what": what, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99}
    if other is not None:
        made |= {"against": against, "ratio": float(np.median(other)) * 1000 / p50}
    return made
