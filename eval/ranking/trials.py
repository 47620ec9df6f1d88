"""Other forms of the ranker, tried where nothing is published from: on validation parts.

Each form learns from four fifths of what a fold knows and is asked for the other fifth
(`validation.hold_out`); what the fold hides is not looked at. Forms differ from the shipped one in
one thing each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from msgspec import structs

from eval.ranking.learning import examples_of
from eval.ranking.measures import METRICS, ranking_figures
from eval.ranking.protocol import Fold
from eval.ranking.uncertainty import bootstrap_interval
from eval.ranking.validation import hold_out
from matcher.features import FEATURES
from matcher.features.words import FORETOLD
from matcher.known.bodies import Bools, Floats
from matcher.training import FOR_MANY, SHAPES
from models import Provenance, Shape
from models.additive_descent import SETTINGS, Settings
from models.additive_design import encode
from models.additive_fit import Leaning, learn

SHIPPED = "as it ships"
_NOTHING = Provenance("", "", "", 0, 0, 0, "")
_CERTAIN = (Shape.RISING, Shape.FALLING)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to learn.

    Attributes
    ----------
    settings, leaning
        How curves are learned, and what makes a search one for many, to begin with.
    certain
        Whether curves rise or fall where that is known beforehand.
    gated
        Whether a feature has two curves with a gate between them; else one.
    foretold
        Whether gates see who is foretold: the shares by relation, distance, size and standing.
    """

    settings: Settings = SETTINGS
    leaning: Leaning = field(default_factory=lambda: FOR_MANY)
    certain: bool = True
    gated: bool = True
    foretold: bool = True

    def shapes(self) -> dict[str, Shape]:
        """Return what is certain about each feature that is looked at."""
        return {
            name: shape if self.certain or shape not in _CERTAIN else Shape.FREE
            for name, shape in SHAPES.items()
            # Gates see constants alone: without any, both curves learn the same.
            if (self.gated or not shape.constant)
            and (self.foretold or not name.startswith(FORETOLD))
        }


FORMS: dict[str, Form] = {
    SHIPPED: Form(),
    "one curve a feature, no gates": Form(gated=False),
    "gates that do not see who is foretold": Form(foretold=False),
    "gates that start level": Form(leaning={}),
    "gates held closer to where they start": Form(structs.replace(SETTINGS, gate_ridge=0.03)),
    "gates that move more freely": Form(structs.replace(SETTINGS, gate_ridge=0.003)),
    "nothing certain beforehand": Form(certain=False),
    "the order alone, no odds": Form(structs.replace(SETTINGS, odds=0.0)),
    "12 knots a curve": Form(structs.replace(SETTINGS, knots=12)),
    "curves that bend freely": Form(structs.replace(SETTINGS, smoothness=0.01)),
    "curves that hardly bend": Form(structs.replace(SETTINGS, smoothness=10.0)),
}
"""What is tried, the shipped form first."""


def trial_figures(folds: Iterable[Fold], forms: dict[str, Form] = FORMS) -> dict[str, Any]:
    """Learn each form on the validation part of each fold.

    Returns
    -------
    dict
        `folds`, `cooperations` (each counted once for every fold that asks for it), `metric`, and
        `forms`: by name the `mean` of the metric and the `change` from the shipped form with its
        bootstrap interval.
    """
    found: dict[str, list[pd.Series]] = {name: [] for name in forms}
    count = 0
    for fold in folds:
        validation = hold_out(fold)
        for name, form in forms.items():
            scores = _scores(fold, ~validation.held_out, validation.rows.features, form)
            found[name].append(ranking_figures(validation.rows, scores)[METRICS[0]])
        count += 1
    each = {name: pd.concat(parts).to_numpy() for name, parts in found.items()}
    return {
        "folds": count,
        "cooperations": len(each[SHIPPED]),
        "metric": METRICS[0],
        "forms": {
            name: {
                "mean": float(values.mean()),
                "change": asdict(bootstrap_interval(values - each[SHIPPED])),
            }
            for name, values in each.items()
        },
    }


def _scores(fold: Fold, learned: Bools, asked: Floats, form: Form) -> Floats:
    """Learn a form from some queries of a fold; score others, (queries, bodies)."""
    shapes = form.shapes()
    columns = [i for i, feature in enumerate(FEATURES) if feature.name in shapes]
    examples = examples_of(fold.training, fold.groups).where(learned)
    part = structs.replace(examples, features=examples.features[:, :, columns])
    design = encode(part, shapes, form.settings.knots)
    every = np.arange(len(part.labels))
    ranker = learn(design, every, tuple(shapes), form.leaning, _NOTHING, form.settings)
    return np.asarray(ranker.score(asked[:, :, columns]), np.float32)
