"""The pattern of a cooperation: how near, how big and in which standing its members are.

For each past cooperation, histograms over the ordered pairs of its participants. The task family
mixes the histograms of similar cooperations and reads the mixture at the candidate: does this
matter usually join neighbours, the Kreis, equals, a whole region?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.known.bodies import Floats, Ints, Landscape, Relation

# By judgement, not tuned: finer where partners are frequent, coarse where there are few.
_KM_EDGES = np.array([5, 8, 11, 14, 18, 23, 30, 40, 55, 80, 120], np.float32)
_RANK_EDGES = np.array([1, 2, 3, 5, 8, 12, 18, 27, 40, 70, 140], np.float32)
_RATIO_EDGES = np.array([-2, -1.2, -0.7, -0.35, -0.12, 0.12, 0.35, 0.7, 1.2, 2], np.float32)


@dataclass(frozen=True, slots=True)
class Binning:
    """Each ordered pair of bodies sorted into bins, (n, n) int, for one property of a pair."""

    bins: Ints
    count: int
    prior: Floats
    """(count,) share of all pairs in each bin."""

    def per_body(self, expected: Floats, searcher: int, prior_weight: float) -> Floats:
        """Spread expected partners a bin over the bodies in it; (n,) logarithms.

        Parameters
        ----------
        expected
            (count,) partners expected in each bin.
        searcher
            Row of the body from which the bins are seen.
        prior_weight
            Partners added, spread as all pairs are: keeps an empty bin from ruling a body out.
        """
        bins = self.bins[searcher]
        bodies = np.bincount(np.delete(bins, searcher), minlength=self.count)
        share = (expected + prior_weight * self.prior) / np.maximum(bodies, 1)
        return np.asarray(np.log(share)[bins], np.float32)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Histograms of all cooperations, one array a property: (n_cooperations, searcher kind, bins).

    A histogram counts the ordered pairs (searcher, partner) of a cooperation, divided by the
    number of possible searchers: expected partners a bin, from one searcher's point of view.
    """

    binnings: dict[str, Binning]
    histograms: dict[str, Floats]
    size: Floats
    """(n_cooperations,) number of participants."""
    whole_district: Floats
    """(n_cooperations,) 1 where nearly all municipalities of a Kreis take part."""


def make_binnings(land: Landscape) -> dict[str, Binning]:
    """Sort every ordered pair of bodies by distance, distance rank, size ratio and relation."""
    ratio = land.log_population[None, :] - land.log_population[:, None]
    tables = {
        "distance": (np.digitize(land.seat_km, _KM_EDGES), len(_KM_EDGES) + 1),
        "rank": (np.digitize(land.rank, _RANK_EDGES), len(_RANK_EDGES) + 1),
        "size": (np.digitize(ratio, _RATIO_EDGES), len(_RATIO_EDGES) + 1),
        "relation": (land.relation, len(Relation)),
    }
    off_diagonal = ~np.eye(len(land), dtype=bool)
    made = {}
    for name, (bins, count) in tables.items():
        totals = np.bincount(bins[off_diagonal], minlength=count).astype(np.float32)
        made[name] = Binning(bins.astype(np.int64), count, totals / totals.sum())
    return made


def make_patterns(land: Landscape, rows: list[Ints]) -> Patterns:
    """Count the pairs of each cooperation.

    Parameters
    ----------
    land
        The bodies.
    rows
        For each cooperation the rows of its participants.
    """
    binnings = make_binnings(land)
    histograms = {
        name: np.zeros((len(rows), 2, binning.count), np.float32)
        for name, binning in binnings.items()
    }
    whole = np.zeros(len(rows), np.float32)
    members = {
        code: np.flatnonzero((land.district == code) & land.is_municipality)
        for code in np.unique(land.district)
    }
    for index, participants in enumerate(rows):
        whole[index] = _covers_district(participants, land, members)
        first, second = np.meshgrid(participants, participants, indexing="ij")
        pairs = first != second
        searcher, partner = first[pairs], second[pairs]
        for side in (0, 1):
            # Associations search like Kreise: both stand above municipalities.
            mine = land.side[searcher] == side
            searchers = int((land.side[participants] == side).sum())
            if not searchers:
                continue
            for name, binning in binnings.items():
                counted = np.bincount(
                    binning.bins[searcher[mine], partner[mine]], minlength=binning.count
                )
                histograms[name][index, side] = counted / searchers
    size = np.array([len(participants) for participants in rows], np.float32)
    return Patterns(binnings, histograms, size, whole)


def _covers_district(
    participants: Ints, land: Landscape, members: dict[np.int64, npt.NDArray[np.intp]]
) -> float:
    places = participants[land.is_municipality[participants]]
    if len(places) < 3:
        return 0.0
    codes, counts = np.unique(land.district[places], return_counts=True)
    code = codes[counts.argmax()]
    return float(counts.max() >= 0.8 * len(members[code]))
