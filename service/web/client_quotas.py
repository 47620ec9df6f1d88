"""How often one client may ask one route: told in headers, and refused with 429 above.

Counted in the memory of each process: it keeps one client from taking all there is, which needs no
exact count. What must hold for all replicas together (logins, mails) is counted in the database.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from service.problems import LimitError

_IPV6_PREFIX = 56  # bits; a provider gives a household all addresses that share them
_MOST_CLIENTS = 50_000
_USUAL_S = 60
_HOUR_S = 3_600
# Routes that make mails or rows, by method and path: at most so many within an hour.
_WRITING = {
    ("POST", "/v1/searches"): 30,
    ("POST", "/gesuche/neu"): 30,
    ("POST", "/v1/searches/{identifier}/messages"): 60,
    ("POST", "/gesuche/{identifier}/nachricht"): 60,
    ("POST", "/benachrichtigung/neu"): 30,
    ("POST", "/hinweise/zu/{identifier}"): 60,
    ("POST", "/v1/feedback"): 1_200,
    ("POST", "/feedback"): 1_200,
}


@dataclass(slots=True)
class _Window:
    ends: float
    used: int = 0


class ClientQuotas:
    """Counts requests by client and route in windows of fixed length.

    Parameters
    ----------
    a_minute
        How many of any other route; 0: nothing is limited.
    clock
        Seconds that only grow.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute, self._clock = a_minute, clock
        self._windows: dict[tuple[str, str, str], _Window] = {}

    def count(self, method: str, route: str, client: str) -> dict[str, str]:
        """Count a request; returns the headers that tell what is left.

        Raises
        ------
        LimitError
            429: the client used up what it may ask of this route.
        """
        if not self._a_minute:
            return {}
        hourly = _WRITING.get((method, route))
        most, window_s = (hourly, _HOUR_S) if hourly else (self._a_minute, _USUAL_S)
        now, key = self._clock(), (method, route, client)
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            self._make_room(now)
            window = self._windows[key] = _Window(now + window_s)
        left_s = max(1, round(window.ends - now))
        if window.used >= most:
            raise LimitError(
                f"Von Ihrem Anschluss kamen zu viele Anfragen. Bitte versuchen Sie es in {left_s} "
                "Sekunden noch einmal.",
                "client",
                most,
                window_s,
                left_s,
            )
        window.used += 1
        return {
            "RateLimit-Policy": f'"client";q={most};w={window_s}',
            "RateLimit": f'"client";r={most - window.used};t={left_s}',
        }

    def _make_room(self, now: float) -> None:
        if len(self._windows) < _MOST_CLIENTS:
            return
        self._windows = {key: w for key, w in self._windows.items() if w.ends > now}
        if len(self._windows) >= _MOST_CLIENTS:
            self._windows.clear()  # so many clients are an attack, and counting is not the defence


async def limit_client(request: Request) -> None:
    """Count a request before anything is done for it; the headers go with whatever is answered."""
    quotas: ClientQuotas = request.app.state.quotas
    route = getattr(request.scope.get("route"), "path", "other")
    address = request.client.host if request.client else ""
    request.state.quota = quotas.count(request.method, route, place(address))


def place(address: str) -> str:
    """Return what one client cannot change at will: an IPv4 address or an IPv6 prefix."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> (128 - _IPV6_PREFIX):x}/{_IPV6_PREFIX}"
