"""Whether groups that outreach lists by default came about, at least in part."""

from __future__ import annotations

import numpy as np

from data import TaskArea
from eval.outreach.moment import Moment, row_of
from eval.outreach.systems import OURS
from matcher.outreach.fits import Fits
from matcher.outreach.groups import diverse, grow
from matcher.outreach.need import make_need
from matcher.outreach.opportunity import OutreachFilters
from matcher.outreach.shape import make_shapes
from matcher.outreach.weights import Weights


def group_figures(moment: Moment, weights: Weights, count: int) -> dict[str, dict[str, float]]:
    """Return how many of the first groups have at least one pair that came true in their area.

    The list is that which ships by default (limits by body and by area). Beside it groups of the
    nearest, most frequent areas first, grown and picked the same way.
    """
    state = moment.state
    known = np.log1p(state.areas.sum(axis=0))[[row_of(area) for area in moment.fits.areas]]
    near = np.where(np.isfinite(moment.fits.table[0]), -np.log1p(state.bodies.seat_km), -np.inf)
    nearest = Fits(moment.fits.areas, (near + known[:, None, None]).astype(np.float32))
    plain = Weights(small=0, ageing=0, fiscal=0, gap=0, evidence=0)
    return {
        OURS: _group_hits(moment, moment.fits, weights, count),
        "nearest × frequent areas": _group_hits(moment, nearest, plain, count),
    }


def _group_hits(moment: Moment, fits: Fits, weights: Weights, count: int) -> dict[str, float]:
    state = moment.state
    grown = grow(state, fits, make_need(state), make_shapes(state), weights)
    grown = [group for group in grown if group.area != TaskArea.SONSTIGES.row]
    shipped = OutreachFilters()
    picked = diverse(grown, shipped.max_per_body, count, shipped.max_per_area)
    hits = [moment.truth.came_true(group.area, group.rows) for group in picked]
    somehow = [moment.truth.came_together(group.rows) for group in picked]
    reached = [moment.truth.reached(group.area, group.rows) for group in picked]
    return {
        "groups": len(picked),
        "hits": float(np.mean(hits)),
        "hits_in_any_area": float(np.mean(somehow)),
        "cooperations": len(set().union(*reached)),
        "bodies": float(np.mean([len(group.rows) for group in picked])),
    }
