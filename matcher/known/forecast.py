"""What the wording of a matter foretells about its group: who, how near, how many.

Similar past cooperations tell a pattern by example; here the words tell it themselves: "der
Nachbarkreis", "alle Städte im Kreis", "zwei Gemeinden für einen Dreierturnus".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import LegalStatus
from matcher.known.bodies import Bodies, Floats, Ints
from matcher.known.patterns import Patterns
from models.derived import Arrays, Derived, Part

# Picked among four by the variance explained in folds of `make evaluate`.
_RIDGE = 5.0
_PROPERTIES = (
    "relation", "distance", "rank", "size",
    "standing_in_relation", "rank_in_relation", "size_in_relation",
)  # fmt: skip
_STANDINGS = len(LegalStatus)
SCALARS = ("log_size", "whole_district", "with_district", "with_lead")
Doubles = npt.NDArray[np.float64]


class Expectation(Struct, frozen=True):
    """What is foretold about the group of one matter.

    Attributes
    ----------
    histograms
        For each property of `patterns`, (2, bins): expected partners of a municipality, of a Kreis.
    scalars
        (4,) log of the size, whether it spans a whole Kreis, has a Kreis in it, has one lead.
    standings
        (6,) share of the members in each `LegalStatus`.
    taking_part
        (h,) how far each body of the Land is expected to take part.
    """

    histograms: dict[str, Floats]
    scalars: Floats
    standings: Floats
    taking_part: Floats


@dataclass(frozen=True, slots=True)
class Forecast:
    """Kernel ridge regression from the texts of known cooperations to their groups.

    Saunders, Gammerman and Vovk (1998), Ridge regression learning algorithm in dual variables. The
    kernel is the sum of the cosines of meaning and of wording; each cooperation gives two texts.

    Attributes
    ----------
    bins
        Number of bins of each property.
    dual
        (2c, t) float32 weights of the known texts.
    mean
        (t,) mean of the targets.
    targets
        (c, t).
    """

    bins: dict[str, int]
    dual: Floats
    mean: Doubles
    targets: Doubles

    @classmethod
    def fit(
        cls,
        kernel: Callable[[], Doubles],
        targets: Doubles,
        patterns: Patterns,
        derived: Derived | None = None,
        made_of: Iterable[Part] = (),
    ) -> Forecast:
        """Learn from c cooperations.

        Parameters
        ----------
        kernel
            Gives the kernel of the known texts, (2c, 2c).
        targets
            (c, t) of `make_targets`.
        patterns
            Of the known cooperations.
        derived, made_of
            Where the weights may be kept, and what the kernel follows from.
        """
        mean = targets.mean(axis=0)

        def learn() -> Arrays:
            wanted = np.vstack([targets, targets]) - mean
            return {"dual": np.linalg.solve(ridged(kernel()), wanted).astype(np.float32)}

        found = (derived or Derived()).get("forecast", [str(_RIDGE), targets, *made_of], learn)
        bins = {name: patterns.binnings[name].count for name in _PROPERTIES}
        return cls(bins, found["dual"], mean, targets)

    def foretell(self, kernel: Floats) -> Expectation:
        """Return what a new text foretells, from its kernel with the known texts (2c,)."""
        return self._read(self.mean + kernel @ self.dual)

    def held_out(self, members: Ints, inverse: Doubles) -> list[Expectation]:
        """Return what each of some known cooperations foretells if all of them were unknown.

        Exact, without learning anew: f = y - (H_BB)^-1 a_B for a block B of rows, H the inverse
        and a the dual weights (the leave-one-out formula of ridge regression, for blocks).

        Parameters
        ----------
        members
            Indices of cooperations left out together.
        inverse
            (2c, 2c) of the kernel with its ridge, see `ridged`.
        """
        block = np.concatenate([members, members + len(self.targets)])
        known = np.vstack([self.targets[members], self.targets[members]])
        short = np.linalg.solve(inverse[np.ix_(block, block)], self.dual[block].astype(np.float64))
        return [self._read(row) for row in (known - short)[: len(members)]]

    def average(self, members: Ints) -> Expectation:
        """Return what is usual among some known cooperations, whatever the words."""
        return self._read(self.targets[members].mean(axis=0))

    def _read(self, row: Doubles) -> Expectation:
        values = row.astype(np.float32)
        histograms, start = {}, 0
        for name, count in self.bins.items():
            histograms[name] = np.maximum(values[start : start + 2 * count].reshape(2, count), 0)
            start += 2 * count
        scalars = values[start : start + len(SCALARS)]
        start += len(SCALARS)
        standings = np.maximum(values[start : start + _STANDINGS], 0)
        return Expectation(histograms, scalars, standings, values[start + _STANDINGS :])


def ridged(kernel: Doubles) -> Doubles:
    """Return a kernel with the ridge on its diagonal, (2c, 2c)."""
    return np.asarray(kernel + _RIDGE * np.eye(len(kernel)), np.float64)


def make_targets(
    bodies: Bodies, patterns: Patterns, participation: Floats, lead: Floats
) -> Doubles:
    """Return what is to be foretold of each cooperation, (c, t) float64.

    `participation` and `lead` are those of the h bodies of the Land. Where a cooperation has no
    municipality (or no Kreis) in it, the mean of the others stands in for how one would see it.
    """
    blocks = []
    for name in _PROPERTIES:
        table = patterns.histograms[name].astype(np.float64)
        for side in (0, 1):
            seen = table[:, side].sum(axis=1) > 0
            if seen.any():
                table[~seen, side] = table[seen, side].mean(axis=0)
        blocks.append(table.reshape(len(table), -1))
    size = np.maximum(patterns.size, 1)
    with_district = participation[:, bodies.is_district[bodies.home]].sum(axis=1) > 0
    scalars = np.column_stack(
        [np.log(size), patterns.whole_district, with_district, lead.sum(axis=1) > 0]
    )
    standings = participation @ np.eye(_STANDINGS)[bodies.status[bodies.home]] / size[:, None]
    return np.hstack([*blocks, scalars, standings, participation]).astype(np.float64)
