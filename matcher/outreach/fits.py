"""How well two bodies fit in a task area: all plausible pairs, all areas, in chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from data import TaskArea
from matcher.known.bodies import Bools, Floats, Ints, Landscape
from matcher.known.knowledge import Knowledge
from matcher.outreach.batch import Pairs, make_pairs, pair_features
from models import Ranker

# By judgement: of the known pairs of municipalities 91 % are among the nearest 48, 96 % of those in
# groups of up to eight.
NEAREST = 48
Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Scores of one piece of the whole job.

    Attributes
    ----------
    areas
        Task areas, the rows of `score`.
    searcher, candidate
        (p,) rows of bodies.
    score
        (areas, p) log-odds of the candidate from the searcher's view, float64.
    """

    areas: tuple[TaskArea, ...]
    searcher: Ints
    candidate: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Fits:
    """Pair scores of all areas asked for.

    Attributes
    ----------
    areas
        Task areas, the first axis of `table`.
    table
        (areas, n, n) float32, symmetric: mean log-odds of both directions; -inf for pairs that
        were not scored, on the diagonal, and for associations.
    """

    areas: tuple[TaskArea, ...]
    table: Floats


def plausible(knowledge: Knowledge) -> Bools:
    """Return which ordered pairs are worth scoring, (n, n), symmetric.

    The nearest 48 of the same kind, everyone in the same Kreis and the Kreis itself, and whoever
    is known to work together already; never associations, which are not approached this way.
    """
    land = knowledge.land
    same_kind = land.kind[:, None] == land.kind[None, :]
    chosen = (land.rank <= NEAREST) & same_kind  # rank 0 is the body itself
    chosen |= land.district[:, None] == land.district[None, :]
    chosen |= knowledge.shared > 0
    chosen |= chosen.T
    approached = approachable(land)
    chosen &= approached[:, None] & approached[None, :]
    np.fill_diagonal(chosen, False)
    return np.asarray(chosen)


def approachable(land: Landscape) -> Bools:
    """Return (n,) whether a body is a municipality or a Kreis."""
    return ~land.is_association


def input_keys(
    knowledge: Knowledge, ranker: Ranker, areas: Sequence[TaskArea]
) -> dict[TaskArea, str]:
    """Return for each area a hash of all that its scores depend on: pairs, features, ranker.

    Where it is the same, so are the scores: they need not be computed again. Features take a tenth
    of the time of scores. A new cooperation changes all of them, everywhere (the embedding of ties
    and what is usual move a little); what no feature looks at (a title, a source) changes none.

    Returns
    -------
    dict
        64 hexadecimal digits by area.
    """
    pairs = _pairs_of(knowledge, _everyone(knowledge))
    common = hashlib.sha256(ranker.digest.encode())
    common.update(pairs.searcher.tobytes() + pairs.candidate.tobytes())
    keys = {}
    for area in areas:
        whole = common.copy()
        whole.update(pair_features(knowledge, pairs, area).tobytes())
        keys[area] = whole.hexdigest()
    return keys


def score_chunk(
    knowledge: Knowledge, ranker: Ranker, searchers: Ints, areas: Sequence[TaskArea]
) -> Chunk:
    """Score the plausible pairs of some searchers in some areas.

    A pure function: the same arguments give the same bits, whatever is computed beside it, so that
    chunks may run anywhere and be put together by `merge`. Tables over all bodies are computed in
    full for that reason, also where few searchers are asked for.

    Parameters
    ----------
    knowledge
        The state to answer from.
    ranker
        What scores.
    searchers
        Rows of bodies.
    areas
        Named task areas.
    """
    pairs = _pairs_of(knowledge, searchers)
    score = [ranker.score(pair_features(knowledge, pairs, area)) for area in areas]
    return Chunk(tuple(areas), pairs.searcher, pairs.candidate, np.stack(score))


def plan(areas: Sequence[TaskArea], size: int = 4) -> list[tuple[TaskArea, ...]]:
    """Split the areas into pieces of at most `size`: one chunk each, all searchers in it."""
    return [tuple(areas[start : start + size]) for start in range(0, len(areas), size)]


def merge(knowledge: Knowledge, chunks: Iterable[Chunk]) -> Fits:
    """Put chunks together and average both directions of each pair.

    Raises
    ------
    ValueError
        A pair has a score in one direction only: some searchers are missing.
    """
    size = len(knowledge.land)
    table: dict[TaskArea, Floats] = {}
    for chunk in chunks:
        for area, score in zip(chunk.areas, chunk.score, strict=True):
            if area not in table:
                table[area] = np.full((size, size), -np.inf, np.float64)
            table[area][chunk.searcher, chunk.candidate] = score
    both = []
    for scores in table.values():
        known = np.isfinite(scores)
        if (known != known.T).any():
            raise ValueError("A chunk is missing: some pairs have a score in one direction only.")
        both.append(((scores + scores.T) / 2).astype(np.float32))
    return Fits(tuple(table), np.stack(both))


def score_all(
    knowledge: Knowledge,
    ranker: Ranker,
    areas: Sequence[TaskArea] = tuple(TaskArea),
    progress: Progress | None = None,
) -> Fits:
    """Score all municipalities and Kreise in the given areas, in this process.

    Parameters
    ----------
    knowledge, ranker
        The state, and what scores.
    areas
        Named task areas, default all 31.
    progress
        Told after each chunk how many of how many are done.
    """
    everyone = _everyone(knowledge)
    pieces, done = plan(areas), []
    for number, piece in enumerate(pieces, start=1):
        done.append(score_chunk(knowledge, ranker, everyone, piece))
        if progress is not None:
            progress(number, len(pieces))
    return merge(knowledge, done)


def _everyone(knowledge: Knowledge) -> Ints:
    return np.flatnonzero(approachable(knowledge.land)).astype(np.int64)


def _pairs_of(knowledge: Knowledge, searchers: Ints) -> Pairs:
    chosen = plausible(knowledge)
    mine = np.zeros(len(chosen), bool)
    mine[searchers] = True
    searcher, candidate = np.nonzero(chosen & mine[:, None])
    return make_pairs(knowledge, searcher.astype(np.int64), candidate.astype(np.int64))
