"""Admission control: each class of work has places of its own, and says at once when it is full.

Without it everything waits behind everything: a name that is found in a millisecond behind a
ranking, and a ranking behind all that came before, until nobody is served in time. Here a request
that would wait longer than people do is sent away at its arrival, with 503 and Retry-After, while
those admitted are served at their usual pace (Little's law: the wait is the queue's length times
the time one takes, divided by the places).
"""

from __future__ import annotations

import asyncio
import inspect
import math
import os
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from enum import Enum
from typing import Any, TypeVar

from fastapi import Request

from service.problems import ProblemError

_QUEUED_AT_MOST_S = 5.0
_FIRST_GUESS_S = 0.05
_WEIGHT = 0.2  # of the newest in the running mean of how long one takes
_BUSY = "Der Dienst ist gerade ausgelastet. Bitte in einigen Sekunden noch einmal versuchen."
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Work(Enum):
    """A class of work: whose places it takes, and how long it may be expected to wait.

    What merely helps while one types gives way: who searches goes before it, and where it would
    wait it leaves the text model to them and answers from words alone, at a place of its own.
    Who searches waits a moment longer: a burst that is over in half a second turns nobody away.
    """

    RANKING = ("ranking", 0.6)
    HINTS = ("ranking", 0.1, True)
    GLANCES = ("glances", 0.25)
    STORED = ("stored", 1.0)
    PAGES = ("pages", 0.4)

    def __init__(self, room: str, patience_s: float, gives_way: bool = False) -> None:
        self.room, self.patience_s, self.gives_way = room, patience_s, gives_way


class Room:
    """Places for one kind of work, and the queue before them.

    Parameters
    ----------
    places
        How much of it goes on at once.
    """

    def __init__(self, places: int) -> None:
        self._places = self._free = places
        # A search finds a place, or waits for another search: those who give way leave one.
        self._for_giving_way = max(1, places - 1)
        # Those who go first, and those who give way; each in the order of arrival.
        self._queues: tuple[deque[asyncio.Future[None]], ...] = (deque(), deque())
        self._entered: dict[object, float] = {}  # since when
        self._mean_s = _FIRST_GUESS_S

    def expected_wait_s(self, gives_way: bool = False) -> float:
        """Return how long one would wait who came now, in seconds; 0 where a place is free."""
        ahead = sum(map(len, self._queues[: gives_way + 1])) + 1 - self._free
        if self._admits(gives_way) and ahead <= 0:
            return 0.0
        # What still goes on takes at least as long as it has: sudden slowness is seen at once, and
        # one that is slow counts once, not for all who wait.
        now = time.perf_counter()
        late_s = sum(max(0.0, now - since - self._mean_s) for since in self._entered.values())
        return (max(1, ahead) * self._mean_s + late_s) / self._places

    @asynccontextmanager
    async def place(self, patience_s: float, gives_way: bool = False) -> AsyncIterator[None]:
        """Take a place, in the order of arrival.

        Parameters
        ----------
        patience_s
            For how long one may be expected to wait.
        gives_way
            Let all go first who do not, and wait no longer than that in truth either.

        Raises
        ------
        ProblemError
            503 with Retry-After: one would wait longer.
        """
        wait_s = self.expected_wait_s(gives_way)
        if wait_s > patience_s:
            raise _busy(wait_s)
        # The guess can be wrong where work gets stuck: nobody waits for ever.
        await self._enter(gives_way, patience_s if gives_way else _QUEUED_AT_MOST_S)
        visit = object()
        self._entered[visit] = time.perf_counter()
        try:
            yield
        finally:
            took_s = time.perf_counter() - self._entered.pop(visit)
            self._mean_s += _WEIGHT * (took_s - self._mean_s)
            self._leave(gives_way)

    async def _enter(self, gives_way: bool, most_s: float) -> None:
        if self._admits(gives_way):
            self._take(gives_way)
            return
        queue = self._queues[gives_way]
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            async with asyncio.timeout(most_s):
                await turn
        except BaseException as error:
            if not turn.cancelled():  # let in at the moment of giving up
                self._leave(gives_way)
            if isinstance(error, TimeoutError):
                raise _busy(most_s) from None
            raise
        finally:
            if turn in queue:
                queue.remove(turn)

    def _admits(self, gives_way: bool) -> bool:
        return self._free > 0 and (not gives_way or self._for_giving_way > 0)

    def _take(self, gives_way: bool) -> None:
        self._free -= 1
        self._for_giving_way -= gives_way

    def _leave(self, gives_way: bool) -> None:
        """Give a place back, and to the next."""
        self._free += 1
        self._for_giving_way += gives_way
        for next_gives_way, queue in enumerate(self._queues):
            while queue and self._admits(bool(next_gives_way)):
                turn = queue.popleft()
                if not turn.cancelled():  # who gave up at this moment has not yet left the queue
                    self._take(bool(next_gives_way))
                    turn.set_result(None)


class Admission:
    """The rooms of one application.

    All places together stay below the 40 threads that the framework has, so that none is ever
    waited for: files and liveness find one however many others are busy.
    """

    def __init__(self) -> None:
        # Ranking computes: with more at once than cores each only takes longer.
        self._rooms = {
            "ranking": Room(_cores()),
            "glances": Room(1),
            "stored": Room(8),
            "pages": Room(8),
        }

    def place(self, work: Work) -> AbstractAsyncContextManager[None]:
        """Take a place for a class of work; ProblemError 503 where the wait would be too long."""
        return self._rooms[work.room].place(work.patience_s, work.gives_way)


_DECLARED: dict[Callable[..., Any], Work] = {}


def is_work(work: Work) -> Callable[[Endpoint], Endpoint]:
    """Declare the class of an endpoint that is not that of its router (stands below the route)."""

    def declare(endpoint: Endpoint) -> Endpoint:
        _DECLARED[endpoint] = work
        return endpoint

    return declare


def admitted(default: Work) -> Callable[[Request], AsyncIterator[None]]:
    """Return the dependency that admits requests of a router.

    Parameters
    ----------
    default
        Class of its endpoints that declare none. Those that are `async` need no place: they take no
        thread, and do nothing that one would wait for.
    """

    async def admit(request: Request) -> AsyncIterator[None]:
        endpoint = request.scope["endpoint"]
        if endpoint not in _DECLARED and inspect.iscoroutinefunction(endpoint):
            yield
            return
        work = _DECLARED.get(endpoint, default)
        admission: Admission = request.app.state.admission
        async with AsyncExitStack() as visit:
            try:
                await visit.enter_async_context(admission.place(work))
            except ProblemError:
                if work is not Work.HINTS:
                    raise
                request.state.hurried = True
                await visit.enter_async_context(admission.place(Work.GLANCES))
            yield

    return admit


def is_hurried(request: Request) -> bool:
    """Return whether a request was admitted for an answer from words alone."""
    return bool(getattr(request.state, "hurried", False))


def _busy(wait_s: float) -> ProblemError:
    return ProblemError(503, _BUSY, headers={"Retry-After": str(max(1, math.ceil(wait_s)))})


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
