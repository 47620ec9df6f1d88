"""Two ways to the same end timed in turn, so that whatever else a machine does hits both alike."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Paired:
    """Times of several ways, in turn.

    Attributes
    ----------
    seconds
        (ways, rounds).
    """

    seconds: np.ndarray

    def ms(self, way: int) -> float:
        """Return the median time of one way, milliseconds."""
        return float(np.median(self.seconds[way])) * 1000

    def least_ms(self, way: int) -> float:
        """Return the least time of one way, milliseconds: what it takes when nothing disturbs."""
        return float(self.seconds[way].min()) * 1000

    def ratio(self, way: int, to: int = 0) -> float:
        """Return the median over rounds of how many times as long one way takes as the other."""
        return float(np.median(self.seconds[way] / self.seconds[to]))


def paired(*ways: Call, rounds: int) -> Paired:
    """Call each way once to warm up, then in turn, `rounds` times each."""
    for way in ways:
        way()
    seconds = np.empty((len(ways), rounds))
    for turn in range(rounds):
        for number, way in enumerate(ways):
            start = time.perf_counter()
            way()
            seconds[number, turn] = time.perf_counter() - start
    return Paired(seconds)


@contextmanager
def others() -> Iterator[dict[str, float]]:
    """Note which share of all cores went to programs that are neither this one nor its children.

    Yields
    ------
    dict
        `others` once the block ends, 0 … 1; nothing where the system does not tell.
    """
    found: dict[str, float] = {}
    stat = Path("/proc/stat")
    if not stat.is_file():
        yield found
        return
    before, own = _ticks(stat), _own_ticks()
    yield found
    passed = [after - earlier for after, earlier in zip(_ticks(stat), before, strict=True)]
    busy = sum(passed) - passed[3] - passed[4]  # but idle and waiting for a disk, proc_stat(5)
    found["others"] = round(max(busy - (_own_ticks() - own), 0) / max(sum(passed), 1), 3)


def _ticks(stat: Path) -> list[int]:
    return [int(word) for word in stat.read_text().splitlines()[0].split()[1:9]]


def _own_ticks() -> float:
    """Return what this process and its children took, ended ones too, in ticks."""
    took = psutil.Process().cpu_times()
    total = took.user + took.system + took.children_user + took.children_system
    for child in psutil.Process().children(recursive=True):
        try:
            spent = child.cpu_times()
        except psutil.Error:
            continue
        total += spent.user + spent.system
    return float(total * os.sysconf("SC_CLK_TCK"))
