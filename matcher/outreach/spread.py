"""A list worth reading: the best first, but spread over matters, areas, regions and segments.

Each pick lowers what comes next from the same place: a group counts log-odds less for every line
of its matter, task area, Regierungsbezirk and segment that stands above it. No body stands on more
lines than a set number, no matter and no area either, and no two lines of a matter are nearly the
same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from matcher.known.bodies import Bodies
from matcher.outreach.groups import NEARLY_SAME, Group


class Spread(Struct, frozen=True):
    """How much a line lowers the next ones like it (log-odds), and how many there may be.

    By judgement: after three lines of a matter its next needs thrice the odds of another.
    """

    matter: float = 0.35
    area: float = 0.1
    region: float = 0.05
    segment: float = 0.02
    per_body: int = 5
    per_matter: int | None = 4
    per_area: int | None = 10


def pick(
    groups: Sequence[Group],
    bodies: Bodies,
    spread: Spread,
    count: int | None,
    learned: Mapping[int, float] | None = None,
) -> list[Group]:
    """Return the lines in their order.

    Parameters
    ----------
    groups
        Candidates, in any order.
    bodies
        Where they lie.
    spread
        The rule.
    count
        Lines wanted; None for all.
    learned
        Log-odds to add to the groups of a matter, by its row.
    """
    if not groups:
        return []
    learned = learned or {}
    score = np.array([group.score + learned.get(group.matter, 0.0) for group in groups])
    kinds = np.array([[group.matter, group.area, *_place(group, bodies)] for group in groups])
    weights = (spread.matter, spread.area, spread.region, spread.segment)
    limits = (spread.per_matter, spread.per_area, None, None)
    used: Counter[int] = Counter()
    lines: Counter[tuple[int, int]] = Counter()
    by_matter: dict[int, list[frozenset[int]]] = {}
    left = np.isfinite(score)
    picked: list[Group] = []
    while left.any() and (count is None or len(picked) < count):
        best = int(np.where(left, score, -np.inf).argmax())
        left[best] = False
        group, members = groups[best], frozenset(groups[best].rows)
        if any(used[row] >= spread.per_body for row in members):
            continue
        others = by_matter.setdefault(group.matter, [])
        if any(len(members & o) / len(members | o) >= NEARLY_SAME for o in others):
            continue
        others.append(members)
        used.update(members)
        picked.append(group)
        for column, (weight, limit) in enumerate(zip(weights, limits, strict=True)):
            value = kinds[best, column]
            same = kinds[:, column] == value
            score = score - weight * same
            lines[column, int(value)] += 1
            if limit is not None and lines[column, int(value)] >= limit:
                left &= ~same
    return picked


def _place(group: Group, bodies: Bodies) -> tuple[int, int]:
    """Return the Regierungsbezirk of the first municipality, and the smallest segment."""
    return int(bodies.region[group.rows[0]]), int(bodies.status[list(group.rows)].min())
