"""What is known before a request comes: bodies, past cooperations and ties between bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data import Cooperation, LegalStatus, TaskArea
from matcher.known.bodies import Bodies, Floats, Ints
from matcher.known.forecast import Expectation, Forecast, make_targets
from matcher.known.matter import Reader
from matcher.known.patterns import Patterns, make_patterns
from models import TextSpace

Vectors = npt.NDArray[np.float32]
_DIMENSIONS = 32  # of the embedding of ties; by judgement, not tuned


@dataclass(frozen=True)
class Knowledge:
    """The state from which requests are answered.

    `without` gives the state as if some cooperations were not known: that is how training and
    evaluation keep the answer out of the question.

    Attributes
    ----------
    bodies
        The n bodies.
    cooperations
        The c known cooperations.
    patterns
        Their histograms.
    requests, passages
        (c, d) float32 unit vectors of the request texts and of the descriptions, None without a
        text model.
    participation, lead
        (c, n) float32, 1 where the body takes part, where it carries the task out for others.
    reader
        Reads new texts; None without a text model, and in a state made by `without`.
    """

    bodies: Bodies
    cooperations: tuple[Cooperation, ...]
    patterns: Patterns
    requests: Vectors | None
    passages: Vectors | None
    participation: Floats
    lead: Floats
    reader: Reader | None = None

    @classmethod
    def of(
        cls,
        bodies: Bodies,
        cooperations: Sequence[Cooperation],
        requests: Vectors | None,
        passages: Vectors | None,
    ) -> Knowledge:
        """Build the state from all known cooperations, and learn to read texts from them."""
        rows = [bodies.keys.get_indexer(list(c.participants)) for c in cooperations]
        participation = np.zeros((len(rows), len(bodies)), np.float32)
        lead = np.zeros_like(participation)
        for index, (cooperation, members) in enumerate(zip(cooperations, rows, strict=True)):
            participation[index, members] = 1
            if cooperation.lead is not None:
                lead[index, bodies.keys.get_loc(cooperation.lead)] = 1
        patterns = make_patterns(bodies, [np.asarray(r, dtype=np.int64) for r in rows])
        known = cls(bodies, tuple(cooperations), patterns, requests, passages, participation, lead)
        return known.learn_to_read()

    def without(self, indices: Ints) -> Knowledge:
        """Return the state in which the cooperations with these indices are not known.

        It cannot read texts: `learn_to_read` does that where it is wanted, from what is left.
        """
        keep = np.setdiff1d(np.arange(len(self.cooperations)), indices)
        patterns = Patterns(
            self.patterns.binnings,
            {name: table[keep] for name, table in self.patterns.histograms.items()},
            self.patterns.size[keep],
            self.patterns.whole_district[keep],
        )
        return Knowledge(
            self.bodies,
            tuple(self.cooperations[index] for index in keep),
            patterns,
            None if self.requests is None else self.requests[keep],
            None if self.passages is None else self.passages[keep],
            self.participation[keep],
            self.lead[keep],
        )

    def learn_to_read(self) -> Knowledge:
        """Return the same state with a reader made from the texts that it knows."""
        if self.requests is None or self.passages is None:
            return self
        space = TextSpace.fit(
            self.requests,
            self.passages,
            [cooperation.request for cooperation in self.cooperations],
            [cooperation.description for cooperation in self.cooperations],
        )
        meaning, wording = space.compare_known()
        kernel = (meaning + wording).astype(np.float64)
        return replace(
            self, reader=Reader(space, Forecast.fit(kernel, self.targets, self.patterns))
        )

    @cached_property
    def targets(self) -> npt.NDArray[np.float64]:
        """(c, t) what a text is to foretell; see `forecast.make_targets`."""
        return make_targets(self.bodies, self.patterns, self.participation, self.lead)

    def usual(self, indices: Ints) -> Expectation:
        """Return what is usual among some cooperations: it stands in where there is no text."""
        nothing = np.zeros((0, 0))
        bins = {name: binning.count for name, binning in self.patterns.binnings.items()}
        return Forecast(bins, nothing, nothing, nothing, self.targets).average(indices)

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
        table = np.zeros((len(self.cooperations), len(TaskArea)), np.float32)
        for row, cooperation in enumerate(self.cooperations):
            table[row, cooperation.task_area.row] = 1
        return table

    @cached_property
    def area_activity(self) -> Floats:
        """(31, n) number of known cooperations of each body by task area."""
        return np.asarray(self.areas.T @ self.participation, np.float32)

    @cached_property
    def close_to_neighbours(self) -> Floats:
        """(n, n) ties between the row's surroundings and the column: who works with my neighbours.

        Kernel smoothing of `close` over the row's place (Nadaraya-Watson, `Bodies.vicinity`).
        """
        return np.asarray(self.bodies.vicinity @ self.close, np.float32)

    @cached_property
    def between_surroundings(self) -> Floats:
        """(n, n) ties between the surroundings of the row and those of the column."""
        return np.asarray(self.close_to_neighbours @ self.bodies.vicinity.T, np.float32)

    @cached_property
    def walk(self) -> Floats:
        """(n, n) chance to come from row to column in up to three steps over ties.

        Random walk with restart at 0.5 a step, cut after three (Liben-Nowell and Kleinberg 2007,
        The link-prediction problem for social networks).
        """
        total = np.maximum(self.close.sum(axis=1, keepdims=True), 1e-9)
        step = self.close / total
        twice = step @ step
        return np.asarray(0.5 * step + 0.25 * twice + 0.125 * (twice @ step), np.float32)

    @cached_property
    def members_by_status(self) -> Floats:
        """(c, 6) number of members of each `LegalStatus`."""
        return np.asarray(
            self.participation @ np.eye(len(LegalStatus), dtype=np.float32)[self.bodies.status]
        )

    @cached_property
    def embedding(self) -> Floats:
        """(n, 32) position of each body in the graph of ties.

        Leading eigenvectors of the normalised co-participation matrix, as in spectral clustering
        (Ng, Jordan and Weiss 2001), scaled by the square root of their eigenvalues.
        """
        share = self.participation / np.sqrt(np.maximum(self.patterns.size, 1))[:, None]
        share = share / np.sqrt(np.maximum(self.activity, 1))[None, :]
        graph = (share.T @ share).astype(np.float64)
        np.fill_diagonal(graph, 0)
        values, vectors = np.linalg.eigh(graph)
        top = np.argsort(-values)[:_DIMENSIONS]
        return np.asarray(vectors[:, top] * np.sqrt(np.maximum(values[top], 0)), np.float32)
