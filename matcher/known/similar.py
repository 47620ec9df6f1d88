"""Similar past cooperations: which, and how much each weighs for this matter."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from matcher.known.bodies import Floats, Ints

# Likeness is a blend of cosines; times SHARPNESS it acts as log-odds that a request belongs to a
# description. By judgement, not tuned: with TYPICAL about ten cooperations carry the weight, with
# BROAD about fifty, with SHARP one to three.
SHARPNESS = 43.0
SHARP, TYPICAL, BROAD = 0.7, 1.5, 4.0
NEIGHBOURS = 60


class Similar(Struct, frozen=True):
    """Past cooperations nearest to a matter.

    Attributes
    ----------
    indices
        (k,) indices of cooperations, nearest first.
    similarity
        (k,) likeness, -1 … 1.
    weight
        (k,) softmax of likeness; sums to 1.
    """

    indices: Ints
    similarity: Floats
    weight: Floats


def weigh(likeness: Floats, temperature: float) -> Floats:
    """Return softmax(likeness · SHARPNESS / temperature), (c,) float32, sums to 1."""
    odds = np.exp((likeness - likeness.max()) * (SHARPNESS / temperature))
    return np.asarray(odds / odds.sum(), np.float32)


def most_similar(likeness: Floats, count: int = NEIGHBOURS) -> Similar:
    """Return the `count` cooperations with the greatest likeness (c,)."""
    indices = np.arange(len(likeness))
    if count < len(likeness):
        # Those among which they are: to sort few takes a third of the time.
        indices = np.flatnonzero(likeness >= np.partition(likeness, -count)[-count])
    indices = indices[np.argsort(-likeness[indices], kind="stable")[:count]]
    return Similar(indices, likeness[indices], weigh(likeness[indices], TYPICAL))
