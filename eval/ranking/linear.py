"""A linear model of the ranker's own features: what remains of it without its form."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.ranking.protocol import Fold
from eval.ranking.validation import Validation, best
from matcher import features
from matcher.features import FAMILIES
from matcher.known.bodies import Bools, Floats
from matcher.training import Rows

_SEED = 20_264
_KEPT = 0.1  # of the others the linear model learns from; they weigh accordingly more
_OF_BODIES = ("geography", "segment", "ties")  # families that do not look at the words
LINEAR: dict[str, list[int]] = {
    "logistic regression, bodies only": [
        features.NAMES.index(name) for family in _OF_BODIES for name in FAMILIES[family].names
    ],
    "logistic regression": list(range(len(features.NAMES))),
}
"""Columns of the ranker's features that a linear model sees: what is known of two bodies; all."""
PENALTIES = (0.01, 0.1, 1.0, 10.0)
"""Inverse strengths C of the ridge penalty that are tried."""


def logistic(fold: Fold, validation: Validation, columns: list[int]) -> Floats:
    """Score by a linear model of some of the ranker's own features, (queries, bodies) log-odds.

    Ridge-penalised logistic regression (Hastie, Tibshirani and Friedman 2009, sec. 4.4.4);
    missing values are the median. The penalty is tuned on the held-out queries.
    """
    seen, held, asked = (
        replace(rows, features=rows.features[:, :, columns])
        for rows in (fold.training, validation.rows, fold.test)
    )
    part = _Sample.of(seen, ~validation.held_out)
    shown = part.scaled(held)
    penalty = best(PENALTIES, lambda c: part.log_odds(c, shown), validation.rows)
    whole = _Sample.of(seen, np.ones(len(seen.labels), bool))
    return whole.log_odds(penalty, whole.scaled(asked))


@dataclass(frozen=True, slots=True)
class _Sample:
    """What is learned from, prepared once for all penalties: all partners, a tenth of the others.

    Attributes
    ----------
    scaling
        Fills missing values in and gives all columns one spread.
    features, labels, weights
        (rows, columns), (rows,) and (rows,); others weigh ten times.
    """

    scaling: Pipeline
    features: Floats
    labels: Floats
    weights: npt.NDArray[np.float64]

    @classmethod
    def of(cls, rows: Rows, queries: Bools) -> _Sample:
        """Draw from the given queries."""
        partner, candidate = rows.labels == 1, ~np.isnan(rows.labels)
        drawn = np.random.default_rng(_SEED).random(partner.shape) < _KEPT
        chosen = candidate & (partner | drawn) & queries[:, None]
        weights = np.where(partner, 1, 1 / _KEPT) * rows.weights[:, None]
        scaling = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
        features = scaling.fit_transform(rows.features[chosen])
        return cls(scaling, features, rows.labels[chosen], weights[chosen])

    def scaled(self, rows: Rows) -> Floats:
        """Return the features of all bodies as the model sees them, (queries, bodies, columns)."""
        flat = rows.features.reshape(-1, rows.features.shape[2])
        return np.asarray(self.scaling.transform(flat).reshape(rows.features.shape), np.float32)

    def log_odds(self, penalty: float, asked: Floats) -> Floats:
        """Learn with a penalty; score what `scaled` gave, (queries, bodies)."""
        model = LogisticRegression(C=penalty, max_iter=200)
        model.fit(self.features, self.labels, sample_weight=self.weights)
        flat = asked.reshape(-1, asked.shape[2])
        return np.asarray(model.decision_function(flat).reshape(asked.shape[:2]), np.float32)
