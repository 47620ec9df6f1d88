"""Some bodies alone, seen as all are: what is read of few need not be computed for many.

How many bodies are nearer, or lie in a bin, is counted over all; what is read at a body is read at
the chosen ones alone. So they have the values that they have among all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from data.pairs import PairTable
from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.patterns import Binning, Patterns
from matcher.known.ties import Ties

_NOTHING = np.empty((0, 0), np.float32)


@dataclass(frozen=True)
class ChosenBodies(Bodies):
    """Some of the bodies; their rows are places among the chosen.

    Attributes
    ----------
    everyone
        All bodies.
    rows
        (k,) rows of the chosen among them, ascending.
    """

    everyone: Bodies
    rows: Ints

    @classmethod
    def among(cls, everyone: Bodies, rows: Ints) -> ChosenBodies:
        """Choose rows, ascending."""
        values = {f.name: _chosen(getattr(everyone, f.name), rows) for f in fields(Bodies)}
        return cls(**values, everyone=everyone, rows=rows)

    @property
    def of_standing(self) -> Ints:
        """As among all."""
        return self.everyone.of_standing

    def local_km(self, rows: Ints) -> Floats:
        """As among all, of the chosen at these places."""
        return self.everyone.local_km(self.rows[rows])

    def around(self, weights: Floats, rows: Ints | None = None) -> Floats:
        """As among all, of all chosen or those at some places; `weights` (n,) are those of all."""
        return self.everyone.around(weights, self.rows if rows is None else self.rows[rows])


@dataclass(frozen=True)
class ChosenTies(Ties):
    """Ties of all bodies, read at the chosen; see `ChosenBodies`."""

    everyone: Ties = field(kw_only=True)
    rows: Ints = field(kw_only=True)

    @cached_property
    def cooperations(self) -> csr_array:
        """(k, c) participation seen from the chosen, sparse."""
        return csr_array(self.everyone.cooperations[self.rows])

    @property
    def activity(self) -> Floats:
        """(k,) as among all."""
        return self.everyone.activity[self.rows]

    @property
    def usual_share(self) -> float:
        """As among all."""
        return self.everyone.usual_share


@dataclass(frozen=True)
class ChosenBinning(Binning):
    """Bins of the chosen; how many bodies a bin holds is counted over all."""

    everyone: Binning
    rows: Ints

    @classmethod
    def among(cls, everyone: Binning, rows: Ints) -> ChosenBinning:
        """Choose rows, ascending."""
        bins = _chosen(everyone.bins, rows)
        eligible = everyone.eligible[rows]
        return cls(bins, everyone.count, everyone.prior, eligible, everyone, rows)

    def filled(self, searchers: Ints) -> Ints:
        """(s, count) as among all, from the view of the chosen at these places."""
        return self.everyone.filled(self.rows[searchers])


@dataclass(frozen=True)
class ChosenKnowledge(Knowledge):
    """What is known, read at some bodies alone.

    It holds what features ask for; who took part is asked by `members_of`.

    Attributes
    ----------
    everyone
        What is known of all.
    rows
        (k,) rows of the chosen, ascending.
    """

    everyone: Knowledge = field(kw_only=True)
    rows: Ints = field(kw_only=True)

    @classmethod
    def among(cls, everyone: Knowledge, rows: Ints) -> ChosenKnowledge:
        """Choose rows, ascending."""
        known = everyone.patterns
        binnings: dict[str, Binning] = {
            name: ChosenBinning.among(binning, rows) for name, binning in known.binnings.items()
        }
        return cls(
            ChosenBodies.among(everyone.bodies, rows),
            everyone.cooperations,
            Patterns(binnings, known.counted, known.size, known.whole_district),
            None,
            None,
            _NOTHING,
            _NOTHING,
            everyone=everyone,
            rows=rows,
        )

    def members_of(self, cooperations: npt.NDArray[Any], rows: Ints | None = None) -> Floats:
        """Return 1 where the body takes part: (m, k), or (m, rows) of places among the chosen."""
        return self.everyone.members_of(
            cooperations, self.rows if rows is None else self.rows[rows]
        )

    @cached_property
    def ties(self) -> Ties:
        """Who took part with whom."""
        ties = self.everyone.ties
        return ChosenTies(_NOTHING, ties.size, None, everyone=ties, rows=self.rows)

    @cached_property
    def led(self) -> csr_array:
        """(k, c) 1 where the body carries the task out for others, sparse."""
        return csr_array(self.everyone.led[self.rows])

    @property
    def with_district(self) -> Bools:
        """(c,) as among all."""
        return self.everyone.with_district

    @property
    def areas(self) -> Floats:
        """(c, 31) as among all."""
        return self.everyone.areas

    @cached_property
    def area_experience(self) -> Floats:
        """(31, k) as among all."""
        return self.everyone.area_experience[:, self.rows]

    @property
    def with_status(self) -> Floats:
        """(c, 6) as among all."""
        return self.everyone.with_status

    @property
    def members_beside(self) -> Floats:
        """(c, 36) as among all."""
        return self.everyone.members_beside

    @property
    def status_shares(self) -> Floats:
        """(c, 6) as among all."""
        return self.everyone.status_shares


def _chosen(value: Any, rows: Ints) -> Any:
    """Return what a field holds of all bodies for the chosen alone."""
    if isinstance(value, PairTable):
        return PairTable(len(rows), partial(_row, value, rows))
    if isinstance(value, slice):  # from the first on, and rows ascend
        return slice(0, int(np.searchsorted(rows, value.stop)))
    return value[rows]


def _row(table: PairTable, rows: Ints, place: int) -> npt.NDArray[Any]:
    return table.at(int(rows[place]), rows)
