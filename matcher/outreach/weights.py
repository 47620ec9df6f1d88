"""How an opportunity is scored: three parts in log-odds that are added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.known.bodies import Bools, Floats
from matcher.outreach.fits import Fits
from matcher.outreach.need import Need
from matcher.outreach.shape import Shapes


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the parts.

    score = fit · mean pair log-odds
          + mean over its municipalities of (small · s + ageing · a + fiscal · f + gap · g)
          + evidence · log(1 + e)

    with s, a, f, g from `need.Need` and e from `Shapes.fresh`: the known cooperations of this area
    with the group's shape, recent ones counting more. The defaults were picked by judgement
    among those that did well on what began in 2016 to 2018 with what was known by 2015
    (`python -m eval outreach`): fit and evidence carry the hits; the signs of need hardly help or
    harm there. They stay, small, because the office is to reach those who need it.
    """

    fit: float = 1.0
    small: float = 0.05
    ageing: float = 0.05
    fiscal: float = 0.05
    gap: float = 0.25
    evidence: float = 0.5


def need_table(need: Need, weights: Weights) -> Floats:
    """Return (areas, n) the need part of each body alone."""
    same = weights.small * need.small + weights.ageing * need.ageing + weights.fiscal * need.fiscal
    return np.asarray(same[None, :] + weights.gap * need.gap, np.float32)


def evidence_table(shapes: Shapes, weights: Weights) -> Floats:
    """Return (areas, 13) the evidence part by shape; the last column, shape -1, is 0."""
    known = np.log1p(shapes.fresh)
    nothing = np.zeros((len(known), 1), np.float32)
    return np.asarray(weights.evidence * np.hstack([known, nothing]), np.float32)


def pair_scores(fit: Floats, area: int, need: Need, shapes: Shapes, weights: Weights) -> Floats:
    """Return (n, n) the score of two bodies as a group in one area; a Kreis counts as a member.

    Parameters
    ----------
    fit
        (n, n) log-odds, one slice of `Fits.table`.
    area
        Row of the area in `TaskArea`.
    """
    alone = need_table(need, weights)[area]
    known = evidence_table(shapes, weights)[area][shapes.of_pair]
    return np.asarray(weights.fit * fit + (alone[:, None] + alone[None, :]) / 2 + known)


def open_fits(fits: Fits, area: int, together: Bools) -> Floats:
    """Return (n, n) the fits of one area without pairs known to work together in it.

    Parameters
    ----------
    fits
        Of all areas.
    area
        Position in `fits.areas`.
    together
        (n, n) which bodies are known to work together in the area.
    """
    return np.where(together, -np.inf, fits.table[area])
