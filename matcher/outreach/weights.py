"""How candidates of a service centre are scored: fit and need in log-odds, added up."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from matcher.known.bodies import Floats
from matcher.outreach.need import Need


class Weights(Struct, frozen=True):
    """Weights of the parts, by judgement; the signs of need stay small beside the fit.

    score = fit · pair log-odds + small · s + ageing · a + fiscal · f + gap · g with s, a, f, g
    from `need.Need`.
    """

    fit: float = 1.0
    small: float = 0.05
    ageing: float = 0.05
    fiscal: float = 0.05
    gap: float = 0.25


def need_table(need: Need, weights: Weights) -> Floats:
    """Return (areas, n) the need part of each body alone."""
    same = weights.small * need.small + weights.ageing * need.ageing + weights.fiscal * need.fiscal
    return np.asarray(same[None, :] + weights.gap * need.gap, np.float32)
