"""Rules that a person would use to find whom to approach, as scores of (area, body, body).

Each rule sorts pairs; which task area to propose is told by how many cooperations of it are known
(the most frequent first). Twice each: the pair first and then the area, or both weighed together.
"""

from __future__ import annotations

import numpy as np

from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.known.peers import differences
from matcher.outreach.need import Need

_PAIR_FIRST = 100.0  # more than any log count of cooperations differs


def scores(state: Knowledge, need: Need) -> dict[str, Floats]:
    """Return (areas, n, n) float32 by name, greater is better, -inf where a rule says nothing."""
    land = state.bodies
    known = np.log1p(state.areas.sum(axis=0))[:, None, None]
    near = -np.log1p(land.seat_km)
    same = (land.status[:, None] == land.status[None, :]) & (land.border_km > 0)
    gap = differences(land, np.arange(len(land)))
    alike = np.where(land.kind[:, None] == land.kind[None, :], -gap, -np.inf)
    lacking = need.without[:, :, None] & need.without[:, None, :]
    pairs = {
        "nearest": near[None],
        "neighbours of one segment": np.where(same, near, -np.inf)[None],
        "peers without the task": np.where(lacking, alike[None], -np.inf),
        "near peers without the task": np.where(lacking, (alike + near)[None], -np.inf),
    }
    made: dict[str, Floats] = {}
    for name, pair in pairs.items():
        made[f"{name}, then frequent areas"] = (_PAIR_FIRST * pair + known).astype(np.float32)
        made[f"{name} × frequent areas"] = (pair + known).astype(np.float32)
    return made
