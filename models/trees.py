"""Boosted trees from features to log-odds, with exact additive attributions.

Two sets of trees see the same features: one learns the odds that a body is a partner, the other
the order of the bodies of one search (LambdaMART). Their sum, scaled on held-out searches, is the
score.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from data.provenance import write_atomically
from models.errors import MissingModelError
from models.ranker import META, RETRAIN, Examples, Floats, Provenance

_ODDS, _ORDER = "ranker_odds.txt", "ranker_order.txt"

# Small leaves are avoided because a cooperation gives many similar rows, and few features a tree
# are tried because most are correlated. What was tried beside these is in the model card.
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
_HELD_OUT = 5  # every fifth group of cooperations scales the score
_SEED = 20_262


class Trees:
    """Two sets of boosted trees; a `models.Ranker`.

    Parameters
    ----------
    odds, order
        Trained LightGBM models.
    scale, offset
        score = offset + scale * (odds + order), log-odds (Platt 1999, Probabilistic outputs for
        support vector machines), fitted on searches that the trees had not seen.
    provenance
        What it was trained on.
    """

    def __init__(
        self,
        odds: lgb.Booster,
        order: lgb.Booster,
        scale: float,
        offset: float,
        provenance: Provenance,
    ) -> None:
        self._trees = (odds, order)
        self.scale, self.offset = scale, offset
        self.provenance = provenance
        self.feature_names: tuple[str, ...] = tuple(odds.feature_name())

    @classmethod
    def fit(
        cls,
        examples: Examples,
        names: tuple[str, ...],
        provenance: Provenance,
        rounds: int = ROUNDS,
    ) -> Trees:
        """Train on searches.

        A fifth of the groups is held out first, to fit the scale; then all are learned from.
        """
        rng = np.random.default_rng(_SEED)
        held_out = (rng.permutation(int(examples.groups.max()) + 1) % _HELD_OUT == 0)[
            examples.groups
        ]
        trial = cls(*_train(examples.where(~held_out), names, rounds), 1.0, 0.0, provenance)
        scale, offset = _platt(trial, examples.where(held_out))
        return cls(*_train(examples, names, rounds), scale, offset, provenance)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that scores depend on beside the features, hexadecimal."""
        whole = hashlib.sha256(f"{self.scale!r} {self.offset!r}".encode())
        for trees in self._trees:
            whole.update(trees.model_to_string().encode())
        return whole.hexdigest()

    @property
    def version(self) -> str:
        """Short name of this ranker: when it was trained, and what came out."""
        return f"{self.provenance.trained_on}+{self.digest[:12]}"

    def score(self, matrix: Floats) -> npt.NDArray[np.float64]:
        """Return the log-odds of each row; (n, f) gives (n,), (q, n, f) gives (q, n) float64."""
        flat = matrix.reshape(-1, matrix.shape[-1])
        raw = sum(np.asarray(trees.predict(flat, raw_score=True)) for trees in self._trees)
        return np.asarray(self.offset + self.scale * raw, np.float64).reshape(matrix.shape[:-1])

    def contributions(self, matrix: Floats) -> tuple[float, npt.NDArray[np.float64]]:
        """Take scores apart.

        Exact Shapley values of the trees (Lundberg et al. 2020, From local explanations to global
        understanding with explainable AI for trees): base + sum of a row = score of the row.

        Returns
        -------
        base : float
            Log-odds before anything is known about the body.
        parts : ndarray
            (n, f) float64, log-odds.
        """
        raw = sum(np.asarray(trees.predict(matrix, pred_contrib=True)) for trees in self._trees)
        parts = self.scale * np.asarray(raw, np.float64)
        return self.offset + float(parts[0, -1]), parts[:, :-1]

    def save(self, folder: Path) -> None:
        """Write the trees (LightGBM's text format) and what they were trained on."""
        for name, trees in zip((_ODDS, _ORDER), self._trees, strict=True):
            write_atomically(folder / name, trees.model_to_string())
        meta = asdict(self.provenance) | {
            "scale": self.scale,
            "offset": self.offset,
            "features": list(self.feature_names),
            "kind": "trees",
        }
        write_atomically(folder / META, json.dumps(meta, ensure_ascii=False, indent=2) + "\n")

    @classmethod
    def load(cls, folder: Path) -> Trees:
        """Read a saved ranker.

        Raises
        ------
        MissingModelError
            A file is missing or broken.
        """
        paths = [folder / name for name in (_ODDS, _ORDER, META)]
        for path in paths:
            if not path.is_file():
                raise MissingModelError(f"Die Rangfolge fehlt ({path}). {RETRAIN}")
        try:
            fields = json.loads(paths[-1].read_text("utf-8"))
            fields.pop("features")
            fields.pop("kind", None)
            scale, offset = float(fields.pop("scale")), float(fields.pop("offset"))
            odds, order = (lgb.Booster(model_str=path.read_text("utf-8")) for path in paths[:-1])
            return cls(odds, order, scale, offset, Provenance(**fields))
        except (ValueError, TypeError, KeyError, lgb.basic.LightGBMError) as error:
            raise MissingModelError(f"Die Rangfolge ist beschädigt ({error}). {RETRAIN}") from None


def _train(
    examples: Examples, names: tuple[str, ...], rounds: int
) -> tuple[lgb.Booster, lgb.Booster]:
    rng = np.random.default_rng(_SEED)
    partner, candidate = examples.labels == 1, ~np.isnan(examples.labels)
    chosen = candidate & (partner | (rng.random(partner.shape) < _KEPT))
    rows, labels = examples.features[chosen], examples.labels[chosen]
    each = np.broadcast_to(examples.weights[:, None], chosen.shape)
    odds = lgb.Dataset(
        rows,
        labels,
        weight=np.where(partner, each, each / _KEPT)[chosen],
        feature_name=list(names),
        free_raw_data=False,
    )
    order = lgb.Dataset(
        rows,
        labels,
        weight=each[chosen],
        group=chosen.sum(axis=1),
        feature_name=list(names),
    )
    return lgb.train(ODDS, odds, rounds), lgb.train(ORDER, order, rounds)


def _platt(trial: Trees, held_out: Examples) -> tuple[float, float]:
    """Return scale and offset that make the trial's raw sum log-odds on searches it did not see."""
    candidate = ~np.isnan(held_out.labels)
    weights = np.broadcast_to(held_out.weights[:, None], candidate.shape)[candidate]
    raw = trial.score(held_out.features)[candidate]
    fitted = LogisticRegression(C=np.inf).fit(
        raw[:, None], held_out.labels[candidate], sample_weight=weights
    )
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
