"""Learning an additive ranker: its curves and gates, then the scale of its score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.additive import AdditiveRanker, Curve, GateInput, rounded
from models.additive_descent import SETTINGS, Settings, descend
from models.additive_design import Design, Ints, encode
from models.ranker import Examples, Provenance
from models.shape import Shape

Leaning = Mapping[tuple[str, float | None], float]
"""For a constant (and its level, where its numbers are names), how far one spread of it makes a
search one for many, log-odds: where the gates of all curves start from, and are drawn to."""

_HELD_OUT = 5  # every fifth group of cooperations scales the score
_SEED = 20_262


def fit_additive(
    examples: Examples,
    shapes: Mapping[str, Shape],
    leaning: Leaning,
    provenance: Provenance,
    settings: Settings = SETTINGS,
) -> AdditiveRanker:
    """Train on searches.

    A fifth of the groups is held out first, to scale the score (Platt 1999, Probabilistic outputs
    for support vector machines); then all are learned from.

    Parameters
    ----------
    examples
        The searches.
    shapes
        For each column of the features its name and what is certain about it.
    leaning
        What makes a search one for many, to begin with.
    provenance
        What the ranker is trained on.
    settings
        How to learn.
    """
    rng = np.random.default_rng(_SEED)
    drawn = rng.permutation(int(examples.groups.max()) + 1) % _HELD_OUT == 0
    held_out = drawn[examples.groups]
    design, names = encode(examples, shapes, settings.knots), tuple(shapes)
    trial = learn(design, np.flatnonzero(~held_out), names, leaning, provenance, settings)
    scale, offset = _platt(trial, examples.where(held_out))
    everything = np.arange(len(held_out))
    whole = learn(design, everything, names, leaning, provenance, settings)
    return _scaled(whole, scale, offset)


def learn(
    design: Design,
    searches: Ints,
    names: Sequence[str],
    leaning: Leaning,
    provenance: Provenance,
    settings: Settings = SETTINGS,
) -> AdditiveRanker:
    """Learn curves and gates from some of the searches prepared; the score is not scaled yet.

    `names` are those of all features, in their order.
    """
    start = np.array([leaning.get((i.feature, i.level), 0.0) for i in design.inputs], np.float32)
    worth, gates, odds = descend(design, searches, start, settings)
    few, many = design.centred(worth).astype(np.float64)
    curves = [
        Curve(
            name,
            knots,
            few=few[j, : len(knots)],
            many=many[j, : len(knots)],
            gate=gates[:, j].astype(np.float64),
        )
        for j, (name, knots) in enumerate(zip(design.curves, design.knots, strict=True))
    ]
    inputs = [
        replace(given, odds=float(odd)) for given, odd in zip(design.inputs, odds[1:], strict=True)
    ]
    return AdditiveRanker(names, float(odds[0]), curves, inputs, provenance)


def _platt(trial: AdditiveRanker, held_out: Examples) -> tuple[float, float]:
    """Return scale and offset that make the trial's scores log-odds on searches it did not see."""
    candidate = ~np.isnan(held_out.labels)
    weights = np.broadcast_to(held_out.weights[:, None], candidate.shape)[candidate]
    raw = trial.score(held_out.features)[candidate]
    fitted = LogisticRegression(C=np.inf).fit(
        raw[:, None], held_out.labels[candidate], sample_weight=weights
    )
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _scaled(ranker: AdditiveRanker, scale: float, offset: float) -> AdditiveRanker:
    """Return the ranker with scores offset + scale · score, numbers rounded as they are saved."""
    curves = [
        Curve(
            curve.feature,
            rounded(curve.knots),
            rounded(scale * curve.few),
            rounded(scale * curve.many),
            rounded(curve.gate),
        )
        for curve in ranker.curves
    ]
    inputs = [
        GateInput(
            given.feature,
            given.level,
            float(rounded(given.mean)),
            float(rounded(given.spread)),
            float(rounded(scale * given.odds)),
        )
        for given in ranker.inputs
    ]
    base = float(rounded(offset + scale * ranker.base))
    return AdditiveRanker(ranker.feature_names, base, curves, inputs, ranker.provenance)
