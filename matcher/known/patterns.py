"""The pattern of a cooperation: how near, how big and in which standing its members are.

For each past cooperation, histograms over the ordered pairs of its participants. The task family
mixes the histograms of similar cooperations and reads the mixture at the candidate: does this
matter usually join neighbours, the Kreis, equals, a whole region?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import LegalStatus
from data.pairs import PairTable, of_rows
from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.relation import Relation

# By judgement, not tuned: finer where partners are frequent, coarse where there are few.
_KM_EDGES = np.array([5, 8, 11, 14, 18, 23, 30, 40, 55, 80, 120], np.float32)
_RANK_EDGES = np.array([1, 2, 3, 5, 8, 12, 18, 27, 40, 70, 140], np.float32)
_RATIO_EDGES = np.array([-2, -1.2, -0.7, -0.35, -0.12, 0.12, 0.35, 0.7, 1.2, 2], np.float32)
_NEAR_EDGES = np.array([2, 5, 12, 40], np.float32)
_ALIKE_EDGES = np.array([-0.9, -0.3, 0.3, 0.9], np.float32)
BANDS = {"distance": len(_KM_EDGES) + 1, "size": len(_RATIO_EDGES) + 1}
"""How many bins distance and relative size have."""

_LEAST = 1e-30
_NEARLY_ALL, _LEAST_PLACES = 0.8, 3
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Binning:
    """Each ordered pair of bodies sorted into bins for one property of a pair.

    Attributes
    ----------
    bins
        (n, n) uint8, a row at a time.
    count
        Number of bins.
    prior
        (count,) share of all pairs in each bin, where cooperations are known.
    eligible
        (n,) bool, bodies that may be partners.
    """

    bins: PairTable
    count: int
    prior: Floats
    eligible: Bools

    def filled(self, searchers: Ints) -> Ints:
        """(s, count) bodies in each bin from the view of each, itself left out; at least 1."""
        return np.asarray(self._filled[searchers])

    @cached_property
    def _nobodys(self) -> Ints:
        """Rows of bodies that may not be partners: few, or none, where the eligible are many."""
        return np.flatnonzero(~self.eligible)

    @cached_property
    def _filled(self) -> PairTable:
        def row(searcher: int) -> Ints:
            bins = self.bins[searcher]
            counts = np.bincount(bins, minlength=self.count)
            counts -= np.bincount(bins[self._nobodys], minlength=self.count)
            counts[bins[searcher]] -= self.eligible[searcher]
            return np.maximum(counts, 1)

        return PairTable(len(self.bins), row)


class View(Struct, frozen=True):
    """All pairs of some searchers sorted into bins, the properties laid side by side.

    Attributes
    ----------
    bins
        (s, properties, n) uint16, in which of all bins each body lies.
    filled
        (s, b) bodies in each bin; see `Binning.filled`.
    """

    bins: npt.NDArray[np.uint16]
    filled: Ints


@dataclass(frozen=True)
class Patterns:
    """Histograms of all cooperations, by property and by kind of searcher.

    A histogram counts the ordered pairs (searcher, partner) of a cooperation, divided by the
    number of possible searchers: expected partners a bin, from one searcher's point of view.

    Attributes
    ----------
    binnings
        A property each.
    counted
        (c, 2, b) histograms, of a municipality and of a Kreis; the properties side by side.
    size
        (c,) number of participants.
    whole_district
        (c,) 1 where nearly all municipalities of a Kreis take part.
    """

    binnings: dict[str, Binning]
    counted: Floats
    size: Floats
    whole_district: Floats

    @cached_property
    def log_size(self) -> Floats:
        """(c,) logarithm of the number of participants."""
        return np.log(self.size)

    @cached_property
    def columns(self) -> dict[str, slice]:
        """Where the bins of each property lie among all."""
        ends = np.cumsum([0, *(binning.count for binning in self.binnings.values())]).tolist()
        return dict(zip(self.binnings, map(slice, ends, ends[1:]), strict=True))

    @cached_property
    def histograms(self) -> dict[str, Floats]:
        """Histograms of each property, (c, 2, bins)."""
        return {name: self.counted[:, :, place] for name, place in self.columns.items()}

    @cached_property
    def prior(self) -> Floats:
        """(b,) share of all pairs in each bin of its property."""
        return np.concatenate([binning.prior for binning in self.binnings.values()])

    def view(self, searchers: Ints) -> View:
        """Return the bins of all pairs of these bodies."""
        bins = [
            self.binnings[name].bins[searchers].astype(np.uint16) + np.uint16(place.start)
            for name, place in self.columns.items()
        ]
        filled = [binning.filled(searchers) for binning in self.binnings.values()]
        return View(np.stack(bins, axis=1), np.hstack(filled))

    def per_body(self, expected: Floats, view: View, prior_weight: float) -> Mapping[str, Floats]:
        """Spread expected partners a bin over the bodies in it; (s, n) logarithms a property.

        Parameters
        ----------
        expected
            (s, b) partners expected in each bin.
        view
            From which the bins are seen, of s bodies.
        prior_weight
            Partners added to each property, spread as all pairs are: keeps an empty bin from
            ruling a body out.
        """
        share = (expected + prior_weight * self.prior) / view.filled
        # A bin that no pair lies in has no share; it is read at no body.
        logarithm = np.log(np.maximum(share, _LEAST)).astype(np.float32)
        read = np.stack([own[bins] for own, bins in zip(logarithm, view.bins, strict=True)])
        return dict(zip(self.binnings, read.transpose(1, 0, 2), strict=True))


def make_binnings(bodies: Bodies) -> dict[str, Binning]:
    """Sort every ordered pair of bodies by distance, distance rank, size ratio and relation."""
    made = {}
    for name, (rows, count) in _tables(bodies).items():
        bins = PairTable(len(bodies), rows, several=True)
        whole = np.asarray(bins)
        totals = np.bincount(whole.ravel(), minlength=count)
        totals -= np.bincount(whole.diagonal(), minlength=count)  # nobody is a partner of itself
        prior = totals.astype(np.float32)
        made[name] = Binning(bins, count, prior / prior.sum(), bodies.administers)
    return made


def seen_among(patterns: Patterns, bodies: Bodies) -> Patterns:
    """Return patterns as they are read among other bodies: what was counted stays."""
    binnings = {
        name: replace(
            patterns.binnings[name],
            bins=PairTable(len(bodies), rows, several=True),
            eligible=bodies.administers,
        )
        for name, (rows, _) in _tables(bodies).items()
    }
    return replace(patterns, binnings=binnings)


def _tables(bodies: Bodies) -> dict[str, tuple[Callable[[Any], Bytes], int]]:
    """Return for each property what sorts rows of bodies into bins, and how many there are.

    It takes one row, and returns (n,), or several, and returns (k, n).
    """
    size, status = bodies.log_population, bodies.status.astype(np.uint8)
    km, ranks = bodies.seat_km.__getitem__, bodies.rank.__getitem__

    def between(values: Callable[[Any], Floats], edges: Floats) -> Callable[[Any], Bytes]:
        return lambda rows: _bins(values(rows), edges)

    def within(values: Callable[[Any], Floats], edges: Floats) -> Callable[[Any], Bytes]:
        # Coarse, so that bins within a relation hold enough cases.
        count = np.uint8(len(edges) + 1)
        return lambda rows: bodies.relation[rows] * count + _bins(values(rows), edges)

    def ratio(rows: Any) -> Floats:
        return np.asarray(size - of_rows(size, rows))

    return {
        "distance": (between(km, _KM_EDGES), len(_KM_EDGES) + 1),
        "rank": (between(ranks, _RANK_EDGES), len(_RANK_EDGES) + 1),
        "size": (between(ratio, _RATIO_EDGES), len(_RATIO_EDGES) + 1),
        "relation": (bodies.relation.__getitem__, len(Relation)),
        "standing_in_relation": (
            lambda rows: bodies.relation[rows] * np.uint8(len(LegalStatus)) + status,
            len(Relation) * len(LegalStatus),
        ),
        "rank_in_relation": (within(ranks, _NEAR_EDGES), len(Relation) * (len(_NEAR_EDGES) + 1)),
        "size_in_relation": (within(ratio, _ALIKE_EDGES), len(Relation) * (len(_ALIKE_EDGES) + 1)),
    }


def _bins(values: Floats, edges: Floats) -> Bytes:
    """Return in which bin each value lies, as `np.digitize` does.

    Of few edges: to compare all values with each is several times as fast as to look for each.
    """
    bins = np.zeros(values.shape, np.uint8)
    for edge in edges:
        bins += values >= edge
    return bins


def make_patterns(bodies: Bodies, rows: list[Ints]) -> Patterns:
    """Count the pairs of each cooperation.

    Parameters
    ----------
    bodies
        The bodies among which cooperations are known.
    rows
        For each cooperation the rows of its participants.
    """
    binnings = make_binnings(bodies)
    size = np.array([len(participants) for participants in rows], np.int64)
    member = np.concatenate([np.empty(0, np.int64), *rows])
    cooperation = np.repeat(np.arange(len(rows)), size)
    searchers = np.zeros((len(rows), 2, 1))
    np.add.at(searchers[..., 0], (cooperation, bodies.side[member]), 1)
    first, second = _pairs(size)
    searcher, partner = member[first], member[second]
    # Associations search like Kreise: both stand above municipalities.
    views = 2 * cooperation[first] + bodies.side[searcher]
    histograms = []
    for binning in binnings.values():
        count = binning.count
        places = views * count + np.asarray(binning.bins)[searcher, partner]
        counted = np.bincount(places, minlength=2 * len(rows) * count)
        histograms.append(counted.reshape(len(rows), 2, count) / np.maximum(searchers, 1))
    return Patterns(
        binnings,
        np.concatenate(histograms, axis=2, dtype=np.float32),
        size.astype(np.float32),
        _cover_districts(bodies, cooperation, member, len(rows)),
    )


def _pairs(sizes: Ints) -> tuple[Ints, Ints]:
    """Return all ordered pairs of places within groups of these sizes that follow each other."""
    reach = np.repeat(sizes, sizes)  # of each place: the size of its group
    first = np.repeat(np.arange(len(reach)), reach)
    within = np.arange(len(first)) - np.repeat(np.cumsum(reach) - reach, reach)
    second = within + np.repeat(np.repeat(np.cumsum(sizes) - sizes, sizes), reach)
    apart = first != second
    return first[apart], second[apart]


def _cover_districts(bodies: Bodies, cooperation: Ints, member: Ints, count: int) -> Floats:
    """Return (count,) 1 where nearly all municipalities of a Kreis take part."""
    districts = int(bodies.district.max()) + 1
    places = bodies.is_municipality[member]
    at = cooperation[places] * districts + bodies.district[member[places]]
    taking_part = np.bincount(at, minlength=count * districts).reshape(count, districts)
    there = np.bincount(bodies.district[bodies.is_municipality], minlength=districts)
    main = taking_part.argmax(axis=1)  # of the Kreis that most come from
    most = taking_part[np.arange(count), main]
    whole = (most >= _NEARLY_ALL * there[main]) & (taking_part.sum(axis=1) >= _LEAST_PLACES)
    return np.asarray(whole, np.float32)
