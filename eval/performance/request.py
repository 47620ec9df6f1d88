"""One request against its floor: what the text model has to compute and to read, at best."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from data import Kind
from eval.performance.machine import moved_gbytes, multiplied_gflops
from eval.performance.paired import paired
from eval.report.example import BODY, TEXT
from matcher import Matcher, MatchRequest
from models.e5 import E5, MACS_A_TOKEN, QUERY_PROMPT, WEIGHT_BYTES

_LAYERS, _WIDTH = 12, 384  # multilingual-e5-small: its configuration on the model hub


def request_figures(matcher: Matcher, quick: bool) -> dict[str, Any]:
    """Time the encoder alone and whole requests in turn, each with a text not seen before.

    Garbage is looked for as `ikz serve` does once it is ready: in nothing that was loaded.
    """
    rounds = 10 if quick else 60
    model, number = E5(), itertools.count()
    places = (body.key for body in matcher.directory if body.kind is Kind.MUNICIPALITY)
    newcomers = (key for key in places if key != BODY)

    def text() -> str:
        return f"{TEXT}, Vorgang {next(number)}"

    def encode() -> None:
        model.encode([text()], prompt=QUERY_PROMPT)

    def ask() -> None:
        matcher.match(MatchRequest(body=BODY, description=text()))

    def ask_first() -> None:
        matcher.match(MatchRequest(body=next(newcomers), description=text()))

    seen = MatchRequest(body=BODY, description=text())
    with _frozen():
        timed = paired(encode, ask, lambda: matcher.match(seen), ask_first, rounds=rounds)
    tokens = model.tokens(text())
    return floor(tokens, multiplied_gflops(), moved_gbytes()) | {
        "encoder_ms": timed.ms(0),
        "encoder_least_ms": timed.least_ms(0),
        "request_ms": timed.ms(1),
        "request_least_ms": timed.least_ms(1),
        "seen_ms": timed.ms(2),
        "seen_least_ms": timed.least_ms(2),
        "first_ms": timed.ms(3),
        "first_to_encoder": timed.ratio(3),
        "request_to_encoder": timed.ratio(1),
        "request_to_encoder_spread": [
            float(np.percentile(timed.seconds[1] / timed.seconds[0], q)) for q in (10, 90)
        ],
        "rounds": rounds,
    }


@contextmanager
def _frozen() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def floor(tokens: int, gflops: float, gbytes: float) -> dict[str, float]:
    """Return the least time of an encoding, after the roofline model.

    Williams, Waterman and Patterson (2009), Roofline: the time is at least that of the operations
    at the greatest rate, and at least that of the bytes.

    Parameters
    ----------
    tokens
        Length of the text.
    gflops, gbytes
        Greatest rates, 10^9 a second.
    """
    attention = 2 * 2 * tokens**2 * _WIDTH * _LAYERS  # scores, and their weighted sums
    operations = 2 * MACS_A_TOKEN * tokens + attention
    computing, reading = operations / gflops / 1e6, WEIGHT_BYTES / gbytes / 1e6
    return {
        "tokens": tokens,
        "parameters_used": MACS_A_TOKEN,
        "operations": operations,
        "weight_bytes": WEIGHT_BYTES,
        "gflops": gflops,
        "gbytes": gbytes,
        "floor_ms": max(computing, reading),
        "computing_ms": computing,
        "reading_ms": reading,
    }
