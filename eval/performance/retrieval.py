"""Similar cooperations among up to a million: exact, and from cells of an inverted file."""

from __future__ import annotations

import itertools
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
_PROBED = 24  # of about sqrt(c) cells


def retrieval_row(known: Knowledge, count: int) -> dict[str, Any]:
    """Search the same questions both ways among `count` descriptions."""
    assert known.passages is not None
    assert known.requests is not None
    vectors = noisy(known.passages, count)
    questions = noisy(known.requests, _QUESTIONS, seed=_SEED)
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    start = time.perf_counter()
    some = inverted_file(vectors)
    built_s = time.perf_counter() - start
    half = questions[: _QUESTIONS // 2]
    both = zip(exact.search(half, _TOP)[1], some.search(half, _TOP)[1], strict=True)
    shares = [len(np.intersect1d(truth, found)) / _TOP for truth, found in both]
    turn = itertools.count()

    def ask(index: Any) -> Any:
        return index.search(questions[[next(turn) % _QUESTIONS]], _TOP)

    rounds = 10 if count > 100_000 else 40
    timed = paired(lambda: ask(exact), lambda: ask(some), rounds=rounds)
    return {
        "cooperations": count,
        "exact_ms": timed.ms(0),
        "ivf_ms": timed.ms(1),
        "recall": float(np.mean(shares)),
        "exact_mb": vectors.nbytes / 1e6,
        "ivf_mb": (vectors.nbytes / 2 + some.nlist * vectors.shape[1] * 4) / 1e6,
        "built_s": built_s,
    }


def inverted_file(vectors: Floats) -> Any:
    """Sort vectors into cells, of which a search reads the nearest (FAISS IVF).

    Values are kept in half precision: half the memory, and hardly a rank changes by it.
    """
    size = vectors.shape[1]
    made = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(size),
        size,
        max(int(np.sqrt(len(vectors))), 1),
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
    )
    made.cp.niter = 6
    made.cp.min_points_per_centroid, made.cp.max_points_per_centroid = 1, 40
    made.train(vectors)
    made.add(vectors)
    made.nprobe = _PROBED
    return made
