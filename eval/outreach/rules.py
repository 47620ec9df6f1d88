"""Rules that a person would call by; each ranks the same open pairs and matters.

- neighbours: the more bordering bodies have the matter, the sooner; only between neighbours.
- same Kreis: the more bodies of the Kreis have it, the sooner; only within one Kreis.
- popular: the more often a matter is known in the Land, and the nearer the two, the sooner.
- popular of late: the same with what began in the last eight years.
- ties: the more the two do together already, and the more often the matter is known, the sooner.
"""

from __future__ import annotations

import numpy as np

from matcher.known.bodies import Floats
from matcher.outreach.odds import PAIR
from matcher.outreach.prospects import Prospects

RULES = ("neighbours", "same Kreis", "popular", "popular of late", "ties")
# What decides among equals: popularity, then distance; too small to change what a rule says.
_TIE = 1e-3


def score(prospects: Prospects, rule: str, matter: int) -> Floats:
    """Return (p,) scores of the pairs by a rule."""
    signals, bodies = prospects.signals, prospects.knowledge.bodies
    first, second = signals.first, signals.second
    pair = dict(zip(PAIR, signals.pair.T, strict=True))
    have = np.minimum(prospects.covered.members[matter], 1)
    recent, often = float(signals.matter[matter]), float(np.log1p(prospects.count[matter]))
    nearness = -pair["distance"]
    if rule == "popular":
        main = often + nearness
    elif rule == "popular of late":
        main = recent + nearness
    elif rule == "ties":
        main = pair["ties"] + often
    else:
        kind = bodies.kind[:, None] == bodies.kind[None]
        beside = (np.asarray(bodies.border_km) > 0) & kind if rule == "neighbours" else (
            bodies.district[:, None] == bodies.district[None])  # fmt: skip
        around = have @ beside.astype(np.float32)
        joined = pair["border"] if rule == "neighbours" else pair["same_kreis"]
        main = (around[first] + around[second]) * joined
    return np.asarray(main + _TIE * (often + nearness), np.float32)
