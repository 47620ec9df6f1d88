"""Precision, lift over rules and over random, exposure and regions of ranked lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from eval.outreach.lines import RankedLines
from eval.outreach.truth import Truth
from eval.ranking.exposure import gini
from matcher.known.bodies import Bodies, Bools

CUTS = (50, 200)
RESAMPLES = 1000
_SEED = 20_265


def figures_of(
    rankings: Mapping[str, RankedLines],
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
        mine, rule = (
            _drawn_hits(truth.incidence(rankings[name].top(cut)), draws) / cut
            for name in (ours, best)
        )
        precision, reference = (shown["systems"][name][f"precision@{cut}"] for name in (ours, best))
        shown[f"lift@{cut}"] = {
            "precision": precision,
            "interval": _interval(mine),
            "over_random": _ratio(precision, shown["random"]),
            "over_random_interval": _interval(mine / np.maximum(random, 1e-12)),
            "over_random_plausible": _ratio(precision, shown["random_plausible"]),
            "best_rule": best,
            "best_rule_precision": reference,
            "over_best_rule": _ratio(precision, reference),
            "difference_interval": _interval(mine - rule),
        }
    shown["regions"] = _regions(rankings[ours], truth, land, regions)
    return shown


def _ratio(value: float, reference: float) -> float | None:
    return value / reference if reference else None


def _system(ranking: RankedLines, truth: Truth, land: Bodies) -> dict[str, float]:
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
    ranking: RankedLines, truth: Truth, land: Bodies, names: Sequence[str]
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
