"""The pattern of a cooperation: how near, how big and in which standing its members are.

For each past cooperation, histograms over the ordered pairs of its participants. The task family
mixes the histograms of similar cooperations and reads the mixture at the candidate: does this
matter usually join neighbours, the Kreis, equals, a whole region?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data import LegalStatus
from data.pairs import PairTable
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


@dataclass(frozen=True, slots=True)
class View:
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
    for name, (row, count) in _tables(bodies).items():
        bins = PairTable(len(bodies), row)
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
            bins=PairTable(len(bodies), row),
            eligible=bodies.administers,
        )
        for name, (row, _) in _tables(bodies).items()
    }
    return replace(patterns, binnings=binnings)


def _tables(bodies: Bodies) -> dict[str, tuple[Callable[[int], Bytes], int]]:
    """Return for each property what sorts the row of a body into bins, and how many there are."""
    size, status = bodies.log_population, bodies.status.astype(np.uint8)
    km, ranks = bodies.seat_km.__getitem__, bodies.rank.__getitem__

    def between(values: Callable[[int], Floats], edges: Floats) -> Callable[[int], Bytes]:
        return lambda row: _bins(values(row), edges)

    def within(values: Callable[[int], Floats], edges: Floats) -> Callable[[int], Bytes]:
        # Coarse, so that bins within a relation hold enough cases.
        count = np.uint8(len(edges) + 1)
        return lambda row: bodies.relation[row] * count + _bins(values(row), edges)

    def ratio(row: int) -> Floats:
        return np.asarray(size - size[row])

    return {
        "distance": (between(km, _KM_EDGES), len(_KM_EDGES) + 1),
        "rank": (between(ranks, _RANK_EDGES), len(_RANK_EDGES) + 1),
        "size": (between(ratio, _RATIO_EDGES), len(_RATIO_EDGES) + 1),
        "relation": (bodies.relation.__getitem__, len(Relation)),
        "standing_in_relation": (
            lambda row: bodies.relation[row] * np.uint8(len(LegalStatus)) + status,
            len(Relation) * len(LegalStatus),
        ),
        "rank_in_relation": (within(ranks, _NEAR_EDGES), len(Relation) * (len(_NEAR_EDGES) + 1)),
        "size_in_relation": (within(ratio, _ALIKE_EDGES), len(Relation) * (len(_ALIKE_EDGES) + 1)),
    }


def _bins(values: Floats, edges: Floats) -> Bytes:
    """Return in which bin each value lies, as `np.digitize` does.

    Of few edges: to compare all values with each is several times as fast as to look for each.
    """
    bins = np.zeros(len(values), np.uint8)
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
    members = {
        code: np.flatnonzero((bodies.district == code) & bodies.is_municipality)
        for code in np.unique(bodies.district)
    }
    size = np.array([len(participants) for participants in rows], np.float32)
    whole = np.array([_covers_district(participants, bodies, members) for participants in rows])
    cooperation, searcher, partner = _pairs(rows)
    # Associations search like Kreise: both stand above municipalities.
    views = 2 * cooperation + bodies.side[searcher]
    searchers = np.zeros((len(rows), 2, 1))
    for index, participants in enumerate(rows):
        searchers[index, :, 0] = np.bincount(bodies.side[participants], minlength=2)
    histograms = []
    for binning in binnings.values():
        count = binning.count
        places = views * count + np.asarray(binning.bins)[searcher, partner]
        counted = np.bincount(places, minlength=2 * len(rows) * count)
        histograms.append(counted.reshape(len(rows), 2, count) / np.maximum(searchers, 1))
    return Patterns(
        binnings, np.concatenate(histograms, axis=2, dtype=np.float32), size,
        whole.astype(np.float32),
    )  # fmt: skip


def _pairs(rows: list[Ints]) -> tuple[Ints, Ints, Ints]:
    """Return all ordered pairs of participants: which cooperation, searcher, partner."""
    found = [np.empty((3, 0), np.int64)]
    for index, participants in enumerate(rows):
        count = len(participants)
        searcher, partner = np.repeat(participants, count), np.tile(participants, count)
        pair = np.stack([np.full(count * count, index), searcher, partner])
        found.append(pair[:, searcher != partner])
    cooperation, searcher, partner = np.concatenate(found, axis=1)
    return cooperation, searcher, partner


def _covers_district(
    participants: Ints, bodies: Bodies, members: dict[np.int64, npt.NDArray[np.intp]]
) -> float:
    places = participants[bodies.is_municipality[participants]]
    if len(places) < 3:
        return 0.0
    codes, counts = np.unique(bodies.district[places], return_counts=True)
    code = codes[counts.argmax()]
    return float(counts.max() >= 0.8 * len(members[code]))
