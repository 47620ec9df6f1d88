"""A night over Germany: one search each, in this process and on a Dask cluster of two workers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from eval.performance.paired import others
from eval.performance.workers import MISSING, WORKERS, cluster, resident_mb
from eval.report.example import TEXT
from matcher import Matcher, MatchRequest

_A_PIECE = 50  # bodies: about a second each, so that workers end together
_SEED = 20_268
_LIMIT = 10
Row = dict[str, Any]
Partners = list[tuple[str, ...]]


def night_figures(germany: Matcher, count: int) -> Row:
    """Ask once for each of `count` bodies drawn from all of Germany, in whole answers.

    The text is the same for all, so that it is encoded once: an open search, whoever asks.
    """
    drawn = np.random.default_rng(_SEED).choice(germany.directory.keys, count, replace=False)
    keys = tuple(str(key) for key in drawn)
    _asked(germany, keys[:1])
    with others() as load:
        start = time.perf_counter()
        alone = _asked(germany, keys)
        alone_s = time.perf_counter() - start
    found: Row = {"bodies": len(germany.directory.keys), "asked": count, "alone_s": alone_s} | load
    pieces = [keys[start : start + _A_PIECE] for start in range(0, count, _A_PIECE)]
    with cluster() as client:
        if client is None:
            return found | {"skipped": MISSING}
        client.run(_warm)
        with others() as load:
            start = time.perf_counter()
            together = client.gather(client.map(_piece, pieces, pure=False))
            cluster_s = time.perf_counter() - start
        memory = client.run(resident_mb)
    return found | {
        "cluster_s": cluster_s,
        "speed_up": alone_s / cluster_s,
        "workers": WORKERS,
        "same": [partners for piece in together for partners in piece] == alone,
        "worker_mb": max(memory.values()),
        "cluster_others": load.get("others"),
    }


def _asked(germany: Matcher, keys: Sequence[str]) -> Partners:
    """Return the likeliest partners of each body."""
    requests = (MatchRequest(body=key, description=TEXT, limit=_LIMIT) for key in keys)
    return [tuple(match.body for match in germany.match(one).matches) for one in requests]


@lru_cache(1)
def _germany() -> Matcher:
    from data.region import Region

    return Matcher.load(region=Region.parse("DE"))


def _warm() -> None:
    _piece(tuple(_germany().directory.keys[:1]))


def _piece(keys: Sequence[str]) -> Partners:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _asked(_germany(), keys)
