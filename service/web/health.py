"""How each part of the service is: asked side by side, remembered for seconds, never waited for.

A part that does not answer must not keep readiness from answering: each is asked by a thread of
its own, and one that takes too long is "unreachable" until it comes back.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

_PATIENCE_S = 2.0
_LOOK_EVERY_S = 0.01


class PartHealth(BaseModel):
    """One part: "ok" or a code that says what is wrong with it, and its version."""

    status: str
    version: str | None = None


Check = Callable[[], PartHealth]


@dataclass(slots=True)
class _Asked:
    check: Check
    keep_s: float
    answer: PartHealth | None = None
    at: float = 0.0
    thread: threading.Thread | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self) -> threading.Thread | None:
        """Begin to ask unless the last answer is fresh; returns what to wait for."""
        with self.lock:
            fresh = self.answer is not None and time.monotonic() - self.at < self.keep_s
            if fresh or (self.thread is not None and self.thread.is_alive()):
                return None if fresh else self.thread
            self.thread = threading.Thread(target=self._run, name="ikz-health", daemon=True)
            self.thread.start()
            return self.thread

    def _run(self) -> None:
        try:
            answer = self.check()
        except Exception:  # whatever it is: the part does not do what it is for
            answer = PartHealth(status="unreachable")
        with self.lock:
            self.answer, self.at = answer, time.monotonic()

    def told(self) -> PartHealth:
        with self.lock:
            late = self.thread is not None and self.thread.is_alive()
            return PartHealth(status="unreachable") if late or not self.answer else self.answer


class Health:
    """The parts that can fail while the service runs.

    Parameters
    ----------
    checks
        Name of a part -> how to ask it, and for how many seconds its answer is kept.
    """

    def __init__(self, checks: Mapping[str, tuple[Check, float]]) -> None:
        self._parts = {name: _Asked(check, keep_s) for name, (check, keep_s) in checks.items()}

    async def parts(self) -> dict[str, PartHealth]:
        """Ask all parts side by side and return how they are, within two seconds or so."""
        threads = [thread for part in self._parts.values() if (thread := part.ask())]
        until = time.monotonic() + _PATIENCE_S
        # No thread of the framework waits here: many who ask at once would take them all.
        while any(thread.is_alive() for thread in threads) and time.monotonic() < until:
            await asyncio.sleep(_LOOK_EVERY_S)
        return {name: part.told() for name, part in self._parts.items()}
