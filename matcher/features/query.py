"""What is asked, as the feature families see it: who searches, and what the matter tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data import TaskArea
from matcher.known.bodies import Floats, Ints
from matcher.known.forecast import Expectation
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from matcher.known.patterns import View
from matcher.known.similar import (
    BROAD,
    SHARPNESS,
    TYPICAL,
    Similar,
    most_similar,
    weigh,
)

# A named task area counts as much as this many log-odds of likeness; by judgement, not tuned.
_NAMED_AREA = 3.0
# Bodies, or groups of them, that are remembered: all of a Land (about 100 kB each), and of more
# bodies as many as take twice as much.
_LEAST_ASKERS, _ASKERS_TIMES_BODIES = 64, 220_000
# Pairs spread as all pairs are, added to what past cooperations and what words let expect: they
# keep an empty bin from ruling a body out.
_PRIOR_OF_PAST, PRIOR_OF_WORDS = 0.3, 0.1
_TYPICAL_PROPERTIES = ("distance", "rank", "size", "relation")
"""Read from the similar cooperations alone; the others have finer bins, which need more cases."""


@dataclass(frozen=True)
class Searchers:
    """Bodies that ask, and what is theirs whatever the matter: computed once for many matters.

    Attributes
    ----------
    rows
        (s,) rows of the bodies.
    kept
        Features that do not depend on the matter, once they are computed.
    """

    rows: Ints
    knowledge: Knowledge
    kept: dict[str, Floats] = field(default_factory=dict, compare=False)

    @cached_property
    def took_part(self) -> Floats:
        """(s, c) 1 where the searcher takes part in the known cooperation."""
        return self.knowledge.ties.took_part(self.rows)

    @cached_property
    def members(self) -> tuple[tuple[Ints, Ints], ...]:
        """(s,) for each searcher all members of its cooperations: which cooperation, which body."""
        found = []
        for took_part in self.took_part:
            mine = np.flatnonzero(took_part)
            place, body = np.nonzero(self.knowledge.members_of(mine))
            found.append((mine[place], body))
        return tuple(found)

    @cached_property
    def view(self) -> View:
        """Bins of all pairs with the searchers; see `Patterns`."""
        return self.knowledge.patterns.view(self.rows)

    @cached_property
    def shared(self) -> Floats:
        """(s, n) cooperations with each body; see `Ties.shared`."""
        return self.knowledge.ties.shared(self.rows)

    @cached_property
    def close(self) -> Floats:
        """(s, n) close ties with each body; see `Ties.close`."""
        return self.knowledge.ties.close(self.rows)

    @cached_property
    def walk(self) -> Floats:
        """(s, n) chance to come to each body over ties; see `Ties.walk`."""
        return self.knowledge.ties.walk(self.rows)

    @cached_property
    def walk_back(self) -> Floats:
        """(s, n) chance to come from each body; see `Ties.walk_back`."""
        return self.knowledge.ties.turned(self.walk, self.rows)

    @cached_property
    def ties_around(self) -> Floats:
        """(s, n) close ties of the searcher's surroundings: who works with its neighbours.

        Kernel smoothing of ties over the searcher's place (Nadaraya-Watson, `Bodies.vicinity`).
        """
        return self.knowledge.ties.spread(self.knowledge.bodies.vicinity[self.rows])

    @cached_property
    def close_beside(self) -> Floats:
        """(s, n) close ties of the searcher averaged over the surroundings of each body."""
        return self._beside(self.close)

    @cached_property
    def ties_beside(self) -> Floats:
        """(s, n) close ties of its surroundings averaged over the surroundings of each body."""
        return self._beside(self.ties_around)

    def _beside(self, ties: Floats) -> Floats:
        return np.stack([self.knowledge.bodies.around(row) for row in ties])

    @cached_property
    def around(self) -> Floats:
        """(s, c) how far the surroundings of the searcher take part in each known cooperation."""
        surroundings = self.knowledge.bodies.surroundings[self.rows]
        return np.stack([self.knowledge.ties.members @ weight for weight in surroundings])


@dataclass(frozen=True)
class Askers:
    """Remembers those who asked last, with what is theirs whatever the matter."""

    knowledge: Knowledge

    def of(self, *rows: int) -> Searchers:
        """Return bodies that ask together."""
        found: Searchers = self._remembered(rows)
        return found

    @cached_property
    def _remembered(self) -> Any:
        def ask(rows: tuple[int, ...]) -> Searchers:
            return Searchers(np.array(rows, np.int64), self.knowledge)

        most = max(_ASKERS_TIMES_BODIES // len(self.knowledge.bodies), _LEAST_ASKERS)
        return lru_cache(most)(ask)


@dataclass(frozen=True)
class Query:
    """Searchers and a matter.

    Attributes
    ----------
    asking
        The bodies that ask.
    similar
        Past cooperations like the matter, with weights.
    likeness
        (c,) to the description of every cooperation.
    broad, by_request
        (c,) weights of all cooperations: widely spread; by likeness to their requests.
    areas
        (31,) weight of each task area among the similar ones; sums to 1.
    expectation
        What the words foretell about the group.
    """

    asking: Searchers
    similar: Similar
    likeness: Floats
    broad: Floats
    by_request: Floats
    areas: Floats
    expectation: Expectation

    @property
    def searchers(self) -> Ints:
        """(s,) rows of the bodies that ask."""
        return self.asking.rows

    @cached_property
    def similar_weight(self) -> Floats:
        """(c,) weight of the similar cooperations, 0 of all others."""
        weight = np.zeros(len(self.likeness), np.float32)
        weight[self.similar.indices] = self.similar.weight
        return weight

    @cached_property
    def pattern(self) -> Mapping[str, Floats]:
        """(s, n) partners expected per body, by like past cooperations, logarithm, a property each.

        Expected partners in a bin, divided by the bodies in that bin: a probability for each body,
        from the view of searchers of the same kind.
        """
        patterns = self.asking.knowledge.patterns
        similar, weights = self.similar.indices, self.similar.weight
        typical = patterns.columns[_TYPICAL_PROPERTIES[-1]].stop
        sides = self.asking.knowledge.bodies.side[self.searchers]
        expected = np.empty((len(sides), patterns.counted.shape[2]), np.float32)
        for side in {*sides.tolist()}:
            seen = patterns.counted[:, side]
            expected[sides == side, :typical] = weights @ seen[similar, :typical]
            expected[sides == side, typical:] = self.broad @ seen[:, typical:]
        return patterns.per_body(expected, self.asking.view, _PRIOR_OF_PAST)

    @cached_property
    def foretold(self) -> Mapping[str, Floats]:
        """(s, n) partners foretold per body by the words, logarithm, a property each."""
        patterns, histograms = self.asking.knowledge.patterns, self.expectation.histograms
        expected = np.hstack([histograms[name] for name in patterns.binnings])
        sides = self.asking.knowledge.bodies.side[self.searchers]
        return patterns.per_body(expected[sides], self.asking.view, PRIOR_OF_WORDS)

    def asked_by(self, searchers: Searchers) -> Query:
        """Return the same matter, asked by other bodies."""
        return replace(self, asking=searchers)


def make_query(
    knowledge: Knowledge,
    searchers: Searchers | npt.ArrayLike,
    matter: Matter | None,
    area: TaskArea | None = None,
) -> Query:
    """Gather what a matter tells, once for all features.

    Parameters
    ----------
    knowledge
        The state to answer from.
    searchers
        Rows of the bodies that ask: one, several, or `Searchers` that ask about many matters.
    matter
        The text as read by `knowledge.reader`, None when the text model is off.
    area
        Task area, where the searcher named it.
    """
    if not isinstance(searchers, Searchers):
        searchers = Searchers(np.atleast_1d(np.asarray(searchers, np.int64)), knowledge)
    named = _named(knowledge, area)
    if matter is None:
        everything = np.arange(len(knowledge.cooperations))
        chosen = everything if named is None else np.flatnonzero(named)
        to_descriptions = to_requests = np.zeros(len(everything), np.float32)
        expectation = knowledge.usual(chosen)
    else:
        to_descriptions, to_requests = matter.to_descriptions, matter.to_requests
        expectation = matter.expectation
    if named is not None:
        bonus = np.asarray(named * (_NAMED_AREA / SHARPNESS), np.float32)
        to_descriptions, to_requests = to_descriptions + bonus, to_requests + bonus
    similar = _evenly(chosen) if matter is None else most_similar(to_descriptions)
    areas = similar.weight @ knowledge.areas[similar.indices]
    return Query(
        searchers,
        similar,
        to_descriptions,
        weigh(to_descriptions, BROAD),
        weigh(to_requests, TYPICAL),
        np.asarray(areas, np.float32),
        expectation,
    )


def _named(knowledge: Knowledge, area: TaskArea | None) -> Floats | None:
    """Return 1 for the cooperations of the named area, None where none was named or is known."""
    if area is None:
        return None
    inside = knowledge.areas[:, area.row]
    return inside if inside.any() else None


def _evenly(indices: Ints) -> Similar:
    # Without a text all cooperations of the area (or all there are) weigh the same.
    count = len(indices)
    zeros = np.zeros(count, np.float32)
    return Similar(indices.astype(np.int64), zeros, np.full(count, 1 / count, np.float32))
