"""All that ranks lines: outreach, the same without some of its parts, and rules of a person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eval.outreach import pair_rules
from eval.outreach.lines import RankedLines
from eval.outreach.moment import Moment, candidates, row_of
from matcher.known.bodies import Floats
from matcher.outreach.need import make_need
from matcher.outreach.shape import make_shapes
from matcher.outreach.weights import Weights, pair_scores

OURS = "outreach"


def rank(moment: Moment, setting: str, weights: Weights) -> dict[str, RankedLines]:
    """Rank all pairs and areas by every rule and by outreach, with its parts left out in turn."""
    state = moment.state
    need, shapes = make_need(state), make_shapes(state)
    open_pairs = candidates(state, setting)
    rules = pair_rules.scores(state, need)
    systems: dict[str, Floats] = {}
    for name, weighed in with_parts_left_out(weights).items():
        systems[name] = np.stack([
            pair_scores(moment.fits.table[position], row_of(area), need, shapes, weighed)
            for position, area in enumerate(moment.fits.areas)
        ])  # fmt: skip
    rows = np.array([row_of(area) for area in moment.fits.areas])
    systems |= {name: table[rows] for name, table in rules.items()}
    return {name: RankedLines.of(table, rows, open_pairs[rows]) for name, table in systems.items()}


def with_parts_left_out(weights: Weights) -> dict[str, Weights]:
    """Return the weights as they are, and with parts left out."""
    plain = replace(weights, small=0.0, ageing=0.0, fiscal=0.0, gap=0.0)
    return {
        OURS: weights,
        "without need": plain,
        "without evidence": replace(weights, evidence=0.0),
        "fit alone": replace(plain, evidence=0.0),
    }
