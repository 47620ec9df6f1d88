"""What is known before a request comes: bodies, past cooperations and ties between bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, csr_matrix

from data import Cooperation, LegalStatus, TaskArea
from matcher.known import reach
from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.forecast import Expectation, Forecast, make_targets
from matcher.known.matter import Reader
from matcher.known.patterns import Patterns, make_patterns, seen_among
from matcher.known.ties import Ties, among
from models import TextSpace
from models.derived import Derived, Part

SMALL_GROUP = 10  # members: in larger groups not all know each other; by judgement
Vectors = npt.NDArray[np.float32]


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
        (c, h) float32, 1 where the body takes part, where it carries the task out for others; of
        the h bodies of the Land, `Bodies.home`: of nobody else anything is known. Who may ask from
        beyond the border is looked up by `took_part` and `members_of`.
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
        derived: Derived | None = None,
        home: Bodies | None = None,
    ) -> Knowledge:
        """Build the state from all known cooperations, and learn to read texts from them.

        `derived` may keep what that takes longest for. Patterns are counted where cooperations are
        known: among the bodies of the Land, `home`, which are the first of all bodies.
        """
        place = {key: row for row, key in enumerate(bodies.keys)}
        rows = [np.array([place[key] for key in c.participants], np.int64) for c in cooperations]
        participation = np.zeros((len(rows), bodies.home.stop), np.float32)
        lead = np.zeros_like(participation)
        for index, (cooperation, members) in enumerate(zip(cooperations, rows, strict=True)):
            participation[index, members] = 1
            if cooperation.lead is not None:
                lead[index, place[cooperation.lead]] = 1
        patterns = make_patterns(home or bodies, rows)
        if home is not None:
            patterns = seen_among(patterns, bodies)
        known = cls(bodies, tuple(cooperations), patterns, requests, passages, participation, lead)
        return known.learn_to_read(derived)

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

    def learn_to_read(self, derived: Derived | None = None) -> Knowledge:
        """Return the same state with a reader made from the texts that it knows."""
        if self.requests is None or self.passages is None:
            return self
        requests = [cooperation.request for cooperation in self.cooperations]
        descriptions = [cooperation.description for cooperation in self.cooperations]
        space = TextSpace.fit(self.requests, self.passages, requests, descriptions, derived)

        def kernel() -> npt.NDArray[np.float64]:
            meaning, wording = space.compare_known()
            return (meaning + wording).astype(np.float64)

        made_of: list[Part] = [self.requests, self.passages, *requests, *descriptions]
        forecast = Forecast.fit(kernel, self.targets, self.patterns, derived, made_of)
        return replace(self, reader=Reader(space, forecast))

    @cached_property
    def targets(self) -> npt.NDArray[np.float64]:
        """(c, t) what a text is to foretell; see `forecast.make_targets`."""
        return make_targets(self.bodies, self.patterns, self.participation, self.lead)

    @cached_property
    def usual_km(self) -> Mapping[int, float]:
        """How far members lie from the middle one of their group, km, by kind; see `reach`."""
        return reach.usual_km(self)

    def usual(self, indices: Ints) -> Expectation:
        """Return what is usual among some cooperations: it stands in where there is no text."""
        unread, none = np.zeros((0, 0), np.float32), np.zeros(0)
        bins = {name: binning.count for name, binning in self.patterns.binnings.items()}
        return Forecast(bins, unread, none, self.targets).average(indices)

    def members_of(self, cooperations: npt.NDArray[Any], rows: Ints | None = None) -> Floats:
        """Return 1 where the body takes part in these cooperations: (m, n), or (m, rows)."""
        took_part: Floats = self.participation[cooperations]
        if rows is None:
            return self._everyone(took_part)
        known = rows < self.bodies.home.stop
        members = np.zeros((len(took_part), len(rows)), np.float32)
        members[:, known] = took_part[:, rows[known]]
        return members

    def took_part(self, row: int) -> Bools:
        """Return (c,) whether a body takes part."""
        return np.asarray(self.ties.took_part(np.array([row]))[0] > 0)

    @cached_property
    def ties(self) -> Ties:
        """Who took part with whom, read a row at a time."""
        return Ties(self.participation, self.patterns.size, len(self.bodies))

    def shared_with(self, rows: npt.ArrayLike) -> Floats:
        """Return (s, n) number of cooperations in which both take part; 0 with itself."""
        rows = np.asarray(rows, np.int64)
        together = np.asarray((self.ties.cooperations @ self.ties.took_part(rows).T).T)
        together[np.arange(len(rows)), rows] = 0
        return together

    @cached_property
    def led(self) -> csr_array:
        """(n, c) 1 where the body carries the cooperation's task out for others, sparse."""
        return csr_array(among(self.lead, len(self.bodies)).T)

    @cached_property
    def with_district(self) -> Bools:
        """(c,) whether a Kreis takes part."""
        return np.asarray(self.ties.members @ self.bodies.is_district.astype(np.float32) > 0)

    @cached_property
    def activity(self) -> Floats:
        """(n,) number of known cooperations of each body."""
        return np.asarray(np.diff(self.ties.cooperations.indptr), np.float32)

    def newest_of(self, row: int) -> Ints:
        """Return the indices of the cooperations of a body, the newest first."""
        mine = np.flatnonzero(self.took_part(row))
        return mine[np.argsort(self.years[mine], kind="stable")[::-1]]

    @cached_property
    def years(self) -> Ints:
        """(c,) start of each cooperation, 0 where unknown."""
        return np.array([c.start_year or 0 for c in self.cooperations], np.int64)

    @cached_property
    def areas(self) -> Floats:
        """(c, 31) one-hot task area of each cooperation."""
        table = np.zeros((len(self.cooperations), len(TaskArea)), np.float32)
        for row, cooperation in enumerate(self.cooperations):
            table[row, cooperation.task_area.row] = 1
        return table

    @cached_property
    def acquainted(self) -> csr_matrix:
        """(n, n) 1 where two bodies share a cooperation of at most `SMALL_GROUP` members."""
        small = csr_matrix(self.ties.members[self.patterns.size <= SMALL_GROUP])
        met = (small.T @ small).tolil()
        met.setdiag(0)
        met = met.tocsr()
        met.eliminate_zeros()
        met.data[:] = 1
        return met

    def common_acquaintances(self, row: int) -> Floats:
        """Return (n,) how many bodies each one and the body of this row are acquainted with."""
        return np.asarray((self.acquainted @ self.acquainted[row].T).toarray()[:, 0])

    @cached_property
    def area_activity(self) -> Floats:
        """(31, n) number of known cooperations of each body by task area."""
        return self._everyone(self.areas.T @ self.participation)

    @cached_property
    def area_experience(self) -> Floats:
        """(31, n) the same, each cooperation worth its `Ties.sharing`."""
        return self._everyone((self.areas.T * self.ties.sharing) @ self.participation)

    @cached_property
    def members_by_status(self) -> Floats:
        """(c, 6) number of members of each `LegalStatus`."""
        status = self.bodies.status[self.bodies.home]
        return np.asarray(self.participation @ np.eye(len(LegalStatus), dtype=np.float32)[status])

    def _everyone(self, table: npt.NDArray[Any]) -> Floats:
        """Return (k, n) of (k, h): nothing is known of who lies beyond the border."""
        everyone = np.zeros((len(table), len(self.bodies)), np.float32)
        everyone[:, : table.shape[1]] = table
        return everyone
