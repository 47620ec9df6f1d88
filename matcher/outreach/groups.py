"""From pairs to groups: grow from each municipality, keep what fits, drop what is nearly the same.

All seeds of a matter grow at once: a step adds to each group the municipality that fits best, on
average, with everybody in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from matcher.known.bodies import Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.outreach.prospects import Prospects
from matcher.outreach.shape import shape_of

MIN_PLACES, MAX_PLACES = 2, 5
# By judgement: log-odds that the mean of a group may lie below that of its first pair, and that
# the Kreis may lie below its municipalities.
_DROP = 0.7
# Share of a matter's cooperations that have a Kreis in them: then it is asked too, then it must be.
_KREIS_SHARE, _KREIS_NEEDED = 0.4, 0.75
PER_MATTER = 60
"""Groups of one matter that are kept, the best."""
NEARLY_SAME = 0.5
"""Jaccard overlap from which two groups of one matter are the same proposal; by judgement."""


class Group(Struct, frozen=True):
    """A group with its score in parts; score = fit + need + evidence, log-odds.

    Attributes
    ----------
    area
        Row of the task area in `TaskArea`.
    rows
        Rows of the bodies: municipalities by row, then the Kreis where there is one.
    shape
        See `shape.shape_of`.
    matter
        Row of the matter in `Prospects.matters`.
    """

    area: int
    rows: tuple[int, ...]
    shape: int
    fit: float
    need: float
    evidence: float
    matter: int = -1

    @property
    def score(self) -> float:
        """The sum of the three parts."""
        return self.fit + self.need + self.evidence


class Sizes(Struct, frozen=True):
    """Least and greatest number of municipalities in a group."""

    least: int = MIN_PLACES
    most: int = MAX_PLACES


def grow(prospects: Prospects, matters: Sequence[int], sizes: Sizes | None = None) -> list[Group]:
    """Grow groups in each matter, best score first.

    Parameters
    ----------
    prospects
        What is known, and how it is scored.
    matters
        Rows of the matters.
    sizes
        How many municipalities; default 2 … 5.
    """
    sizes = sizes or Sizes()
    grown: list[Group] = []
    for matter in matters:
        rows = [each for each, _ in grow_matter(prospects, matter, sizes, prospects.table(matter))]
        grown += score_groups(prospects, matter, rows)
    return sorted(grown, key=lambda group: (-group.score, group.matter, group.rows))


def grow_matter(
    prospects: Prospects, matter: int, sizes: Sizes, fit: Floats
) -> list[tuple[tuple[int, ...], float]]:
    """Return the best groups of one matter with their mean, by the scores given for its pairs."""
    knowledge, share = prospects.knowledge, float(prospects.with_kreis[matter])
    usual = int(np.clip(round(float(prospects.usual_size[matter])), sizes.least, sizes.most))
    found: list[tuple[tuple[int, ...], float]] = []
    seeds = sorted(_seeds(fit, knowledge, usual, sizes), key=lambda each: (-each[1], each[0]))
    for rows, mean in seeds:
        whole = _with_kreis(rows, fit, knowledge) if share >= _KREIS_SHARE else rows
        complete = share < _KREIS_NEEDED or len(whole) > len(rows)
        if complete and prospects.one_carries(matter, whole):
            found.append((whole, mean))
        if len(found) == PER_MATTER:
            break
    return found


def score_group(prospects: Prospects, matter: int, rows: tuple[int, ...]) -> Group:
    """Score one given set of bodies in one matter; not finite where two lie too far apart."""
    return score_groups(prospects, matter, [rows])[0]


def score_groups(
    prospects: Prospects, matter: int, groups: Sequence[tuple[int, ...]]
) -> list[Group]:
    """Score sets of bodies in one matter at once: the mean over all pairs of each."""
    land, area = prospects.knowledge.bodies, prospects.matters[matter].task_area.row
    shapes = [shape_of(land, np.array(rows)) for rows in groups]
    pairs = [prospects.pairs(rows) for rows in groups]
    near = [i for i, each in enumerate(pairs) if (each >= 0).all()]
    parts = np.full((len(groups), 3), [-np.inf, 0.0, 0.0])
    if near:
        every = np.concatenate([pairs[i] for i in near])
        sizes = np.array([len(pairs[i]) for i in near])
        signals = prospects.signals.rows(np.full(len(every), matter), every)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        parts[near] = np.add.reduceat(prospects.split(signals), starts, axis=0) / sizes[:, None]
    return [
        Group(area, rows, shape, float(each[0]), float(each[1]), float(each[2]), matter)
        for rows, shape, each in zip(groups, shapes, parts, strict=True)
    ]


def mean_fit(fit: Floats, rows: Ints) -> float:
    """Return the mean over all pairs of a group."""
    # The diagonal is -inf: no body is a pair with itself.
    inside = fit[rows[:, None], rows[None]]
    return float(inside[~np.eye(len(rows), dtype=bool)].mean())


def _seeds(
    fit: Floats, knowledge: Knowledge, target: int, sizes: Sizes
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Grow all seeds of one matter at once; yields each distinct group with its mean."""
    places = np.flatnonzero(knowledge.bodies.is_municipality & np.isfinite(fit).any(axis=1))
    if len(places) < sizes.least:
        return
    among = fit[np.ix_(places, places)].astype(np.float64)
    count = len(places)
    members = [np.arange(count)]
    to_group = among.copy()  # (seeds, candidates) sum of fits to the members so far
    total = np.zeros(count)
    first = np.full(count, -np.inf)
    open_seeds = np.ones(count, bool)
    length = np.ones(count, np.int64)
    for size in range(2, max(target, sizes.least) + 1):
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
    mean = total / np.maximum(length * (length - 1) / 2, 1)
    seen: set[tuple[int, ...]] = set()
    for seed in np.flatnonzero(length >= sizes.least):
        rows = tuple(sorted(places[table[seed, : length[seed]]].tolist()))
        if rows not in seen:
            seen.add(rows)
            yield rows, float(mean[seed])


def _with_kreis(rows: tuple[int, ...], fit: Floats, knowledge: Knowledge) -> tuple[int, ...]:
    """Add the parent Kreis where all lie in it and it fits about as well as they do."""
    bodies, members = knowledge.bodies, np.array(rows)
    if (bodies.district[members] != bodies.district[members[0]]).any():
        return rows
    parents = np.flatnonzero(bodies.is_district & bodies.contains[:, members].all(axis=1))
    if not len(parents):
        return rows
    to_parent = float(fit[parents[0], members].mean())
    return (*rows, int(parents[0])) if to_parent >= mean_fit(fit, members) - _DROP else rows
