"""How the weights of outreach were picked: a grid, by average precision."""

from __future__ import annotations

from itertools import product

import numpy as np

from eval.outreach.lines import RankedLines
from eval.outreach.moment import NEW_TASK, NO_REGIONAL, Moment, candidates, row_of
from matcher.outreach.need import make_need
from matcher.outreach.shape import make_shapes
from matcher.outreach.weights import Weights, pair_scores

GRID: dict[str, tuple[float, ...]] = {
    "gap": (0.0, 0.25, 0.5, 1.0),
    "signs": (0.0, 0.05, 0.1),
    "evidence": (0.0, 0.25, 0.5, 1.0),
}
"""Weights that are tried; `signs` stands for small, ageing and fiscal alike."""


def tune(moment: Moment) -> list[dict[str, float]]:
    """Try the grid of weights, best first.

    By the geometric mean of the average precision over the first 1,000 lines with and without
    regional development; what lies close together is not told apart by so few cooperations.
    """
    tried = []
    for gap, signs, evidence in product(*GRID.values()):
        weights = Weights(1.0, signs, signs, signs, gap, evidence)
        found = [_average_precision(moment, s, weights) for s in (NEW_TASK, NO_REGIONAL)]
        named = {"gap": gap, "signs": signs, "evidence": evidence}
        tried.append(named | {"average_precision": float(np.sqrt(found[0] * found[1]))})
    return sorted(tried, key=lambda line: -line["average_precision"])


def _average_precision(moment: Moment, setting: str, weights: Weights) -> float:
    need, shapes = make_need(moment.state), make_shapes(moment.state)
    rows = np.array([row_of(area) for area in moment.fits.areas])
    table = np.stack([
        pair_scores(moment.fits.table[position], row, need, shapes, weights)
        for position, row in enumerate(rows)
    ])  # fmt: skip
    lines = RankedLines.of(table, rows, candidates(moment.state, setting)[rows], most=1000)
    hits = moment.truth.hits(lines)
    seen = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((seen * hits).sum() / len(hits))
