"""What a fault did, as the report tells it, and the list of all faults."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WAIT_S = 90.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one fault did.

    Attributes
    ----------
    fault
        What was done.
    seen
        What users saw meanwhile, measured.
    lost
        What was acknowledged and is gone; "nothing" where it was looked for and is there.
    recovery_s
        Seconds until all was as before; None where nothing had to recover.
    held
        Whether what was seen and lost is what the service promises.
    """

    fault: str
    seen: str
    lost: str
    recovery_s: float | None
    held: bool


Findings = Iterator[Finding]
Scenario = Callable[[Path], Findings]
SCENARIOS: list[Scenario] = []


def scenario(function: Scenario) -> Scenario:
    """Add a scenario to the report: it gets an empty folder and yields what it found."""
    SCENARIOS.append(function)
    return function


def until(condition: Callable[[], bool], within_s: float = WAIT_S) -> float | None:
    """Wait for a condition; returns the seconds that took, None where it never came."""
    before = time.monotonic()
    while not condition():
        if time.monotonic() - before > within_s:
            return None
        time.sleep(0.05)
    return time.monotonic() - before


class Stopwatch:
    """Seconds that something took."""

    seconds = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Measure what is done inside."""
    watch, before = Stopwatch(), time.monotonic()
    yield watch
    watch.seconds = time.monotonic() - before
