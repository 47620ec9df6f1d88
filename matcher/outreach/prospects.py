"""All that groups are proposed from: what is covered, the signals, and what was learned of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from data.matters import Matter, Matters
from matcher.known.bodies import Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.outreach.covered import Covered
from matcher.outreach.odds import PAIR, SIGNALS, Odds, Signals, learn, make_signals, open_pairs
from matcher.outreach.shape import LARGEST

_PRIOR = 2.0  # cooperations of the Land by which a matter with few of them is judged
FEWEST = 3
"""Cooperations of a matter that must be known to run before it is proposed: as many as a line
cites. Who is called wants to hear of somebody who does it."""
# By judgement: share of a matter's cooperations in which one does it for the others; then somebody
# has to. From 0.5 on, fewer of the groups that are found came true on T = 2015 to 2022.
_FOR_OTHERS = 0.75
FIT = (*PAIR, "kreis_matter")
NEED = ("peers", "size_class")
EVIDENCE = tuple(name for name in SIGNALS if name not in (*FIT, *NEED))
_COLUMNS = [[SIGNALS.index(name) for name in names] for names in (FIT, NEED, EVIDENCE)]


@dataclass(frozen=True)
class Prospects:
    """What is known and learned at one moment.

    Attributes
    ----------
    covered, signals, odds
        See there.
    now
        The year of the moment.
    """

    covered: Covered
    signals: Signals
    odds: Odds
    now: int

    @classmethod
    def of(
        cls,
        knowledge: Knowledge,
        matters: Matters,
        now: int | None = None,
        odds: Odds | None = None,
    ) -> Prospects:
        """Read all signals; learn from the past, unless that was done.

        Parameters
        ----------
        knowledge, matters
            The state to propose from.
        now
            Its year; default that of the newest beginning on record.
        odds
            What was learned before: one more record changes it too little to learn anew.
        """
        now = int(knowledge.years.max(initial=0)) if now is None else now
        odds = learn(knowledge, matters, now) if odds is None else odds
        covered = Covered.find(knowledge, matters)
        return cls(covered, make_signals(covered, now), odds, now)

    @property
    def matters(self) -> tuple[Matter, ...]:
        """The matters, by row."""
        return self.covered.matters

    @property
    def knowledge(self) -> Knowledge:
        """The state."""
        return self.covered.knowledge

    def table(self, matter: int, score: Floats | None = None) -> Floats:
        """Return (n, n) log-odds of the open pairs of a matter, symmetric; -inf for all others.

        Parameters
        ----------
        matter
            Row of the matter.
        score
            (p,) other scores of the pairs, those of a rule; default the log-odds learned.
        """
        score = self.odds.score(self.signals, matter) if score is None else score
        size = len(self.knowledge.bodies.keys)
        table = np.full((size, size), -np.inf, np.float32)
        openly = open_pairs(self.covered, self.signals, matter)
        first, second = self.signals.first[openly], self.signals.second[openly]
        table[first, second] = table[second, first] = score[openly]
        return table

    @cached_property
    def place(self) -> Ints:
        """(n, n) position of a pair in the signals, -1 where it is not looked at."""
        size = len(self.knowledge.bodies.keys)
        place = np.full((size, size), -1, np.int64)
        order = np.arange(len(self.signals.first))
        place[self.signals.first, self.signals.second] = order
        place[self.signals.second, self.signals.first] = order
        return place

    def rows(self, matter: int, bodies: tuple[int, ...]) -> npt.NDArray[np.float64] | None:
        """Return (pairs, 11) the signals of all pairs of a group; None where one is too far."""
        pairs = self.pairs(bodies)
        if (pairs < 0).any():
            return None
        return self.signals.rows(np.full(len(pairs), matter), pairs)

    def pairs(self, bodies: tuple[int, ...]) -> Ints:
        """Return the positions of all pairs of a group in the signals, -1 where too far apart."""
        pairs = list(combinations(bodies, 2))
        return np.array([self.place[pair] for pair in pairs], np.int64)

    def split(self, signals: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return (k, 3) what signals contribute to fit, need and evidence, with the base."""
        each = signals * self.odds.weights
        parts = np.stack([each[:, columns].sum(axis=1) for columns in _COLUMNS], axis=1)
        parts[:, 2] += self.odds.base
        return parts

    @cached_property
    def usual_size(self) -> Floats:
        """(m,) geometric mean of the members of a matter's cooperations of at most eight."""
        size = self.knowledge.participation[:, ~self.knowledge.bodies.is_association].sum(axis=1)
        small = (size >= 2) & (size <= LARGEST)
        logs = np.asarray(np.log(np.maximum(size, 1)), np.float64)
        return np.exp(self._mean(logs, np.asarray(small)))

    @cached_property
    def with_kreis(self) -> Floats:
        """(m,) share of a matter's cooperations in which a Kreis takes part."""
        has = self.knowledge.participation[:, self.knowledge.bodies.is_district].any(axis=1)
        everyone = np.ones(len(self.knowledge.cooperations), np.bool_)
        return self._mean(np.asarray(has, np.float64), everyone)

    @cached_property
    def proposed(self) -> tuple[int, ...]:
        """Rows of the matters that an office would call about, and that enough are known to do."""
        running = self.covered.running
        return tuple(
            row
            for row, matter in enumerate(self.matters)
            if matter.proposed and running[row] >= FEWEST
        )

    def one_carries(self, matter: int, bodies: Sequence[int]) -> bool:
        """Tell whether one of a group could do a matter for all others, or nobody has to.

        Where it is mostly done so, one has to be no smaller than all who are known to do it, and
        the others no larger than all who are known to let it be done. Each Kreis could do it.
        """
        if not self._for_others[matter]:
            return True
        least, most = self._sizes[matter]
        size, places = self.knowledge.bodies.log_population, self.knowledge.bodies.is_municipality
        large = [body for body in bodies if places[body] and size[body] > most]
        could = [body for body in bodies if not places[body] or size[body] >= least]
        return any(all(other == body for other in large) for body in could)

    @cached_property
    def _for_others(self) -> Bools:
        """(m,) whether one does the matter for the others in most of its cooperations."""
        led = self.knowledge.lead.any(axis=1)
        share = np.bincount(self.covered.of[led], minlength=len(self.matters)) / np.maximum(
            self.count, 1
        )
        return np.asarray((share >= _FOR_OTHERS) & (self.count >= FEWEST))

    @cached_property
    def _sizes(self) -> Floats:
        """(m, 2) log inhabitants that one who does it needs, and that one who lets it may have."""
        knowledge, bodies = self.knowledge, self.knowledge.bodies
        places, size = np.asarray(bodies.is_municipality), np.asarray(bodies.log_population)
        sizes = np.empty((len(self.matters), 2), np.float32)
        for row in range(len(self.matters)):
            lead = knowledge.lead[self.covered.of == row].any(axis=0) & places
            lets = (self.covered.buys[row] > 0) & places
            sizes[row] = size[lead].min(initial=np.inf), size[lets].max(initial=-np.inf)
        return sizes

    @cached_property
    def count(self) -> Ints:
        """(m,) known cooperations of each matter."""
        return np.bincount(self.covered.of, minlength=len(self.matters)).astype(np.int64)

    def _mean(self, value: npt.NDArray[np.float64], inside: npt.NDArray[np.bool_]) -> Floats:
        everywhere = float(value[inside].mean()) if inside.any() else 0.0
        of, size = self.covered.of[inside], len(self.matters)
        total = np.bincount(of, weights=value[inside], minlength=size) + _PRIOR * everywhere
        return np.asarray(total / (np.bincount(of, minlength=size) + _PRIOR))
