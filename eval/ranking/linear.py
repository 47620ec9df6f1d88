"""A linear model of the ranker's own features: what remains of it without its form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
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
    penalty = best(
        PENALTIES,
        lambda c: _log_odds(_learn(seen, ~validation.held_out, c), held),
        validation.rows,
    )
    return _log_odds(_learn(seen, np.ones(len(seen.labels), bool), penalty), asked)


def _learn(rows: Rows, queries: Bools, penalty: float) -> Pipeline:
    """Fit on all partners of the given queries and a tenth of the others, weighing ten times."""
    partner, candidate = rows.labels == 1, ~np.isnan(rows.labels)
    drawn = np.random.default_rng(_SEED).random(partner.shape) < _KEPT
    chosen = candidate & (partner | drawn) & queries[:, None]
    weights = np.where(partner, 1, 1 / _KEPT) * rows.weights[:, None]
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        LogisticRegression(C=penalty, max_iter=200),
    )
    return model.fit(
        rows.features[chosen],
        rows.labels[chosen],
        logisticregression__sample_weight=weights[chosen],
    )


def _log_odds(model: Pipeline, rows: Rows) -> Floats:
    flat = rows.features.reshape(-1, rows.features.shape[2])
    return np.asarray(model.decision_function(flat).reshape(rows.labels.shape), np.float32)
