"""Which groups lie near enough for a body to join, by how members of known groups lie.

Two rules, both read off the known cooperations themselves:

- Almost every member of a known group has another member at its border or in its Kreis. So has
  whoever joins.
- It lies no farther from the middle one of the members than nine in ten members of its kind lie
  from theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from matcher.known.bodies import Bodies, Bools, Ints

if TYPE_CHECKING:
    from matcher.known.knowledge import Knowledge

_MEMBERS = 0.9  # share of known members that lie as near to theirs


def beside(bodies: Bodies, row: int) -> Bools:
    """Return who borders on a body or belongs to the same Kreis, (n,) bool; no association."""
    near = (bodies.border_km[row] > 0) | (bodies.district == bodies.district[row])
    near &= ~bodies.is_association
    near[row] = False
    return np.asarray(near)


def usual_km(knowledge: Knowledge) -> Mapping[int, float]:
    """Return how far nine in ten members lie from the middle one of their group, km, by kind.

    Associations cover whole regions and are left out.
    """
    bodies = knowledge.bodies
    home = bodies.home  # of others nothing is known
    members = (knowledge.participation > 0) & ~bodies.is_association[home]
    kinds, far = [np.empty(0, np.int64)], [np.empty(0)]
    sizes = members.sum(axis=1)
    for size in np.unique(sizes[sizes > 1]):  # groups of one size at once
        rows = np.nonzero(members[sizes == size])[1].reshape(-1, size)
        km = bodies.seat_km[rows[:, :, None], rows[:, None]]
        others = km[:, ~np.eye(size, dtype=bool)].reshape(len(rows), size, size - 1)
        kinds.append(bodies.kind[rows].ravel())
        far.append(np.median(others, axis=2).ravel())
    kind, middle = np.concatenate(kinds), np.concatenate(far)
    return {int(k): float(np.quantile(middle[kind == k], _MEMBERS)) for k in np.unique(kind)}


def joinable(knowledge: Knowledge, row: int, indices: Ints) -> Bools:
    """Return which of k known cooperations a body could join, (k,) bool, by the rules above."""
    bodies = knowledge.bodies
    home = bodies.home
    members = (knowledge.participation[indices] > 0) & ~bodies.is_association[home]
    fits: Bools = np.asarray(members[:, beside(bodies, row)[home]].any(axis=1))
    most = knowledge.usual_km.get(int(bodies.kind[row]), np.inf)
    km = bodies.seat_km[row][home]
    for place in np.flatnonzero(fits):
        fits[place] = np.median(km[members[place]]) <= most
    return fits
