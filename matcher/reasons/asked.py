"""A matter as sentences and evidence see it: worked out once for all candidates of a search."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from data import TaskArea
from matcher.features import Query
from matcher.known.bodies import Bools, Ints
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge
from matcher.result import Evidence

_NEAR = 10  # of the most similar cooperations: those that a sentence counts


@dataclass(frozen=True)
class Asked:
    """What a searcher asks.

    Attributes
    ----------
    knowledge, query
        What is known, and the matter.
    searcher
        Row of the body that asks.
    area
        The task area of the answer, None where it has none.
    told
        Sentences that were told already.
    """

    knowledge: Knowledge
    query: Query
    searcher: int
    area: TaskArea | None = None
    told: dict[tuple[str, Hashable], str] = field(default_factory=dict, compare=False)

    @cached_property
    def with_relation(self) -> list[float]:
        """Share of the similar cooperations in which a body of each `Relation` takes part."""
        side = int(self.knowledge.bodies.side[self.searcher])
        similar = self.query.similar
        table = self.knowledge.patterns.histograms["relation"][similar.indices, side]
        return [float(share) for share in similar.weight @ (table > 0)]

    @cached_property
    def mine(self) -> Bools:
        """(c,) whether the searcher takes part."""
        return self.knowledge.took_part(self.searcher)

    @cached_property
    def members_foretold(self) -> float:
        """How many members the words foretell."""
        return float(np.exp(self.query.expectation.scalars[SCALARS.index("log_size")]))

    @cached_property
    def nearest(self) -> Ints:
        """Indices of the most similar cooperations, ten at most."""
        return self.query.similar.indices[:_NEAR]

    @cached_property
    def took_part(self) -> list[int]:
        """In how many of `nearest` each body takes part, (n,)."""
        return list(self.knowledge.members_of(self.nearest).sum(axis=0).astype(int).tolist())

    @cached_property
    def in_area(self) -> TaskArea:
        """The task area of the answer, else the likeliest."""
        return self.area or TaskArea.at(int(self.query.areas.argmax()))

    @cached_property
    def known_in_field(self) -> list[int]:
        """How many cooperations of each body in that area are known, (n,)."""
        return list(self.knowledge.area_activity[self.in_area.row].astype(int).tolist())

    def by_weight(self, indices: Ints) -> Ints:
        """Order cooperations: those of the searcher, then those that run, then the most alike."""
        ended, foreign = self.knowledge.ended[indices], ~self.mine[indices]
        return indices[np.lexsort((-self.query.likeness[indices], ended, foreign))]

    def entry(self, index: int) -> Evidence:
        """Return a known cooperation as it is shown; no likeness without a text model."""
        cooperation = self.knowledge.cooperations[index]
        alike = None if self.knowledge.reader is None else float(self.query.likeness[index])
        return Evidence(
            cooperation=cooperation.id,
            title=cooperation.title,
            similarity=alike,
            year=cooperation.start_year,
            source_url=cooperation.source_url,
            shared=bool(self.mine[index]),
            status=cooperation.status.value,
        )
