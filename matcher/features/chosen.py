"""Features of some bodies alone: the values that they have among all, without computing the rest.

Where all of Germany is served a search scores a few hundred of twelve thousand bodies.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from msgspec import structs

from matcher.features.families import features
from matcher.features.query import Query, Searchers
from matcher.known.bodies import Floats, Ints
from matcher.known.chosen import ChosenKnowledge
from matcher.known.knowledge import Knowledge


@dataclass(frozen=True)
class ChosenSearchers(Searchers):
    """Bodies that ask about some bodies alone; what is theirs is remembered with `everyone`."""

    everyone: Searchers = field(kw_only=True)
    chosen: Ints = field(kw_only=True)

    @property
    def took_part(self) -> Floats:
        """(s, c) as of all."""
        return self.everyone.took_part

    @property
    def around(self) -> Floats:
        """(s, c) as of all."""
        return self.everyone.around

    @cached_property
    def shared(self) -> Floats:
        """(s, k) cooperations with each of the chosen."""
        return self.everyone.shared[:, self.chosen]

    @cached_property
    def close(self) -> Floats:
        """(s, k) close ties with each of the chosen."""
        return self.everyone.close[:, self.chosen]

    @property
    def walk(self) -> Floats:
        """(s, k) chance to come to each of the chosen over ties."""
        return self.everyone.walk[:, self.chosen]

    @property
    def walk_back(self) -> Floats:
        """(s, k) chance to come from each of the chosen."""
        return self.everyone.walk_back[:, self.chosen]

    @cached_property
    def ties_around(self) -> Floats:
        """(s, k) close ties of the searcher's surroundings with each of the chosen."""
        return self.everyone.ties_around[:, self.chosen]

    @cached_property
    def close_beside(self) -> Floats:
        """(s, k) close ties with the surroundings of each of the chosen."""
        return self._beside(self.everyone.close)

    @cached_property
    def ties_beside(self) -> Floats:
        """(s, k) close ties of the surroundings of both."""
        return self._beside(self.everyone.ties_around)


def features_of(query: Query, knowledge: Knowledge, rows: Ints) -> Floats:
    """Return (searchers, len(rows), len(NAMES)) float32: `features(query, knowledge)[:, rows]`.

    Parameters
    ----------
    query, knowledge
        What is asked, and the state to answer from.
    rows
        (k,) rows of bodies, ascending; those that ask are among them.
    """
    chosen = ChosenKnowledge.among(knowledge, rows)
    places = np.searchsorted(rows, query.searchers)
    asking = ChosenSearchers(places, chosen, everyone=query.asking, chosen=rows)
    expected = query.expectation
    home = rows[: chosen.bodies.home.stop]
    foretold = structs.replace(expected, taking_part=expected.taking_part[home])
    return features(replace(query, asking=asking, expectation=foretold), chosen)
