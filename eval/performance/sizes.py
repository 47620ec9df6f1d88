"""How time and memory of one search grow with the bodies and with the known cooperations."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from msgspec import structs
from rich.console import Console

from data.pairs import PairTable
from eval.performance.comparison import seats_km
from eval.performance.paired import paired
from eval.performance.resident import resident_mb
from eval.performance.retrieval import VECTORS, retrieval_row
from eval.performance.square import dense_tables
from eval.performance.wide import lengthened, widened
from matcher import Matcher, MatchRequest
from matcher.candidates import Candidates
from matcher.features import features, features_of, make_query
from matcher.known.bodies import Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.matter import Matter
from models import Ranker

COPIES = (1, 4, 12, 76, 228)
TIMES = (1, 4, 16, 64)
_TOP = 10
_SEED = 20_267
_TIMED_BODIES = 4_000  # in all repetitions of a search
Row = dict[str, Any]


def size_figures(
    matcher: Matcher, germany: Matcher, quick: bool, console: Console
) -> dict[str, Any]:
    """Measure all curves and fit their exponents; `germany` serves all that is real."""
    bodies, cooperations, retrieval = [], [], []
    for copies in COPIES[:3] if quick else COPIES:
        bodies.append(_bodies_row(matcher, copies))
        console.print(f"{bodies[-1]['bodies']} bodies", highlight=False)
    bodies.append(_germany_row(germany, 6 if quick else 24))
    console.print(f"{bodies[-1]['bodies']} bodies, those of Germany", highlight=False)
    bodies.sort(key=lambda row: int(row["bodies"]))
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
    known = matcher.knowledge
    wide = widened(known, seats_km(matcher.dataset), copies)
    bodies: Any = wide.bodies
    candidates = Candidates.among(bodies.seats, bodies.kind, wide.ties.cooperations)
    asked = list(_asked(known, wide, 4 if copies > 50 else 12))
    return _compared(wide, matcher.ranker, candidates, asked) | {"real": copies == 1}


def _germany_row(germany: Matcher, searches: int) -> Row:
    """Ask among the bodies of Germany, the Land's and all others."""
    known, candidates = germany.knowledge, germany._candidates
    assert candidates is not None
    asked = list(_asked(known, known, searches))
    row = _compared(known, germany.ranker, candidates, asked)
    keys, texts = germany.directory.keys, known.cooperations
    seconds = []
    for number, (body, _) in enumerate(asked):
        request = MatchRequest(body=keys[body], description=texts[number].request)
        # The first round encodes the text; all else is forgotten before each.
        seconds.append(paired(partial(_anew, germany, request), rounds=2).least_ms(0))
    return row | {
        "real": True,
        "answer_ms": float(np.median(seconds)),
        "resident_mb": resident_mb("eval.performance.resident:germany"),
    }


def _anew(matcher: Matcher, request: MatchRequest) -> object:
    """Answer as if the body had not asked before."""
    forget(matcher.knowledge)
    for remembered in ("_askers", "_pairs"):
        vars(matcher).pop(remembered, None)
    return matcher.match(request)


def _compared(
    known: Knowledge,
    ranker: Ranker,
    candidates: Candidates,
    asked: Sequence[tuple[int, Matter]],
) -> Row:
    """Score all bodies and candidates alone in turn, each time as if nobody had asked before."""
    exact, narrow, hits, chosen, off = [], [], [], [], []
    may = known.bodies.administers & known.bodies.served
    for body, matter in asked:
        everyone = partial(exact_scores, known, ranker, body, matter)
        some = partial(candidate_scores, known, ranker, candidates, body, matter)
        timed = paired(everyone, some, rounds=rounds_for(len(known.bodies)))
        exact.append(timed.least_ms(0))
        narrow.append(timed.least_ms(1))
        scores, (rows, found) = everyone(), some()
        off.append(float(np.abs(scores[rows] - found)[rows != body].max()))
        scores[~may], scores[body], found[rows == body] = -np.inf, -np.inf, -np.inf
        first = np.argsort(-scores, kind="stable")[:_TOP]
        named = rows[np.argsort(-found, kind="stable")[:_TOP]]
        hits.append(len(np.intersect1d(first, named)) / _TOP)
        chosen.append(len(rows))
    return {
        "bodies": len(known.bodies),
        "exact_ms": float(np.median(exact)),
        "narrow_ms": float(np.median(narrow)),
        "ratio": float(np.median(np.array(exact) / narrow)),
        "recall": float(np.mean(hits)),
        "searches": len(asked),
        "largest_difference": max(off),
        "candidates": float(np.mean(chosen)),
        "exact_mb": peak_mb(partial(exact_scores, known, ranker, *asked[0])),
        "narrow_mb": peak_mb(partial(candidate_scores, known, ranker, candidates, *asked[0])),
    }


def rounds_for(bodies: int) -> int:
    """Return how often a search among so many bodies is repeated: small ones more often.

    What else a machine does lasts longer than a search among few bodies and would be most of it.
    """
    return max(2, _TIMED_BODIES // bodies)


def _cooperation_row(matcher: Matcher, times: int) -> Row:
    known = matcher.knowledge
    state = lengthened(known, times)
    body, matter = next(_asked(known, known, 1))
    rng = np.random.default_rng(_SEED)

    def repeated(likeness: Floats) -> Floats:
        many = np.tile(likeness, times)
        return np.asarray(many + rng.normal(0, 0.01, len(many)), np.float32)

    longer = structs.replace(
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
    """Score all bodies, with all contributions, for one that has not asked before."""
    forget(knowledge)
    matrix = features(make_query(knowledge, body, matter), knowledge)[0]
    base, parts = ranker.contributions(matrix)
    return base + parts.sum(axis=1)


def candidate_scores(
    knowledge: Knowledge, ranker: Ranker, candidates: Candidates, body: int, matter: Matter
) -> tuple[Ints, Any]:
    """Find candidates and score them likewise; rows and scores."""
    forget(knowledge)
    query = make_query(knowledge, body, matter)
    rows = candidates.of(body, query.similar_weight)
    base, parts = ranker.contributions(features_of(query, knowledge, rows)[0])
    return rows, base + parts.sum(axis=1)


def forget(knowledge: Knowledge) -> None:
    """Drop what is remembered of bodies that asked."""
    binnings = knowledge.patterns.binnings.values()
    for holder in (knowledge.bodies, *binnings):
        for table in vars(holder).values():
            if isinstance(table, PairTable):
                table.forget()


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
        yield body, matter
