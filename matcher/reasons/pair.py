"""A searcher and a candidate: what sentences are told about, whatever the matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from matcher.directory import Body, Directory
from matcher.known.bodies import Bodies, Ints
from matcher.known.knowledge import Knowledge

_SEARCHERS = 32  # whose pairs are remembered: about 1 MB each once all is told about them


@dataclass(frozen=True)
class Company:
    """Whom a body keeps company with: counted for all candidates at once.

    `row` is that of the body.
    """

    knowledge: Knowledge
    row: int

    @cached_property
    def cooperations(self) -> Ints:
        """Indices of its known cooperations, the newest first."""
        return self.knowledge.newest_of(self.row)

    @cached_property
    def relations(self) -> list[int]:
        """How each body stands to it, (n,) `Relation`."""
        return list(self.knowledge.bodies.relation[self.row].tolist())

    @cached_property
    def common_acquaintances(self) -> list[int]:
        """How many bodies it and each other one are both acquainted with, (n,)."""
        return list(self.knowledge.common_acquaintances(self.row).astype(int).tolist())

    @cached_property
    def neighbours(self) -> frozenset[int]:
        """Rows of the bodies of its kind that border on it."""
        return frozenset(self.knowledge.bodies.neighbours(self.row).tolist())

    @cached_property
    def tied_neighbours(self) -> list[int]:
        """How many of them share a known cooperation with each body, (n,)."""
        tied = self.knowledge.shared_with(sorted(self.neighbours)) > 0
        return list(tied.sum(axis=0).tolist())


@dataclass(frozen=True)
class Pair:
    """A searcher and a candidate, with all that is known about them.

    `searcher` and `candidate` are rows of bodies; `told` remembers sentences by their code.
    """

    directory: Directory
    company: Company
    candidate: int
    told: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.company.knowledge

    @property
    def searcher(self) -> int:
        """Row of the body that searches."""
        return self.company.row

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

    @property
    def relation(self) -> int:
        """How the candidate stands to the searcher, `Relation`."""
        return self.company.relations[self.candidate]

    @cached_property
    def shared(self) -> list[int]:
        """Indices of cooperations in which both take part, the newest first."""
        mine = self.company.cooperations
        both = self.knowledge.took_part(self.candidate)[mine]
        return [int(index) for index in mine[both]]


@dataclass(frozen=True)
class Pairs:
    """Makes pairs, and remembers those of the searchers that asked last with all that was told.

    What is told about two bodies mostly does not depend on the matter; who asks again hears it
    without its being worked out again.
    """

    directory: Directory
    knowledge: Knowledge

    def of(self, searcher: int, candidates: Iterable[Any]) -> list[Pair]:
        """Return the pairs of a searcher with candidates, all of them rows of bodies."""
        company, known = self._of(searcher)
        pairs = []
        for row in map(int, candidates):
            pair = known.get(row)
            if pair is None:
                pair = known[row] = Pair(self.directory, company, row)
            pairs.append(pair)
        return pairs

    @cached_property
    def _of(self) -> Any:
        def start(searcher: int) -> tuple[Company, dict[int, Pair]]:
            return Company(self.knowledge, searcher), {}

        return lru_cache(_SEARCHERS)(start)
