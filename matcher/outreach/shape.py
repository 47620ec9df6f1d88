"""The shape of a group: who, in one Kreis or beyond, neighbours or not; and how often it worked.

A shape is what a group has in common with groups elsewhere: "neighbours in one Kreis, with the
Kreis". There are twelve; see `shape_of`.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.knowledge import Knowledge

SHAPES = 12
NO_SHAPE = -1
LARGEST = 8
"""Members of a cooperation that still counts as a group; beyond, it is a regional scheme."""


class Shapes(Struct, frozen=True):
    """How often each shape is known.

    Attributes
    ----------
    of_cooperation
        (c,) shape of each known cooperation, -1 for regional schemes and single bodies.
    counts
        (areas, 12) known cooperations by area and shape.
    of_pair
        (n, n) shape of two bodies as a group.
    """

    of_cooperation: Ints
    counts: Floats
    of_pair: Ints


def make_shapes(knowledge: Knowledge) -> Shapes:
    """Sort all known cooperations, and all pairs of bodies, by shape."""
    bodies = knowledge.bodies
    shape = np.full(len(knowledge.cooperations), NO_SHAPE, np.int64)
    size = knowledge.patterns.size
    for index in np.flatnonzero((size >= 2) & (size <= LARGEST)):
        shape[index] = shape_of(bodies, np.flatnonzero(knowledge.participation[index]))
    inside = shape >= 0
    one_hot = np.eye(SHAPES, dtype=np.float32)[shape[inside]]
    areas = knowledge.areas[inside]
    return Shapes(
        shape,
        np.asarray(areas.T @ one_hot, np.float32),
        _pair_shapes(bodies),
    )


def shape_of(bodies: Bodies, rows: Ints) -> int:
    """Return the shape of a group: 4 · kinds + 2 · one Kreis + connected.

    Kinds are 0 municipalities alone, 1 with a Kreis, 2 Kreise alone; connected means that one can
    walk through all municipalities (or Kreise) over common borders. Associations are not looked
    at; -1 for less than two other bodies.
    """
    rows = rows[~bodies.is_association[rows]]
    if len(rows) < 2:
        return NO_SHAPE
    places, above = rows[bodies.is_municipality[rows]], rows[bodies.is_district[rows]]
    kinds = 2 if not len(places) else int(len(above) > 0)
    one_district = len(np.unique(bodies.district[rows])) == 1
    looked_at = places if len(places) else above
    touching = bodies.border_km[np.ix_(looked_at, looked_at)] > 0
    return 4 * kinds + 2 * one_district + connected(touching)


def connected(touching: Bools) -> bool:
    """Return whether all bodies hang together over borders; `touching` is (k, k)."""
    reached = np.zeros(len(touching), bool)
    reached[0] = True
    for _ in range(len(touching)):
        reached |= touching[reached].any(axis=0)
    return bool(reached.all())


def _pair_shapes(bodies: Bodies) -> Ints:
    kind, side = bodies.kind, bodies.side
    kinds = np.where(kind[:, None] == kind[None, :], 2 * side[:, None], 1)
    one = bodies.district[:, None] == bodies.district[None, :]
    # A municipality with a Kreis: the one municipality hangs together by itself.
    touching = (np.asarray(bodies.border_km) > 0) | (kind[:, None] != kind[None, :])
    shape = 4 * kinds + 2 * one + touching
    neither = bodies.is_association[:, None] | bodies.is_association[None, :]
    return np.asarray(np.where(neither, NO_SHAPE, shape), np.int64)
