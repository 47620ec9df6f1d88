"""A searcher and a candidate: what sentences and evidence are told about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data import TaskArea
from matcher.directory import Body, Directory
from matcher.features import Query
from matcher.known.bodies import Bodies
from matcher.known.knowledge import Knowledge


@dataclass(frozen=True)
class Pair:
    """A searcher and a candidate, with all that is known about them and the task area.

    `searcher` and `candidate` are rows of bodies.
    """

    directory: Directory
    knowledge: Knowledge
    query: Query
    searcher: int
    candidate: int
    area: TaskArea | None = None

    @property
    def bodies(self) -> Bodies:
        """The arrays over all bodies."""
        return self.knowledge.bodies

    @property
    def mine(self) -> Body:
        """The searcher."""
        return self.directory.bodies[self.searcher]

    @property
    def theirs(self) -> Body:
        """The candidate."""
        return self.directory.bodies[self.candidate]

    @cached_property
    def shared(self) -> list[int]:
        """Indices of cooperations in which both take part, the newest first."""
        took_part = self.knowledge.participation
        both = np.flatnonzero(took_part[:, self.searcher] * took_part[:, self.candidate])
        years = [self.knowledge.cooperations[index].start_year or 0 for index in both]
        return [int(both[i]) for i in np.argsort(years, kind="stable")[::-1]]
