"""How much memory one needs: each in a process of its own, above Python with numpy alone."""

from __future__ import annotations

import importlib
import multiprocessing
from typing import Any

import numpy as np
import psutil

ASKERS = 100
"""Bodies that ask a matcher before its memory is read."""


def resident_mb(made: str, *given: Any) -> float:
    """Return the memory that a fresh process takes for what a function makes, MB.

    Its imports count; what is handed over does not.

    Parameters
    ----------
    made
        "module:function", or "module:Class.method".
    given
        What it is called with, of numpy and of modules that import nothing else.
    """
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_measure, args=(its, made, given))
    process.start()
    its.close()
    try:
        taken: float = ours.recv()
    finally:
        process.join()
    return taken


def boosters(models: list[str]) -> Any:
    """Load LightGBM with these models, and use them once."""
    import lightgbm as lgb

    trees = [lgb.Booster(model_str=model) for model in models]
    return trees, [tree.predict(np.zeros((1, tree.num_feature()))) for tree in trees]


def germany() -> Any:
    """Load a matcher of all Germany, and let many bodies ask it."""
    from data.region import GERMANY, Region
    from matcher import Matcher

    return _asked_by_many(Matcher.load(region=Region.parse(GERMANY)))


def land() -> Any:
    """Load a matcher of the Land alone, and let many bodies ask it."""
    from matcher import Matcher

    return _asked_by_many(Matcher.load())


def _asked_by_many(matcher: Any) -> Any:
    """Ask once by each of `ASKERS` bodies: what is remembered of them is memory too."""
    from eval.report.example import TEXT
    from matcher import MatchRequest

    keys = matcher.directory.keys
    for number in range(ASKERS):
        body = keys[number * len(keys) // ASKERS]
        matcher.match(MatchRequest(body=body, description=TEXT))
    return matcher


def plain_python() -> Any:
    """Load what the search in plain Python rests on."""
    import data
    from eval.performance.reference.facts import Facts, Known

    dataset = data.load()
    facts = Facts(dataset)
    known = Known(facts, dataset.cooperations)
    return known, facts.vicinity, facts.prior


def _measure(answer: Any, made: str, given: tuple[Any, ...]) -> None:
    before = psutil.Process().memory_info().rss
    module, names = made.split(":")
    call: Any = importlib.import_module(module)
    for name in names.split("."):
        call = getattr(call, name)
    kept = call(*given)
    answer.send((psutil.Process().memory_info().rss - before) / 1e6)
    answer.close()
    del kept
