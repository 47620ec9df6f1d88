"""Whether a cooperation is known already, under another title perhaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from data.cooperations import Cooperation
from data.names import normalize

# Likeness of titles, of 100, whatever the order of their words: alone, and from the same page.
_SAME_TITLE = 90.0
_SAME_PAGE = 85.0


class Doubles:
    """Cooperations by their participants.

    Two records are one cooperation where the same bodies take part and the titles agree in their
    words; less of agreement is asked where both come from one page, which may document several.
    """

    def __init__(self, cooperations: Iterable[Cooperation]) -> None:
        self._by_bodies: dict[frozenset[str], list[Cooperation]] = defaultdict(list)
        for cooperation in cooperations:
            self.add(cooperation)

    def add(self, cooperation: Cooperation) -> None:
        """Count a cooperation as known."""
        self._by_bodies[frozenset(cooperation.participants)].append(cooperation)

    def find(self, cooperation: Cooperation) -> Cooperation | None:
        """Return the known cooperation that this one repeats, or None."""
        return next(
            (
                known
                for known in self._by_bodies.get(frozenset(cooperation.participants), [])
                if _same(known, cooperation)
            ),
            None,
        )


def _same(first: Cooperation, second: Cooperation) -> bool:
    same_page = first.task_area is second.task_area and first.source_url == second.source_url
    likeness = fuzz.token_sort_ratio(normalize(first.title), normalize(second.title))
    return likeness >= (_SAME_PAGE if same_page else _SAME_TITLE)
