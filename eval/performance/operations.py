"""What one request does, counted: the same on every machine, however busy it is.

A release stores its counts; the tests compare with them. Times are only compared as ratios.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from eval.performance.paired import paired
from eval.performance.sizes import peak_mb
from eval.report.example import BODY, TEXT
from matcher import Matcher, MatchRequest
from models import TextModel

RELEASE = "operations.json"
"""Counts of the last release; `python -m eval performance --release` writes them."""
_ROUNDS = 9


def operations(matcher: Matcher, nonce: str = "geprüft") -> dict[str, Any]:
    """Count what a request with a new text does, and the same asked again.

    Returns
    -------
    dict
        `encoded_new`, `encoded_seen`: texts given to the encoder; `calls_new`, `calls_seen`:
        Python functions called, encoding left out; `peak_mb_seen`: memory held at most beyond what
        was there; `products_seen`: time over that of a matrix product of 512 x 512, median of
        ratios.
    """
    assert matcher.text_model is not None
    texts = _Encoded(matcher.text_model)
    # What is derived when it is first needed belongs to no request: some of it when one looks new.
    for before in ("zuvor", "davor"):
        matcher.match(MatchRequest(body=BODY, description=f"{TEXT}, Vorgang {nonce} {before}"))
    request = MatchRequest(body=BODY, description=f"{TEXT}, Vorgang {nonce}")
    with texts:
        calls_new = _calls(lambda: matcher.match(request))
    encoded_new = texts.count
    with texts:
        calls_seen = _calls(lambda: matcher.match(request))
    given = np.ones((512, 512), np.float32)
    timed = paired(lambda: given @ given, lambda: matcher.match(request), rounds=_ROUNDS)
    return {
        "encoded_new": encoded_new,
        "encoded_seen": texts.count,
        "calls_new": calls_new,
        "calls_seen": calls_seen,
        "peak_mb_seen": peak_mb(lambda: matcher.match(request)),
        "products_seen": timed.ratio(1),
    }


class _Encoded:
    """Counts the texts that reach the engine of a text model."""

    def __init__(self, model: TextModel) -> None:
        self._model, self.count = model, 0

    def __enter__(self) -> None:
        self.count = 0
        engine = self._model._model
        encode = engine.encode

        def counted(texts: Any, **options: Any) -> Any:
            self.count += len(texts)
            watched = sys.getprofile()
            sys.setprofile(None)
            try:
                return encode(texts, **options)
            finally:
                sys.setprofile(watched)

        engine.encode = counted

    def __exit__(self, *_: object) -> None:
        del self._model._model.encode


def _calls(call: Callable[[], object]) -> int:
    """Count Python functions called; those in C are not: what counts lines of tests is one."""
    count = 0

    def watch(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count
