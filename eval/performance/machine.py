"""What one core can do at most: multiply, and move bytes."""

from __future__ import annotations

import time

import numpy as np

_SIDE, _BYTES = 1024, 256 * 2**20
_TRIES = 7


def multiplied_gflops() -> float:
    """Return operations of a large matrix product in single precision, 10^9 a second."""
    given = np.random.default_rng(0).random((_SIDE, _SIDE), np.float32)
    return 2 * _SIDE**3 / _least(lambda: given @ given) / 1e9


def moved_gbytes() -> float:
    """Return bytes read by one core from memory, 10^9 a second."""
    source = np.ones(_BYTES // 8)
    target = np.empty_like(source)
    # A copy reads and writes each byte once.
    return 2 * _BYTES / _least(lambda: np.copyto(target, source)) / 1e9


def _least(call: object) -> float:
    assert callable(call)
    seconds = []
    for _ in range(_TRIES):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds[1:])
