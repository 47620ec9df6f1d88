"""Similar cooperations among up to a million: exact, and from cells of an inverted file."""

from __future__ import annotations

import itertools
import os
import time
from typing import Any

import faiss
import numpy as np

from eval.performance.paired import paired
from eval.performance.wide import noisy
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

VECTORS = (1_000, 10_000, 100_000, 1_000_000)
_TOP, _QUESTIONS = 10, 100
_SEED = 20_268
_PROBED = (4, 6, 8, 12, 16, 24, 32)  # of about sqrt(c) cells
_RECALL, _MARGIN = 0.95, 0.015


def retrieval_row(known: Knowledge, count: int) -> dict[str, Any]:
    """Search the same questions both ways among `count` descriptions."""
    descriptions, requests = placed(known)
    vectors = noisy(descriptions, count)
    questions = noisy(requests, _QUESTIONS, seed=_SEED)
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    start = time.perf_counter()
    faiss.omp_set_num_threads(os.cpu_count() or 1)  # to build; a search is timed on one core
    some = inverted_file(vectors)
    built_s = time.perf_counter() - start
    truth = exact.search(questions, _TOP)[1]
    faiss.omp_set_num_threads(1)
    half = _QUESTIONS // 2
    # As few cells as the recall allows, by questions that it is not measured by.
    for some.nprobe in _PROBED:
        if _recall(some, questions[:half], truth[:half]) >= _RECALL + _MARGIN:
            break
    turn = itertools.count()

    def ask(index: Any) -> Any:
        return index.search(questions[[next(turn) % _QUESTIONS]], _TOP)

    rounds = 10 if count > 100_000 else 40
    timed = paired(lambda: ask(exact), lambda: ask(some), rounds=rounds)
    return {
        "cooperations": count,
        "exact_ms": timed.ms(0),
        "ivf_ms": timed.ms(1),
        "recall": _recall(some, questions[half:], truth[half:]),
        "probed": some.nprobe,
        "exact_mb": vectors.nbytes / 1e6,
        "ivf_mb": (vectors.nbytes / 2 + some.nlist * vectors.shape[1] * 4) / 1e6,
        "built_s": built_s,
    }


def placed(known: Knowledge) -> tuple[Floats, Floats]:
    """Return where descriptions and requests lie in `models.TextSpace`, (c, d) each."""
    assert known.reader is not None
    both = known.reader.space.points
    return both[len(both) // 2 :], both[: len(both) // 2]


def inverted_file(vectors: Floats) -> Any:
    """Sort vectors into cells, of which a search reads the nearest (FAISS IVF).

    The cells are found over a graph (HNSW). Values are kept in half precision: half the memory,
    and hardly a rank changes by it.
    """
    cells = max(int(np.sqrt(len(vectors))), 1)
    made: Any = faiss.index_factory(
        vectors.shape[1], f"IVF{cells}_HNSW32,SQfp16", faiss.METRIC_INNER_PRODUCT
    )
    made.cp.niter = 6
    made.cp.min_points_per_centroid, made.cp.max_points_per_centroid = 1, 40
    made.train(vectors)
    made.add(vectors)
    made.nprobe = _PROBED[-1]
    return made


def _recall(index: Any, questions: Floats, truth: Any) -> float:
    both = zip(truth, index.search(questions, _TOP)[1], strict=True)
    return float(np.mean([len(np.intersect1d(real, found)) / _TOP for real, found in both]))
