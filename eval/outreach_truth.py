"""What came true after a year, rankings of lines (area, body, body), and the figures on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from data import TaskArea
from eval.exposure import gini
from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.knowledge import Knowledge

CUTS = (50, 200)
RESAMPLES = 1000
LIMIT = 5
_SEED = 20_265
_MOST = 4000  # lines kept of a ranking: enough for 200 after the exposure limit


@dataclass(frozen=True, slots=True)
class Ranking:
    """Lines, best first: area, and two rows of bodies, the lower first; (k,) each."""

    area: Ints
    first: Ints
    second: Ints

    @classmethod
    def of(cls, table: Floats, areas: Ints, open_pairs: Bools, most: int = _MOST) -> Self:
        """Sort the open pairs; equal scores by area and row.

        Parameters
        ----------
        table
            (areas, n, n) scores, symmetric.
        areas
            (areas,) row in `TaskArea` of each slice.
        open_pairs
            (areas, n, n) lines that may be proposed.
        most
            Lines kept.
        """
        place = np.flatnonzero(open_pairs & np.isfinite(table))
        value = table.ravel()[place]
        if len(place) > most:
            # Ties at the edge all stay in, so that the stable sort decides, not the partition.
            edge = np.partition(value, len(value) - most)[len(value) - most]
            place, value = place[value >= edge], value[value >= edge]
        place = place[np.argsort(-value, kind="stable")][:most]
        slices, first, second = np.unravel_index(place, table.shape)
        return cls(areas[slices].astype(np.int64), first, second)

    def top(self, count: int) -> Self:
        """Return the first lines."""
        return type(self)(self.area[:count], self.first[:count], self.second[:count])

    def where(self, chosen: Bools) -> Self:
        """Return some of the lines, in their order."""
        return type(self)(self.area[chosen], self.first[chosen], self.second[chosen])

    def limited(self, exposure: int = LIMIT) -> Self:
        """Return the lines in which no body has appeared `exposure` times before."""
        used: dict[int, int] = {}
        kept = np.zeros(len(self.area), bool)
        for line, pair in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True)):
            if all(used.get(row, 0) < exposure for row in pair):
                kept[line] = True
                for row in pair:
                    used[row] = used.get(row, 0) + 1
        return self.where(kept)


@dataclass(frozen=True, slots=True)
class Truth:
    """Pairs that came true.

    Attributes
    ----------
    cooperations
        (m,) indices of the cooperations begun after the year.
    lines
        (area, first, second) -> positions in `cooperations`.
    size
        Number of bodies.
    """

    cooperations: Ints
    lines: dict[tuple[int, int, int], list[int]]
    size: int

    def incidence(self, ranking: Ranking) -> csr_matrix:
        """Return (k, m) 1 where a cooperation makes a line true."""
        keys = zip(
            ranking.area.tolist(), ranking.first.tolist(), ranking.second.tolist(), strict=True
        )
        found = [(line, c) for line, key in enumerate(keys) for c in self.lines.get(key, ())]
        rows, columns = zip(*found, strict=True) if found else ((), ())
        shape = (len(ranking.area), len(self.cooperations))
        return csr_matrix((np.ones(len(found)), (rows, columns)), shape=shape)

    def hits(self, ranking: Ranking) -> npt.NDArray[np.float64]:
        """Return (k,) 1 where a line came true."""
        return np.asarray(self.incidence(ranking).sum(axis=1) > 0, np.float64).ravel()

    def open_lines(self, open_pairs: Bools) -> Ranking:
        """Return the true lines that could have been proposed."""
        keys = np.array([key for key in sorted(self.lines) if open_pairs[key]], np.int64)
        return Ranking(*keys.reshape(-1, 3).T)

    def came_true(self, area: int, rows: tuple[int, ...]) -> bool:
        """Return whether at least one pair of a group came true in its area."""
        return any((area, *pair) in self.lines for pair in combinations(sorted(rows), 2))

    def reached(self, area: int, rows: tuple[int, ...]) -> set[int]:
        """Return the positions of the cooperations that make a pair of a group true."""
        pairs = combinations(sorted(rows), 2)
        return {c for pair in pairs for c in self.lines.get((area, *pair), ())}

    def came_together(self, rows: tuple[int, ...]) -> bool:
        """Return whether at least one pair of a group came together in any area."""
        return any(self.came_true(area, rows) for area in range(len(TaskArea)))


def make_truth(knowledge: Knowledge, years: Ints, year: int, until: int | None) -> Truth:
    """Collect the pairs of municipalities and Kreise in what began after `year`."""
    later = np.flatnonzero((years > year) & (years <= (until or years.max())))
    lines: dict[tuple[int, int, int], list[int]] = {}
    for position, index in enumerate(later):
        area = knowledge.cooperations[index].task_area.row
        members = np.flatnonzero(knowledge.participation[index] * ~knowledge.bodies.is_association)
        for first, second in combinations(members.tolist(), 2):
            lines.setdefault((area, first, second), []).append(position)
    return Truth(later.astype(np.int64), lines, len(knowledge.bodies))


def figures_of(
    rankings: Mapping[str, Ranking],
    ours: str,
    truth: Truth,
    open_pairs: Bools,
    land: Bodies,
    regions: Sequence[str],
    near: Bools,
) -> dict[str, Any]:
    """Return precision, lift, exposure and regions of all systems.

    `regions` are the names of the codes in `Bodies.region`; `near` (n, n) are the plausible
    pairs, among which random is much harder to beat than among all pairs of the Land.

    Intervals are percentile bootstraps of 1,000 draws over the cooperations begun later; random is
    the exact share of true lines among all that may be proposed.
    """
    possible = truth.open_lines(open_pairs)
    everywhere = int(open_pairs.sum())
    draws = _draws(len(truth.cooperations))
    random = _drawn_hits(truth.incidence(possible), draws) / everywhere
    plausible = int((open_pairs & near).sum())
    true_near = int(near[possible.first, possible.second].sum())
    shown: dict[str, Any] = {
        "lines": everywhere,
        "true_lines": len(possible.area),
        "random": len(possible.area) / everywhere,
        "random_plausible": true_near / plausible,
        "true_plausible": true_near / max(len(possible.area), 1),
        "systems": {name: _system(ranking, truth, land) for name, ranking in rankings.items()},
    }
    rules = [name for name in rankings if "frequent areas" in name]
    for cut in CUTS:
        best = max(rules, key=lambda name: shown["systems"][name][f"precision@{cut}"])
        mine = _drawn_hits(truth.incidence(rankings[ours].top(cut)), draws) / cut
        rule = _drawn_hits(truth.incidence(rankings[best].top(cut)), draws) / cut
        precision = shown["systems"][ours][f"precision@{cut}"]
        reference = shown["systems"][best][f"precision@{cut}"]
        shown[f"lift@{cut}"] = {
            "precision": precision,
            "interval": _interval(mine),
            "over_random": precision / shown["random"] if shown["random"] else None,
            "over_random_interval": _interval(mine / np.maximum(random, 1e-12)),
            "over_random_plausible": precision / shown["random_plausible"] if true_near else None,
            "best_rule": best,
            "best_rule_precision": reference,
            "over_best_rule": precision / reference if reference else None,
            "difference_interval": _interval(mine - rule),
        }
    shown["regions"] = _regions(rankings[ours], truth, land, regions)
    return shown


def _system(ranking: Ranking, truth: Truth, land: Bodies) -> dict[str, float]:
    limited = ranking.limited()
    figures: dict[str, float] = {}
    for cut in CUTS:
        figures[f"precision@{cut}"] = float(truth.hits(ranking.top(cut)).sum() / cut)
        figures[f"limited precision@{cut}"] = float(truth.hits(limited.top(cut)).sum() / cut)
        figures[f"cooperations@{cut}"] = int(
            (truth.incidence(ranking.top(cut)).sum(axis=0) > 0).sum()
        )
    for name, lines in (("gini@200", ranking), ("limited gini@200", limited)):
        shown = lines.top(CUTS[-1])
        counts = np.bincount(np.concatenate([shown.first, shown.second]), minlength=truth.size)
        figures[name] = gini(counts[~land.is_association])
    return figures


def _regions(
    ranking: Ranking, truth: Truth, land: Bodies, names: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return precision@50 of the lines inside each Regierungsbezirk, as when one filters by it."""
    shown = {}
    for code, name in enumerate(names):
        inside = (land.region[ranking.first] == code) & (land.region[ranking.second] == code)
        lines = ranking.where(inside).top(CUTS[0])
        hits = truth.hits(lines)
        shown[name] = {"lines": len(hits), "precision@50": float(hits.mean()) if len(hits) else 0.0}
    return shown


def _draws(count: int) -> npt.NDArray[np.float64]:
    """Return (m, draws) how often each cooperation is in each bootstrap sample."""
    rng = np.random.default_rng(_SEED)
    return rng.multinomial(count, np.full(count, 1 / count), RESAMPLES).T.astype(np.float64)


def _drawn_hits(incidence: csr_matrix, draws: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return (draws,) true lines in each sample; a line's unit is shared by what makes it true.

    Counting a line once however often its cooperations are drawn would pull every sample below
    the figure itself.
    """
    shares = incidence.multiply(1 / np.maximum(incidence.sum(axis=1), 1))
    return np.asarray(np.asarray(shares.sum(axis=0)).ravel() @ draws, np.float64)


def _interval(values: npt.NDArray[np.float64]) -> list[float]:
    return [float(v) for v in np.quantile(values, [0.025, 0.975])]
