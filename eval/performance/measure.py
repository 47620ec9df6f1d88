"""All parts in one run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from rich.console import Console

from data import TaskArea
from eval.performance.comparison import Comparison
from eval.performance.many import europe, outreach_figures
from eval.performance.night import night_figures
from eval.performance.operations import operations
from eval.performance.paired import others
from eval.performance.replicas import replica_figures
from eval.performance.request import request_figures
from eval.performance.sizes import size_figures
from eval.report.bench import machine
from matcher import Matcher


def measure(matcher: Matcher, germany: Matcher, quick: bool, console: Console) -> dict[str, Any]:
    """Measure everything.

    Parameters
    ----------
    matcher
        What is served, with its text model.
    germany
        The same with all bodies of Germany.
    quick
        Small sizes and short learning: a look of a minute or two, no result.
    console
        Where progress is told.
    """
    from threadpoolctl import threadpool_limits

    start = time.perf_counter()
    found: dict[str, Any] = {"machine": machine(), "quick": quick, "others": {}}
    parts: dict[str, Callable[[], Any]] = {
        "request": lambda: request_figures(matcher, quick),
        "operations": lambda: operations(matcher),
        "sizes": lambda: size_figures(matcher, germany, quick, console),
        "peers": lambda: Comparison(matcher, quick, console).figures(),
        "many": lambda: _many(matcher, germany, quick, console),
    }
    for name, part in parts.items():
        console.rule(name)
        began = time.perf_counter()
        # One thread each, as a service computes: libraries that take all cores would be compared
        # with others that take one.
        with others() as load, threadpool_limits(1):
            found[name] = part()
        console.print(f"{time.perf_counter() - began:.0f} s", highlight=False)
        found["others"][name] = load.get("others")
    largest = found["sizes"]["bodies"][-1]["narrow_ms"]
    speed_up = found["many"]["night"].get("speed_up", 1.0)
    found["many"]["europe"] = europe(largest, os.cpu_count() or 1, speed_up)
    found["minutes"] = (time.perf_counter() - start) / 60
    return found


def _many(matcher: Matcher, germany: Matcher, quick: bool, console: Console) -> dict[str, Any]:
    areas = tuple(TaskArea)[: 2 if quick else None]
    return {
        "cores": os.cpu_count(),
        "outreach": outreach_figures(matcher, areas),
        "night": night_figures(germany, 50 if quick else 1_000),
        "replicas": replica_figures((1,) if quick else (1, 2, 4), 2.0 if quick else 5.0, console),
    }
