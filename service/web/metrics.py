"""What the service tells its operator in numbers, in the text format of Prometheus.

Labels are the patterns of routes, never addresses: nothing of what somebody searched for is in
them, and their number is bounded.
"""

from __future__ import annotations

from fastapi import Request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector

from service.web.state import State

CONTENT_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """Counts of one application since it started."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        labels = ("method", "route")
        self._requests = Counter(
            "ikz_requests", "Answered requests.", (*labels, "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "ikz_request_duration_seconds",
            "Time from a request to its answer.",
            labels,
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        self._ready = Gauge(
            "ikz_ready", "Whether data and models are loaded.", registry=self._registry
        )
        self._degraded = Gauge(
            "ikz_degraded", "Whether it works without its text model.", registry=self._registry
        )

    def observe(self, request: Request, status: int, seconds: float) -> None:
        """Count an answer.

        Parameters
        ----------
        request
            After routing; one that no route took counts as "other", as do files.
        status
            HTTP status of the answer.
        seconds
            From the request to the answer.
        """
        route = getattr(request.scope.get("route"), "path", "other")
        method = request.method if request.method in _METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self, state: State | None) -> bytes:
        """Return all figures; without a state the service is not ready yet."""
        self._ready.set(state is not None)
        self._degraded.set(state is not None and state.matcher.degraded)
        return generate_latest(self._registry)
