"""From pairs to groups: grow from each municipality, keep what fits, drop what is nearly the same.

All seeds grow at once: a step adds to each group the municipality that fits best, on average, with
everybody in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from data import TaskArea
from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge
from matcher.outreach.fits import Fits
from matcher.outreach.need import Need
from matcher.outreach.shape import Shapes, shape_of
from matcher.outreach.weights import Weights, evidence_table, need_table, open_fits

MIN_PLACES, MAX_PLACES = 2, 5
# By judgement: log-odds that the mean fit of a group may lie below that of its first pair, and
# that the Kreis may lie below its municipalities.
_DROP = 1.0
_KREIS_SHARE = 0.4  # of an area's cooperations that have a Kreis in them: then it is asked too
NEARLY_SAME = 0.5
"""Jaccard overlap from which two groups of one area count as the same proposal; by judgement."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its score in parts; score = fit + need + evidence, log-odds.

    Attributes
    ----------
    area
        Row of the task area in `TaskArea`.
    rows
        Rows of the bodies: municipalities by row, then the Kreis where there is one.
    shape
        See `shape.shape_of`.
    """

    area: int
    rows: tuple[int, ...]
    shape: int
    fit: float
    need: float
    evidence: float

    @property
    def score(self) -> float:
        """The sum of the three parts."""
        return self.fit + self.need + self.evidence


@dataclass(frozen=True, slots=True)
class Sizes:
    """Least and greatest number of municipalities in a group."""

    least: int = MIN_PLACES
    most: int = MAX_PLACES


@dataclass(frozen=True, slots=True)
class Tables:
    """What all groups are scored from, in every area; see `weights`.

    Attributes
    ----------
    alone
        (areas, n) the need part of each body alone.
    known
        (areas, 13) the evidence part by shape.
    """

    bodies: Bodies
    weights: Weights
    alone: Floats
    known: Floats

    @classmethod
    def of(cls, knowledge: Knowledge, need: Need, shapes: Shapes, weights: Weights) -> Self:
        """Compute them once for many groups."""
        alone, known = need_table(need, weights), evidence_table(shapes, weights)
        return cls(knowledge.bodies, weights, alone, known)


def usual_size(knowledge: Knowledge, area: int, sizes: Sizes) -> int:
    """Return the usual size of the area's cooperations (geometric mean), within `sizes`."""
    return int(np.clip(round(np.exp(_usual(knowledge, area, "log_size"))), sizes.least, sizes.most))


def grow(
    knowledge: Knowledge,
    fits: Fits,
    need: Need,
    shapes: Shapes,
    weights: Weights,
    sizes: Sizes | None = None,
) -> list[Group]:
    """Grow a group from each municipality in each area, best score first.

    Parameters
    ----------
    knowledge, fits, need, shapes, weights
        What is known, and how it is scored.
    sizes
        How many municipalities; default 2 … 5.
    """
    sizes = sizes or Sizes()
    grown: list[Group] = []
    tables = Tables.of(knowledge, need, shapes, weights)
    for position, area in enumerate(fits.areas):
        row = area.row
        fit = open_fits(fits, position, known_together(knowledge, row))
        with_kreis = _usual(knowledge, row, "with_district") >= _KREIS_SHARE
        for rows in _grow_area(fit, knowledge, usual_size(knowledge, row, sizes), sizes):
            rows = _with_kreis(rows, fit, knowledge) if with_kreis else rows
            grown.append(score_group(tables, row, rows, fit))
    return sorted(grown, key=lambda group: (-group.score, group.area, group.rows))


def score_group(tables: Tables, area: int, rows: tuple[int, ...], fit: Floats) -> Group:
    """Score one given set of bodies in one task area.

    Parameters
    ----------
    tables
        What is the same for every group.
    area
        Row of the task area in `TaskArea`.
    rows
        Rows of two bodies or more, in the order of `Group.rows`; at least one is a municipality.
    fit
        (n, n) log-odds of pairs in this area. Where a pair of the group has none, -inf, the score
        is not finite.
    """
    members = np.array(rows)
    places = members[tables.bodies.is_municipality[members]]
    shape = shape_of(tables.bodies, members)
    return Group(
        area,
        rows,
        shape,
        fit=tables.weights.fit * mean_fit(fit, members),
        need=float(tables.alone[area, places].mean()),
        evidence=float(tables.known[area, shape]),
    )


def known_together(knowledge: Knowledge, area: int) -> Bools:
    """Return (n, n) which bodies are known to work together in an area.

    By a cooperation on record; in regional development also where the register puts both in one
    LEADER region, which is such a cooperation whether or not it is on record.
    """
    inside = knowledge.participation[knowledge.areas[:, area] > 0]
    together = inside.T @ inside > 0
    if TaskArea.at(area) is TaskArea.REGIONALENTWICKLUNG:
        region = knowledge.bodies.leader
        together |= (region[:, None] == region[None, :]) & (region >= 0)
    return np.asarray(together)


def mean_fit(fit: Floats, rows: Ints) -> float:
    """Return the mean over all pairs of a group."""
    first, second = np.triu_indices(len(rows), k=1)
    return float(fit[rows[first], rows[second]].mean())


def diverse(
    groups: list[Group], exposure: int, count: int | None, per_area: int | None = None
) -> list[Group]:
    """Pick from the top: no body more often than `exposure`, no group nearly twice in one area.

    Parameters
    ----------
    groups
        Best first.
    exposure
        Lines in which a body may appear.
    count
        Lines wanted; None for all.
    per_area
        Lines of one task area; None for any number.
    """
    used: dict[int, int] = {}
    chosen: dict[int, list[frozenset[int]]] = {}
    picked: list[Group] = []
    for group in groups:
        if count is not None and len(picked) >= count:
            break
        members = frozenset(group.rows)
        if any(used.get(row, 0) >= exposure for row in members):
            continue
        others = chosen.setdefault(group.area, [])
        if per_area is not None and len(others) >= per_area:
            continue
        if any(len(members & o) / len(members | o) >= NEARLY_SAME for o in others):
            continue
        others.append(members)
        for row in members:
            used[row] = used.get(row, 0) + 1
        picked.append(group)
    return picked


def _grow_area(
    fit: Floats, knowledge: Knowledge, target: int, sizes: Sizes
) -> Iterator[tuple[int, ...]]:
    """Grow all seeds of one area at once; yields each distinct group."""
    places = np.flatnonzero(knowledge.bodies.is_municipality)
    among = fit[np.ix_(places, places)].astype(np.float64)
    count = len(places)
    members = [np.arange(count)]
    to_group = among.copy()  # (seeds, candidates) sum of fits to the members so far
    total = np.zeros(count)
    first = np.full(count, -np.inf)
    open_seeds = np.ones(count, bool)
    length = np.ones(count, np.int64)
    for size in range(2, target + 1):
        best = to_group.argmax(axis=1)
        gain = to_group[np.arange(count), best]
        mean = (total + gain) / (size * (size - 1) / 2)
        if size == 2:
            first = mean
        open_seeds &= np.isfinite(gain)
        if size > sizes.least:
            open_seeds &= mean >= first - _DROP
        members.append(np.where(open_seeds, best, -1))
        total = np.where(open_seeds, total + gain, total)
        length += open_seeds
        to_group = to_group + np.where(open_seeds[:, None], among[best], 0)
    table = np.stack(members, axis=1)
    seen: set[tuple[int, ...]] = set()
    for seed in np.flatnonzero(length >= sizes.least):
        rows = tuple(sorted(places[table[seed, : length[seed]]].tolist()))
        if rows not in seen:
            seen.add(rows)
            yield rows


def _with_kreis(rows: tuple[int, ...], fit: Floats, knowledge: Knowledge) -> tuple[int, ...]:
    """Add the parent Kreis where all lie in it and it fits about as well as they do."""
    bodies, members = knowledge.bodies, np.array(rows)
    if len(np.unique(bodies.district[members])) > 1:
        return rows
    parents = np.flatnonzero(bodies.is_district & bodies.contains[:, members].all(axis=1))
    if not len(parents):
        return rows
    to_parent = float(fit[parents[0], members].mean())
    return (*rows, int(parents[0])) if to_parent >= mean_fit(fit, members) - _DROP else rows


def _usual(knowledge: Knowledge, area: int, name: str) -> float:
    inside = np.flatnonzero(knowledge.areas[:, area] > 0)
    if not len(inside):
        inside = np.arange(len(knowledge.cooperations))
    return float(knowledge.usual(inside.astype(np.int64)).scalars[SCALARS.index(name)])
