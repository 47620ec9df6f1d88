"""Many bodies: outreach on workers, Europe on paper."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from data import TaskArea
from eval.performance.paired import others
from eval.performance.workers import MISSING, WORKERS, cluster, resident_mb
from matcher import Matcher
from matcher.known.knowledge import Knowledge
from matcher.outreach import merge, plan, score_chunk
from matcher.outreach.fits import approachable
from models import Ranker

EUROPE = 98_000
"""Municipalities of the EU, as Eurostat counts local administrative units (rounded)."""
_EUR_A_CORE_HOUR = 0.04  # assumed: what a rented core costs about
Row = dict[str, Any]


def outreach_figures(matcher: Matcher, areas: Sequence[TaskArea]) -> Row:
    """Score the plausible pairs of all bodies, here and on a Dask cluster of two workers."""
    knowledge = replace(matcher.knowledge, requests=None, passages=None, reader=None)
    everyone = np.flatnonzero(approachable(knowledge.bodies)).astype(np.int64)
    pieces = plan(areas, size=1)
    ranker = matcher.ranker
    score_chunk(knowledge, ranker, everyone[:2], pieces[0])
    with others() as load:
        start = time.perf_counter()
        alone = merge(knowledge, [score_chunk(knowledge, ranker, everyone, p) for p in pieces])
        alone_s = time.perf_counter() - start
    found: Row = {
        "bodies": len(everyone),
        "areas": len(areas),
        "alone_s": alone_s,
        "ms_a_body_and_area": alone_s * 1000 / len(everyone) / len(areas),
    } | load
    with cluster() as client:
        if client is None:
            return found | {"skipped": MISSING}
        state = client.scatter((knowledge, ranker), broadcast=True, hash=False)
        client.gather(client.map(_warm, range(WORKERS), state=state, pure=False))
        with others() as load:
            start = time.perf_counter()
            futures = [
                client.submit(_piece, state, everyone, piece, pure=False) for piece in pieces
            ]
            together = merge(knowledge, client.gather(futures))
            cluster_s = time.perf_counter() - start
        memory = client.run(resident_mb)
    return found | {
        "cluster_s": cluster_s,
        "speed_up": alone_s / cluster_s,
        "same_bits": bool(np.array_equal(alone.table, together.table)),
        "worker_mb": max(memory.values()),
        "cluster_others": load.get("others"),
    }


def europe(ms_a_search: float, cores: int, speed_up: float) -> Row:
    """Return what a night over all of Europe costs, from the measured time of one search.

    Hours of one core = bodies · searches each · seconds a search / 3600; a night's wall time is
    that over the cores times how well they are used (speed-up a worker).
    """
    used = speed_up / WORKERS
    rows = {}
    for name, each in (("one open search each", 1), ("all 31 task areas each", len(TaskArea))):
        core_hours = EUROPE * each * ms_a_search / 1000 / 3600
        rows[name] = {
            "core_hours": core_hours,
            "wall_hours": core_hours / (cores * used),
            "eur": core_hours / used * _EUR_A_CORE_HOUR,
        }
    return {
        "bodies": EUROPE,
        "ms_a_search": ms_a_search,
        "cores": cores,
        "use_of_cores": used,
        "eur_a_core_hour": _EUR_A_CORE_HOUR,
        "rows": rows,
    }


def _piece(state: tuple[Knowledge, Ranker], everyone: Any, piece: tuple[TaskArea, ...]) -> Any:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):
        return score_chunk(*state, everyone, piece)


def _warm(_: int, state: tuple[Knowledge, Ranker]) -> int:
    score_chunk(*state, np.arange(2), (TaskArea.SOZIALES,))
    time.sleep(0.2)  # so that the other worker takes the other one
    return os.getpid()
