"""How likely two bodies begin a matter together: a logistic regression of readable signals.

Every signal belongs to the pair (distance), to each body and the matter (the mean of both counts),
or to the matter alone, so that all pairs and matters are scored by three small tables. It learns on
moments in the past: what was known by a year, and which pairs began what in the three years after.
Cooperations without a year are on neither side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from msgspec import Struct, structs

from data import Status, TaskArea
from data.matters import Matters
from matcher.known.bodies import Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.peers import nearest_peers
from matcher.outreach.covered import Covered
from matcher.outreach.need import PEERS

RECENT = 8
"""Years in which something counts as recent."""
AHEAD, STEP, MOMENTS = 3, 3, 6
"""Years a moment looks ahead, years between two moments, how many moments are learned from."""
_NEAREST = 30  # bodies of the same kind that are looked at; all of the own Kreis besides
_NEGATIVES = 90_000
_LEARNED = 10
"""Members up to which a cooperation is learned from: beyond, it is a regional scheme. On T = 2009
to 2015 better than all sizes, as was that each counts as one however many pairs it makes."""
_SEED = 20_266
_PRIOR = 3.0  # cooperations by which what is usual for a matter is drawn to the mean of all

PAIR = ("distance", "border", "same_kreis", "with_kreis", "ties", "unlike_size")
BODY = ("neighbours", "peers", "size_class")
MATTER = ("recent", "kreis_matter")
SIGNALS = (*PAIR, *BODY, *MATTER)
"""Tried on T = 2009 to 2015 and left out, as lists came true less often with them: known members in
the matter, nearness of a provider, members in the Kreis, all known cooperations of the matter,
activity of the bodies, small size, ageing and fiscal level; and recent as 5 or 12 years."""


class Signals(Struct, frozen=True):
    """Signals of all pairs and matters at one moment.

    Attributes
    ----------
    first, second
        (p,) rows of the pairs that are looked at, the lower first.
    pair
        (p, 6) in the order of `PAIR`.
    body
        (3, m, n) in the order of `BODY`.
    matter
        (m,) recent cooperations, log(1 + count).
    within
        (m,) how much more than others the matter is done within one Kreis, log-odds; together with
        `same_kreis` it makes the signal `kreis_matter`.
    """

    first: Ints
    second: Ints
    pair: Floats
    body: Floats
    matter: Floats
    within: Floats

    def rows(self, matter: Ints, pair: Ints) -> npt.NDArray[np.float64]:
        """Return (k, 11) the signals of some (matter, pair), in the order of `SIGNALS`."""
        both = (
            self.body[:, matter, self.first[pair]] + self.body[:, matter, self.second[pair]]
        ) / 2
        usual = self.within[matter] * self.pair[pair, PAIR.index("same_kreis")]
        rest = np.stack([self.matter[matter], usual], axis=1)
        return np.hstack([self.pair[pair], both.T, rest]).astype(float)


class Odds(Struct, frozen=True):
    """What was learned: log-odds = base + sum of weight · signal.

    Attributes
    ----------
    base
        Log-odds where all signals are 0.
    weights
        (11,) in the order of `SIGNALS`.
    moments
        Years it was learned from.
    """

    base: float
    weights: npt.NDArray[np.float64]
    moments: tuple[int, ...]

    def score(self, signals: Signals, matter: int) -> Floats:
        """Return (p,) log-odds of all pairs in one matter."""
        pair, body, rest = np.split(self.weights, [len(PAIR), len(PAIR) + len(BODY)])
        of_body = np.tensordot(body, signals.body[:, matter], axes=1) / 2
        of_pair = signals.pair @ pair + of_body[signals.first] + of_body[signals.second]
        usual = signals.within[matter] * signals.pair[:, PAIR.index("same_kreis")]
        constant = self.base + float(signals.matter[matter] * rest[0])
        return np.asarray(of_pair + constant + rest[1] * usual, np.float32)

    def parts(self, rows: npt.NDArray[np.float64]) -> dict[str, float]:
        """Return the mean contribution of each signal over some rows of `Signals.rows`."""
        each = (rows * self.weights).mean(axis=0)
        return dict(zip(SIGNALS, each.tolist(), strict=True))

    def without(self, names: Sequence[str]) -> Odds:
        """Return the same with some signals left out."""
        kept = np.array([name not in names for name in SIGNALS])
        return structs.replace(self, weights=self.weights * kept)

    def as_record(self) -> dict[str, object]:
        """Return it as JSON."""
        weights = dict(zip(SIGNALS, np.round(self.weights, 4).tolist(), strict=True))
        return {"base": round(self.base, 4), "weights": weights, "moments": list(self.moments)}


def make_signals(covered: Covered, now: int) -> Signals:
    """Read the signals from what is known.

    Parameters
    ----------
    covered
        What is known, sorted by matter.
    now
        Year from which "recent" counts back.
    """
    knowledge, bodies = covered.knowledge, covered.knowledge.bodies
    first, second = _pairs(knowledge)
    years, of = knowledge.years, covered.of
    recent = (years > now - RECENT) & (years <= now)
    count = len(covered.matters)
    joined = np.zeros((count, len(bodies.keys)), np.float32)
    for index in np.flatnonzero(recent):
        joined[of[index]] += knowledge.participation[index]
    joined = np.minimum(joined, 1)
    have = np.minimum(covered.members, 1).astype(np.float32)
    border = (
        (np.asarray(bodies.border_km) > 0) & (bodies.kind[:, None] == bodies.kind[None])
    ).astype(np.float32)
    peers = nearest_peers(bodies, np.arange(len(bodies.keys)), PEERS)
    body = np.stack(
        [np.log1p(joined @ border), have[:, peers].mean(axis=2), _size_gap(covered)]
    ).astype(np.float32)
    counts = np.log1p(np.bincount(of[recent], minlength=count)).astype(np.float32)
    pair = _pair_signals(knowledge, first, second)
    return Signals(first, second, pair, body, counts, _within(covered))


def learn(knowledge: Knowledge, matters: Matters, until: int) -> Odds:
    """Learn from moments whose outcomes were known by the end of a year.

    Parameters
    ----------
    knowledge
        The state; what began after `until`, or has no year, is not looked at.
    until
        Last year whose beginnings are known.
    """
    moments = tuple(until - AHEAD - STEP * back for back in range(MOMENTS))[::-1]
    parts = [_examples(knowledge, matters, year) for year in moments]
    signals, begun, weight = (np.concatenate(each) for each in zip(*parts, strict=True))
    mean, spread = signals.mean(axis=0), signals.std(axis=0)
    spread[spread == 0] = 1
    # Imported here: it takes a second, and searches do without.
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=0.3, max_iter=1000)
    fitted.fit((signals - mean) / spread, begun, sample_weight=weight)
    weights = fitted.coef_[0] / spread
    return Odds(float(fitted.intercept_[0] - weights @ mean), weights, moments)


def known_by(knowledge: Knowledge, year: int) -> Knowledge:
    """Return the state by the end of a year; what has ended since still ran, as far as is known."""
    hidden = np.flatnonzero((knowledge.years == 0) | (knowledge.years > year))
    state = knowledge.without(hidden)
    running = tuple(structs.replace(c, status=Status.ACTIVE) for c in state.cooperations)
    return replace(state, cooperations=running)


def matters_by(matters: Matters, year: int) -> Matters:
    """Return the matters without institutions of which one knows only since then."""
    known = tuple(p for p in matters.providers if p.since is not None and p.since <= year)
    return replace(matters, providers=known)


def open_pairs(covered: Covered, signals: Signals, matter: int) -> Bools:
    """(p,) pairs that may be proposed: not together in it yet, both able, none closed.

    A body that does it for others may be paired with one of which nothing is known.
    """
    closed = covered.closed[matter]
    joinable = ~closed | covered.carriers[matter]
    both = joinable[signals.first] & joinable[signals.second]
    both &= ~(closed[signals.first] & closed[signals.second])
    together = covered.together.get(matter)
    if together is not None:
        both &= ~together[signals.first, signals.second]
    return np.asarray(both)


def _examples(
    knowledge: Knowledge, matters: Matters, year: int
) -> tuple[npt.NDArray[np.float64], Bools, npt.NDArray[np.float64]]:
    """Signals at one moment, what began in the years after, and how much each line counts."""
    state = known_by(knowledge, year)
    covered = Covered.find(state, matters_by(matters, year))
    signals = make_signals(covered, year)
    began = {}
    rows = {matter.code: index for index, matter in enumerate(covered.matters)}
    place = {
        pair: i
        for i, pair in enumerate(zip(signals.first.tolist(), signals.second.tolist(), strict=True))
    }
    for index in np.flatnonzero((knowledge.years > year) & (knowledge.years <= year + AHEAD)):
        matter = rows[matters.of(knowledge.cooperations[index]).code]
        members = np.flatnonzero(knowledge.participation[index] * ~knowledge.bodies.is_association)
        if len(members) > _LEARNED:
            continue
        lines = [
            place[a, b] for i, a in enumerate(members) for b in members[i + 1 :] if (a, b) in place
        ]
        for line in lines:
            # One cooperation of ten makes 45 lines; each cooperation counts as one.
            began[matter, line] = 1 / len(lines)
    # Nobody founds a funded region after a call, and they would carry what is learned.
    funded = np.array([m.task_area is TaskArea.REGIONALENTWICKLUNG for m in covered.matters])
    known = np.setdiff1d(covered.of, np.flatnonzero(funded))
    openly = {int(m): open_pairs(covered, signals, int(m)) for m in known}
    positive = [(m, p, w) for (m, p), w in began.items() if m in openly and openly[m][p]]
    rng = np.random.default_rng(_SEED + year)
    drawn = zip(
        rng.choice(known, _NEGATIVES // MOMENTS).tolist(),
        rng.integers(0, len(signals.first), _NEGATIVES // MOMENTS).tolist(),
        strict=True,
    )
    negative = [(m, p) for m, p in drawn if openly[m][p] and (m, p) not in began]
    total = sum(int(each.sum()) for each in openly.values())
    weight = np.full(len(negative), total / max(len(negative), 1))
    asked = np.array([*((m, p) for m, p, _ in positive), *negative], np.int64).reshape(-1, 2)
    table = signals.rows(asked[:, 0], asked[:, 1])
    begun = np.arange(len(table)) < len(positive)
    return table, begun, np.concatenate([[w for _, _, w in positive], weight])


def _pairs(knowledge: Knowledge) -> tuple[Ints, Ints]:
    bodies = knowledge.bodies
    near = (np.asarray(bodies.rank) <= _NEAREST) & (bodies.kind[:, None] == bodies.kind[None])
    near |= bodies.district[:, None] == bodies.district[None]
    near |= near.T
    approached = ~bodies.is_association
    near &= approached[:, None] & approached[None]
    first, second = np.nonzero(np.triu(near, k=1))
    return first.astype(np.int64), second.astype(np.int64)


def _pair_signals(knowledge: Knowledge, first: Ints, second: Ints) -> Floats:
    bodies = knowledge.bodies
    shared = knowledge.participation.T @ knowledge.participation
    other_kind = bodies.kind[first] != bodies.kind[second]
    return np.stack([
        np.log1p(bodies.seat_km[first, second]),
        (bodies.border_km[first, second] > 0) & ~other_kind,
        (bodies.district[first] == bodies.district[second]) & ~other_kind,
        other_kind,
        np.log1p(shared[first, second]),
        np.abs(bodies.log_population[first] - bodies.log_population[second]) * ~other_kind,
    ], axis=1).astype(np.float32)  # fmt: skip


def _size_gap(covered: Covered) -> Floats:
    """(m, n) how far a body is from the usual size of those who have the matter, shrunk."""
    knowledge, bodies = covered.knowledge, covered.knowledge.bodies
    places = bodies.is_municipality
    mean = float(bodies.log_population[places].mean())
    gap = np.zeros(covered.members.shape, np.float32)
    for matter in range(len(covered.matters)):
        inside = knowledge.participation[covered.of == matter][:, places].sum(axis=0)
        usual = (inside @ bodies.log_population[places] + _PRIOR * mean) / (inside.sum() + _PRIOR)
        gap[matter, places] = np.abs(bodies.log_population[places] - usual)
    return gap


def _within(covered: Covered) -> Floats:
    """(m,) log-odds that a cooperation of the matter lies in one Kreis, above that of all."""
    knowledge, bodies = covered.knowledge, covered.knowledge.bodies
    inside = np.array(
        [len(np.unique(bodies.district[row > 0])) == 1 for row in knowledge.participation]
    )
    rate = float(inside.mean()) if len(inside) else 0.5
    count = len(covered.matters)
    yes = np.bincount(covered.of[inside], minlength=count) + _PRIOR * rate
    no = np.bincount(covered.of[~inside], minlength=count) + _PRIOR * (1 - rate)
    return np.asarray(np.log(yes / no) - np.log(rate / (1 - rate)), np.float32)
