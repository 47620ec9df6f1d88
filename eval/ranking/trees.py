"""Boosted trees of the ranker's own features: what its form of a sum costs.

Two sets of trees see the same features: one learns the odds that a body is a partner, the other
the order of the bodies of one search (LambdaMART). Their sum was the score up to November 2026;
taking it apart needed Shapley values.
"""

from __future__ import annotations

import lightgbm as lgb
import numpy as np

from eval.ranking.protocol import Fold
from matcher.features import NAMES as FEATURES
from matcher.known.bodies import Floats
from matcher.training import Rows

NAME = "boosted trees"

# Small leaves are avoided because a cooperation gives many similar rows, and few features a tree
# are tried because most are correlated.
_SHARED: dict[str, object] = {
    "learning_rate": 0.04,
    "num_leaves": 31,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
ODDS: dict[str, object] = _SHARED | {
    "objective": "binary",
    "min_data_in_leaf": 200,
    "lambda_l2": 20.0,
}
ORDER: dict[str, object] = _SHARED | {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 15,
    "label_gain": [0, 1],
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
}
ROUNDS = 250
# Most candidates are far away and alike: this share of the others is enough to learn from, and
# weighs accordingly more.
_KEPT = 0.3
_SEED = 20_262


def boosted_trees(fold: Fold, rounds: int = ROUNDS) -> Floats:
    """Score the queries of a fold by trees that learned from what it knows, (queries, bodies)."""
    odds, order = boost(fold.training, rounds)
    asked = fold.test.features
    flat = asked.reshape(-1, asked.shape[-1])
    raw = np.asarray(odds.predict(flat, raw_score=True)) + np.asarray(order.predict(flat))
    return np.asarray(raw.reshape(asked.shape[:-1]), np.float32)


def boost(examples: Rows, rounds: int = ROUNDS) -> tuple[lgb.Booster, lgb.Booster]:
    """Learn the odds and the order; the sum of both is the score."""
    rng = np.random.default_rng(_SEED)
    partner, candidate = examples.labels == 1, ~np.isnan(examples.labels)
    chosen = candidate & (partner | (rng.random(partner.shape) < _KEPT))
    rows, labels = examples.features[chosen], examples.labels[chosen]
    each = np.broadcast_to(examples.weights[:, None], chosen.shape)
    odds = lgb.Dataset(
        rows,
        labels,
        weight=np.where(partner, each, each / _KEPT)[chosen],
        feature_name=list(FEATURES),
        free_raw_data=False,
    )
    order = lgb.Dataset(
        rows,
        labels,
        weight=each[chosen],
        group=chosen.sum(axis=1),
        feature_name=list(FEATURES),
    )
    return lgb.train(ODDS, odds, rounds), lgb.train(ORDER, order, rounds)
