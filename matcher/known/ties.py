"""Ties between bodies, read a row at a time: nothing of size bodies x bodies is made.

A cooperation of many is a weaker tie between two of its members than one of two, so each counts by
its size: `CLOSE` over its other members (Newman 2001, Scientific collaboration networks II, eq. 2),
`SHARED` over the square root of their number, which keeps more of how often both took part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from matcher.known.bodies import Floats, Ints

_STEPS = (0.5, 0.25, 0.125)


@dataclass(frozen=True)
class Ties:
    """Who took part with whom.

    Attributes
    ----------
    participation
        (c, h) float32, 1 where the body takes part; of the h bodies whose cooperations are known.
    size
        (c,) members of each cooperation.
    bodies
        Number n of all bodies, of which these are the first; None: h.
    """

    participation: Floats
    size: Floats
    bodies: int | None = None

    @cached_property
    def members(self) -> csr_array:
        """(c, n) participation, sparse."""
        return among(self.participation, self.bodies)

    @cached_property
    def cooperations(self) -> csr_array:
        """(n, c) participation seen from the bodies, sparse."""
        return csr_array(self.members.T)

    def took_part(self, rows: Ints) -> Floats:
        """Return (s, c) 1 where the body of a row takes part."""
        table = np.zeros((len(rows), len(self.size)), np.float32)
        starts, indices = self.cooperations.indptr, self.cooperations.indices
        for place, row in enumerate(rows):
            table[place, indices[starts[row] : starts[row + 1]]] = 1
        return table

    @cached_property
    def closeness(self) -> Floats:
        """(c,) 1 / other members: what a cooperation is worth as a close tie."""
        return np.asarray(1 / np.maximum(self.size - 1, 1), np.float32)

    @cached_property
    def sharing(self) -> Floats:
        """(c,) 1 / √ other members: what a cooperation is worth as a shared one."""
        return np.sqrt(self.closeness)

    @cached_property
    def activity(self) -> Floats:
        """(n,) cooperations of each body, each worth its `sharing`."""
        return np.asarray(self.cooperations @ self.sharing, np.float32)

    @cached_property
    def usual_share(self) -> float:
        """Share of its cooperations that a body has with any one other, on average."""
        others = int(self.participation.shape[1]) - 1
        total = float(self.sharing @ self.size)
        return float(self.sharing @ (self.size * (self.size - 1))) / max(total * others, 1e-9)

    def shared(self, rows: Ints) -> Floats:
        """Return (s, n) cooperations of both, each worth its `sharing`; 0 to itself."""
        return self._between(rows, self.sharing)

    def close(self, rows: Ints) -> Floats:
        """Return (s, n) cooperations of both, each worth its `closeness`; 0 to itself."""
        return self._between(rows, self.closeness)

    def spread(self, start: Floats) -> Floats:
        """Follow close ties one step from (s, n) weights: start · C, C the (n, n) close ties."""
        met = (self.members @ start.T) * self.closeness[:, None]
        reached = (self.cooperations @ met).T - start * self._to_itself
        # Sums of floats: what is nothing may come out slightly below.
        return np.asarray(np.maximum(reached, 0), np.float32)

    @cached_property
    def total(self) -> Floats:
        """(n,) sum of close ties of each body."""
        return np.asarray(self.cooperations @ (self.closeness * (self.size - 1)), np.float32).clip(
            1e-9
        )

    def walk(self, rows: Ints) -> Floats:
        """Return (s, n) chance to come from a row to each body in up to three steps over ties.

        Random walk with restart at 0.5 a step, cut after three (Liben-Nowell and Kleinberg 2007,
        The link-prediction problem for social networks).
        """
        at = self.close(rows) / self.total[rows, None]
        chance = _STEPS[0] * at
        for share in _STEPS[1:]:
            at = self.spread(at / self.total)
            chance = chance + share * at
        return np.asarray(chance, np.float32)

    def walk_back(self, rows: Ints) -> Floats:
        """Return (s, n) chance to come from each body to a row, likewise."""
        return self.turned(self.walk(rows), rows)

    def turned(self, walk: Floats, rows: Ints) -> Floats:
        """Return `walk_back` of the rows from their `walk`, (s, n)."""
        # C is symmetric: a walk from j to i is one from i to j with other chances at both ends.
        return np.asarray(walk * (self.total[rows, None] / self.total), np.float32)

    def _between(self, rows: Ints, worth: Floats) -> Floats:
        met = self.took_part(rows).T * worth[:, None]
        together = np.asarray((self.cooperations @ met).T, np.float32)
        together[np.arange(len(rows)), rows] = 0
        return together

    @cached_property
    def _to_itself(self) -> Floats:
        return np.asarray(self.cooperations @ self.closeness, np.float32)


def among(table: Floats, bodies: int | None) -> csr_array:
    """Return what is known of the first bodies, (c, h), among all of them, (c, n) sparse."""
    known = csr_array(table)
    if bodies is None or bodies == table.shape[1]:
        return known
    shape = (table.shape[0], bodies)
    return csr_array((known.data, known.indices, known.indptr), shape=shape)
