"""What sentences about an answer need besides it: names, records and the arrays of bodies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data import Cooperation
from matcher import Body, Directory, Matcher, MatchResult
from matcher.known.knowledge import Knowledge


@dataclass(frozen=True)
class Background:
    """An answer among all that is known.

    Attributes
    ----------
    result
        The answer.
    directory, knowledge
        All bodies, and what is known of them.
    """

    result: MatchResult
    directory: Directory
    knowledge: Knowledge

    @classmethod
    def of(cls, result: MatchResult, matcher: Matcher) -> Background:
        """Put an answer beside what it was made from."""
        return cls(result, matcher.directory, matcher.knowledge)

    @property
    def searcher(self) -> Body:
        """The searching body."""
        return self.directory[self.result.body]

    @cached_property
    def records(self) -> dict[str, Cooperation]:
        """Known cooperations by their id."""
        return {c.id: c for c in self.knowledge.cooperations}

    def nearest(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return others as the searcher knows them: partners first, then by distance."""
        mine = self.searcher.row
        shared = self.knowledge.shared_with(np.array([mine]))[0]
        km = self.knowledge.bodies.seat_km[mine]
        rows = {key: self.directory[key].row for key in keys if key in self.directory}
        rows.pop(self.result.body, None)
        return tuple(sorted(rows, key=lambda key: (shared[rows[key]] == 0, km[rows[key]])))

    def said(self, key: str, case: Callable[[Body], str]) -> str:
        """Return a body in a case of `body_article`; a key that is no longer known as it is."""
        body = self.directory.get(key)
        return self.directory.name(key) if body is None else case(body)

    def names(
        self,
        keys: tuple[str, ...],
        case: Callable[[Body], str],
        most: int = 2,
        rest: str = "weitere",
    ) -> str:
        """Return names for a sentence: "Werl, Soest und 3 weitere"; behind "mit" "weiteren"."""
        found = [self.said(key, case) for key in keys]
        if len(found) > most + 1:
            return f"{', '.join(found[:most])} und {len(found) - most} {rest}"
        return " und ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]
