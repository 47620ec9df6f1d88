"""A Dask cluster on this machine, for what is measured on several workers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil

WORKERS = 2
MISSING = "`distributed` is missing (pip install '.[cluster]')"


@contextmanager
def cluster() -> Iterator[Any]:
    """Start two workers of one thread each; yields their client, None without the library."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        yield None
        return
    with (
        LocalCluster(
            n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as workers,
        Client(workers) as client,
    ):
        yield client


def resident_mb() -> float:
    """Return the memory of this process; to be run on each worker."""
    return float(psutil.Process().memory_info().rss) / 1e6
