"""What is known before a request comes: bodies, past cooperations and ties between bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import faiss
import numpy as np
import numpy.typing as npt

from data import Cooperation, TaskArea
from matcher.landscape import Floats, Ints, Landscape
from matcher.patterns import Patterns, make_patterns

Vectors = npt.NDArray[np.float32]
_AREAS = {area: row for row, area in enumerate(TaskArea)}


@dataclass(frozen=True)
class Knowledge:
    """The state from which requests are answered.

    `without` gives the state as if some cooperations were not known: that is how training and
    evaluation keep the answer out of the question.

    Attributes
    ----------
    land
        The n bodies.
    cooperations
        The c known cooperations.
    patterns
        Their histograms.
    passages
        (c, d) float32 unit vectors of the descriptions, None without a text model.
    participation, lead
        (c, n) float32, 1 where the body takes part, where it carries the task out for others.
    """

    land: Landscape
    cooperations: tuple[Cooperation, ...]
    patterns: Patterns
    passages: Vectors | None
    participation: Floats
    lead: Floats

    @classmethod
    def of(
        cls, land: Landscape, cooperations: Sequence[Cooperation], passages: Vectors | None
    ) -> Knowledge:
        """Build the state from all known cooperations."""
        rows = [land.keys.get_indexer(list(c.participants)) for c in cooperations]
        participation = np.zeros((len(rows), len(land)), np.float32)
        lead = np.zeros_like(participation)
        for index, (cooperation, members) in enumerate(zip(cooperations, rows, strict=True)):
            participation[index, members] = 1
            if cooperation.lead is not None:
                lead[index, land.keys.get_loc(cooperation.lead)] = 1
        patterns = make_patterns(land, [np.asarray(r, dtype=np.int64) for r in rows])
        return cls(land, tuple(cooperations), patterns, passages, participation, lead)

    def without(self, indices: Ints) -> Knowledge:
        """Return the state in which the cooperations with these indices are not known."""
        keep = np.setdiff1d(np.arange(len(self.cooperations)), indices)
        patterns = Patterns(
            self.patterns.binnings,
            {name: table[keep] for name, table in self.patterns.histograms.items()},
            self.patterns.size[keep],
            self.patterns.whole_district[keep],
        )
        return Knowledge(
            self.land,
            tuple(self.cooperations[index] for index in keep),
            patterns,
            None if self.passages is None else self.passages[keep],
            self.participation[keep],
            self.lead[keep],
        )

    @cached_property
    def index(self) -> faiss.IndexFlatIP:
        """Exact inner-product index over `passages`; needs them."""
        assert self.passages is not None
        index = faiss.IndexFlatIP(self.passages.shape[1])
        index.add(np.ascontiguousarray(self.passages))
        return index

    @cached_property
    def shared(self) -> Floats:
        """(n, n) number of cooperations in which both take part; 0 on the diagonal."""
        together = self.participation.T @ self.participation
        np.fill_diagonal(together, 0)
        return together

    @cached_property
    def close(self) -> Floats:
        """(n, n) ties weighted by 1 / (group size - 1): a pair counts more than a crowd.

        Newman (2001), Scientific collaboration networks II, eq. 2.
        """
        weight = 1 / np.maximum(self.patterns.size - 1, 1)
        together = (self.participation * weight[:, None]).T @ self.participation
        np.fill_diagonal(together, 0)
        return np.asarray(together, np.float32)

    @cached_property
    def activity(self) -> Floats:
        """(n,) number of known cooperations of each body."""
        return np.asarray(self.participation.sum(axis=0), np.float32)

    @cached_property
    def common_partners(self) -> Floats:
        """(n, n) Adamic-Adar index: common partners, rare ones counting more.

        Adamic and Adar (2003), Friends and neighbors on the web.
        """
        linked = (self.shared > 0).astype(np.float32)
        degree = linked.sum(axis=0)
        weight = 1 / np.log(np.maximum(degree, 2))
        return np.asarray((linked * weight) @ linked, np.float32)

    @cached_property
    def areas(self) -> Floats:
        """(c, 31) one-hot task area of each cooperation."""
        table = np.zeros((len(self.cooperations), len(_AREAS)), np.float32)
        for row, cooperation in enumerate(self.cooperations):
            table[row, _AREAS[cooperation.task_area]] = 1
        return table

    @cached_property
    def area_activity(self) -> Floats:
        """(31, n) number of known cooperations of each body by task area."""
        return np.asarray(self.areas.T @ self.participation, np.float32)
