"""How time and memory of one search grow with the bodies and with the known cooperations."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from rich.console import Console

from eval.performance.comparison import seats_km
from eval.performance.narrow import narrow_scores
from eval.performance.paired import paired
from eval.performance.retrieval import VECTORS, retrieval_row
from eval.performance.square import dense_tables
from eval.performance.wide import lengthened, widened
from matcher import Matcher
from matcher.candidates import Candidates
from matcher.features import features, make_query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from models import Ranker

COPIES = (1, 4, 12, 26, 76, 228)
TIMES = (1, 4, 16, 64)
_TOP = 10
_SEED = 20_267
Row = dict[str, Any]


def size_figures(matcher: Matcher, quick: bool, console: Console) -> dict[str, Any]:
    """Measure all curves and fit their exponents."""
    bodies, cooperations, retrieval = [], [], []
    for copies in COPIES[:3] if quick else COPIES:
        bodies.append(_bodies_row(matcher, copies))
        console.print(f"{bodies[-1]['bodies']} bodies", highlight=False)
    for times in TIMES[:2] if quick else TIMES:
        cooperations.append(_cooperation_row(matcher, times))
        console.print(f"{cooperations[-1]['cooperations']} cooperations", highlight=False)
    for count in VECTORS[:2] if quick else VECTORS:
        retrieval.append(retrieval_row(matcher.knowledge, count))
        console.print(f"{count} descriptions", highlight=False)
    return {
        "bodies": bodies,
        "cooperations": cooperations,
        "retrieval": retrieval,
        "exponents": {
            "exact, ms, bodies": exponent(bodies, "bodies", "exact_ms"),
            "candidates, ms, bodies": exponent(bodies, "bodies", "narrow_ms"),
            "exact, MB, bodies": exponent(bodies, "bodies", "exact_mb"),
            "candidates, MB, bodies": exponent(bodies, "bodies", "narrow_mb"),
            "search, ms, cooperations": exponent(cooperations, "cooperations", "ms"),
            "search, MB, cooperations": exponent(cooperations, "cooperations", "mb"),
            "retrieval exact, ms, cooperations": exponent(retrieval, "cooperations", "exact_ms"),
            "retrieval IVF, ms, cooperations": exponent(retrieval, "cooperations", "ivf_ms"),
        },
        "dense": dense_tables(matcher),
    }


def exponent(rows: Sequence[Row], size: str, figure: str) -> float:
    """Return the slope of the least-squares line in log-log, from the second size on.

    At the smallest size calls cost more than arrays.
    """
    some = rows[1:] if len(rows) > 2 else rows
    x, y = (np.log([float(row[key]) for row in some]) for key in (size, figure))
    return float(np.polyfit(x, y, 1)[0])


def _bodies_row(matcher: Matcher, copies: int) -> Row:
    known, ranker = matcher.knowledge, matcher.ranker
    wide = widened(known, seats_km(matcher.dataset), copies)
    bodies: Any = wide.bodies
    candidates = Candidates.among(bodies.seats, bodies.kind, wide.ties.cooperations)
    asked = list(_asked(known, wide, 6 if copies > 50 else 12))
    exact, narrow, hits, chosen = [], [], [], []
    for body, matter in asked:
        everyone = partial(exact_scores, wide, ranker, body, matter)
        some = partial(narrow_scores, wide, ranker, candidates, body, matter)
        timed = paired(everyone, some, rounds=2)
        exact.append(timed.least_ms(0))
        narrow.append(timed.least_ms(1))
        scores, (rows, found) = everyone(), some()
        scores[body], found[rows == body] = -np.inf, -np.inf
        first = np.argsort(-scores, kind="stable")[:_TOP]
        named = rows[np.argsort(-found, kind="stable")[:_TOP]]
        hits.append(len(np.intersect1d(first, named)) / _TOP)
        chosen.append(len(rows))
    return {
        "bodies": len(bodies),
        "exact_ms": float(np.median(exact)),
        "narrow_ms": float(np.median(narrow)),
        "ratio": float(np.median(np.array(exact) / narrow)),
        "recall": float(np.mean(hits)),
        "candidates": float(np.mean(chosen)),
        "exact_mb": peak_mb(partial(exact_scores, wide, ranker, *asked[0])),
        "narrow_mb": peak_mb(partial(narrow_scores, wide, ranker, candidates, *asked[0])),
    }


def _cooperation_row(matcher: Matcher, times: int) -> Row:
    known = matcher.knowledge
    state = lengthened(known, times)
    body, matter = next(_asked(known, known, 1))
    rng = np.random.default_rng(_SEED)

    def repeated(likeness: Floats) -> Floats:
        many = np.tile(likeness, times)
        return np.asarray(many + rng.normal(0, 0.01, len(many)), np.float32)

    longer = replace(
        matter,
        to_descriptions=repeated(matter.to_descriptions),
        to_requests=repeated(matter.to_requests),
    )
    search = partial(exact_scores, state, matcher.ranker, body, longer)
    return {
        "cooperations": len(state.cooperations),
        "ms": paired(search, rounds=5).least_ms(0),
        "mb": peak_mb(search),
    }


def exact_scores(knowledge: Knowledge, ranker: Ranker, body: int, matter: Matter) -> Any:
    """Score all bodies, with all contributions."""
    matrix = features(make_query(knowledge, body, matter), knowledge)[0]
    base, parts = ranker.contributions(matrix)
    return base + parts.sum(axis=1)


def peak_mb(call: Callable[[], object]) -> float:
    """Return how much a call holds at most beyond what was there, MB."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def _asked(known: Knowledge, wide: Knowledge, count: int) -> Iterator[tuple[int, Matter]]:
    """Draw searches: half by a body that took part in the matter, half by anyone."""
    assert known.reader is not None
    assert known.requests is not None
    rng = np.random.default_rng(_SEED)
    for turn in range(count):
        index = int(rng.integers(len(known.cooperations)))
        among = np.flatnonzero(known.participation[index]) if turn % 2 else len(wide.bodies)
        body = int(rng.choice(among))
        matter = known.reader.read(known.requests[index], known.cooperations[index].request)
        expected = matter.expectation
        more = len(wide.bodies) - len(expected.taking_part)
        yield (
            body,
            replace(
                matter,
                expectation=replace(expected, taking_part=np.pad(expected.taking_part, (0, more))),
            ),
        )
