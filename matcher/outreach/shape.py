"""The shape of a group: who, in one Kreis or beyond, neighbours or not; and how often it worked.

A shape is what a group has in common with groups elsewhere: "neighbours in one Kreis, with the
Kreis". There are twelve; see `shape_of`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.knowledge import Knowledge

_PRIOR = 3.0
SHAPES = 12
NO_SHAPE = -1
LARGEST = 8
"""Members of a cooperation that still counts as a group; beyond, it is a regional scheme."""
HALF_LIFE = 5.0
"""Years after which a cooperation counts half: what began long ago tells less about what begins
next. The better of 3, 5 and 10 on what began in 2016 to 2018, as for `Weights`."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """How often each shape is known.

    Attributes
    ----------
    of_cooperation
        (c,) shape of each known cooperation, -1 for regional schemes and single bodies.
    counts
        (areas, 12) known cooperations by area and shape.
    fresh
        (areas, 12) the same, each weighing 0.5 ** (age / 5 years) at the newest start on record;
        those without a year weigh as the others of their area do on average.
    of_pair
        (n, n) shape of two bodies as a group.
    """

    of_cooperation: Ints
    counts: Floats
    fresh: Floats
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
    weight = _recency(knowledge)[inside]
    areas = knowledge.areas[inside]
    return Shapes(
        shape,
        np.asarray(areas.T @ one_hot, np.float32),
        np.asarray((areas * weight[:, None]).T @ one_hot, np.float32),
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


def _recency(knowledge: Knowledge) -> Floats:
    """Return (c,) weight of each known cooperation by its age."""
    years = np.array([c.start_year or np.nan for c in knowledge.cooperations], np.float32)
    if np.isnan(years).all():
        return np.ones(len(years), np.float32)
    weight = 0.5 ** ((np.nanmax(years) - years) / HALF_LIFE)
    dated = ~np.isnan(years)
    # A few dated ones tell little about an area: the mean of all stands in for _PRIOR of them.
    total = knowledge.areas[dated].T @ weight[dated] + _PRIOR * weight[dated].mean()
    usual = total / (knowledge.areas[dated].sum(axis=0) + _PRIOR)
    return np.asarray(np.where(dated, weight, knowledge.areas @ usual), np.float32)


def _pair_shapes(bodies: Bodies) -> Ints:
    kind, side = bodies.kind, bodies.side
    kinds = np.where(kind[:, None] == kind[None, :], 2 * side[:, None], 1)
    one = bodies.district[:, None] == bodies.district[None, :]
    # A municipality with a Kreis: the one municipality hangs together by itself.
    touching = (bodies.border_km > 0) | (kind[:, None] != kind[None, :])
    shape = 4 * kinds + 2 * one + touching
    neither = bodies.is_association[:, None] | bodies.is_association[None, :]
    return np.asarray(np.where(neither, NO_SHAPE, shape), np.int64)
