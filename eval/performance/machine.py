"""What the machine can do at most: multiply, and move bytes. Nothing can be faster than that."""

from __future__ import annotations

import time

import numpy as np

_SIDE, _BYTES = 1024, 256 * 2**20
_TRIES = 7


def multiplied_gflops() -> float:
    """Return floating-point operations of a large matrix product, all cores, 10^9 a second."""
    import torch

    given = torch.rand(_SIDE, _SIDE)
    return 2 * _SIDE**3 / _least(lambda: given @ given) / 1e9


def moved_gbytes() -> float:
    """Return bytes read by one core from memory, 10^9 a second."""
    source = np.ones(_BYTES // 8)
    target = np.empty_like(source)
    # A copy reads and writes each byte once.
    return 2 * _BYTES / _least(lambda: np.copyto(target, source)) / 1e9


def product_ms() -> float:
    """Return the time of a small matrix product, ms: what guards compare with."""
    given = np.ones((512, 512), np.float32)
    return _least(lambda: given @ given) * 1000


def _least(call: object) -> float:
    assert callable(call)
    seconds = []
    for _ in range(_TRIES):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds[1:])
