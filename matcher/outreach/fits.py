"""How well two bodies fit in a task area: all plausible pairs, all areas, in chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import TaskArea
from matcher.features import FEATURES, Searchers, columns, make_query
from matcher.known.bodies import Bodies, Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from models import Ranker

# By judgement: of the known pairs of municipalities 91 % are among the nearest 48, 96 % of those in
# groups of up to eight.
NEAREST = 48
_AT_ONCE = 128
Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all)."""


class Chunk(Struct, frozen=True):
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
    score: npt.NDArray[np.float64]


class Fits(Struct, frozen=True):
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
    bodies = knowledge.bodies
    same_kind = bodies.kind[:, None] == bodies.kind[None, :]
    chosen = (np.asarray(bodies.rank) <= NEAREST) & same_kind  # rank 0 is the body itself
    chosen |= bodies.district[:, None] == bodies.district[None, :]
    chosen |= knowledge.shared_with(np.arange(len(knowledge.bodies))) > 0
    chosen |= chosen.T
    approached = approachable(bodies)
    chosen &= approached[:, None] & approached[None, :]
    np.fill_diagonal(chosen, False)
    return np.asarray(chosen)


def approachable(bodies: Bodies) -> Bools:
    """Return (n,) whether a body is a municipality or a Kreis."""
    return ~bodies.is_association


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
    everyone = _everyone(knowledge)
    common = hashlib.sha256(ranker.digest.encode())
    common.update(np.stack(_pairs(knowledge, everyone)).tobytes())
    keys = {area: common.copy() for area in areas}
    for area, matrix in pair_features(knowledge, everyone, areas):
        keys[area].update(matrix.tobytes())
    return {area: key.hexdigest() for area, key in keys.items()}


def score_chunk(
    knowledge: Knowledge, ranker: Ranker, searchers: Ints, areas: Sequence[TaskArea]
) -> Chunk:
    """Score the plausible pairs of some searchers in some areas.

    A pure function: the same arguments give the same bits, whatever is computed beside it, so that
    chunks may run anywhere and be put together by `merge`.

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
    score: dict[TaskArea, list[npt.NDArray[np.float64]]] = {area: [] for area in areas}
    for area, matrix in pair_features(knowledge, searchers, areas):
        score[area].append(ranker.score(matrix))
    searcher, candidate = _pairs(knowledge, searchers)
    return Chunk(
        tuple(areas), searcher, candidate, np.stack([np.concatenate(s) for s in score.values()])
    )


def pair_features(
    knowledge: Knowledge, searchers: Ints, areas: Sequence[TaskArea]
) -> Iterator[tuple[TaskArea, Floats]]:
    """Yield the features of the plausible pairs of some searchers, without a text.

    What does not depend on the matter is computed once for all areas. Searchers are taken
    `_AT_ONCE` at a time, which bounds the memory: each piece yields once for every area.

    Yields
    ------
    area : TaskArea
        One of `areas`.
    matrix : ndarray
        (p, len(NAMES)) float32 in the order of `_pairs`; the pieces of an area follow each other.
    """
    everything = plausible(knowledge)
    of_matter = np.array([feature.of_matter for feature in FEATURES])
    of_pair, of_area = (
        [feature for feature in FEATURES if feature.of_matter is wanted] for wanted in (False, True)
    )
    rows = np.unique(searchers)
    for start in range(0, len(rows), _AT_ONCE):
        asking = Searchers(rows[start : start + _AT_ONCE], knowledge)
        chosen = everything[asking.rows]
        matrix = np.empty((int(chosen.sum()), len(FEATURES)), np.float32)
        query = make_query(knowledge, asking, None)
        for place, column in zip(
            np.flatnonzero(~of_matter), columns(query, knowledge, of_pair), strict=True
        ):
            matrix[:, place] = column[chosen]
        for area in areas:
            query = make_query(knowledge, asking, None, area)
            for place, column in zip(
                np.flatnonzero(of_matter), columns(query, knowledge, of_area), strict=True
            ):
                matrix[:, place] = column[chosen]
            yield area, matrix


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
    size = len(knowledge.bodies)
    table: dict[TaskArea, npt.NDArray[np.float64]] = {}
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
    parts, done = plan(areas), []
    for number, part in enumerate(parts, start=1):
        done.append(score_chunk(knowledge, ranker, everyone, part))
        if progress is not None:
            progress(number, len(parts))
    return merge(knowledge, done)


def _everyone(knowledge: Knowledge) -> Ints:
    return np.flatnonzero(approachable(knowledge.bodies)).astype(np.int64)


def _pairs(knowledge: Knowledge, searchers: Ints) -> tuple[Ints, Ints]:
    """Return searcher and candidate of each plausible pair, (p,) each, by searcher."""
    rows = np.unique(searchers)
    position, candidate = np.nonzero(plausible(knowledge)[rows])
    return rows[position].astype(np.int64), candidate.astype(np.int64)
