"""How many open searches found partners: counts, handed in by whoever composes the service."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from matcher.german import count, number, percent

LEAST_ANSWERS = 5
"""Below this a rate would tell of single searches."""


class SuccessRate(Struct, frozen=True):
    """Counts answers to "Partner gefunden?": (answered, found), None where they are not known."""

    counts: Callable[[], tuple[int, int] | None]

    def sentence(self) -> str:
        """Return the rate in a German sentence, or that it is too early for one."""
        counted = self.counts()
        if counted is None:
            return "Die Antworten sind gerade nicht lesbar."
        answered, found = counted
        if answered < LEAST_ANSWERS:
            return (
                f"Bisher gibt es {count(answered, 'Antwort', 'Antworten')}; ab "
                f"{number(LEAST_ANSWERS)} Antworten steht hier, wie viele Partner fanden."
            )
        return (
            f"Von {number(answered)} beantworteten Gesuchen fanden {number(found)} Partner "
            f"({percent(found / answered)})."
        )
