"""The ranker: boosted trees from features to log-odds, with exact additive attributions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from data.provenance import write_atomically
from models.errors import MissingModelError, StaleArtifactError

Floats = npt.NDArray[np.float32]
RETRAIN = "„make train“ lernt sie neu an."
_TREES, _META = "ranker.txt", "ranker.json"

# Picked among four settings by the folds of `make evaluate` (the card says so): small leaves are
# avoided because a cooperation gives many similar rows, and few features a tree because most are
# correlated.
PARAMETERS: dict[str, object] = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 31,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 20.0,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
ROUNDS = 250


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a ranker was trained on, and with what."""

    data_version: str
    feature_fingerprint: str
    text_model: str
    cooperations: int
    queries: int
    rows: int
    trained_on: str


class Ranker:
    """Scores a feature matrix.

    The raw score of trees under log-loss is the log-odds that a body is a partner; it needs no
    link but the logistic function to become a probability.

    Parameters
    ----------
    booster
        Trained LightGBM model.
    provenance
        What it was trained on.
    """

    def __init__(self, booster: lgb.Booster, provenance: Provenance) -> None:
        self._booster = booster
        self.provenance = provenance
        self.feature_names: tuple[str, ...] = tuple(booster.feature_name())

    @classmethod
    def fit(
        cls,
        rows: Floats,
        labels: Floats,
        weights: Floats,
        names: tuple[str, ...],
        provenance: Provenance,
    ) -> Ranker:
        """Train on rows of features.

        Parameters
        ----------
        rows
            (m, f) float32.
        labels
            (m,) 1 for partners, 0 for others.
        weights
            (m,) so that each cooperation counts the same.
        names
            f feature names.
        provenance
            Kept with the artifact.
        """
        dataset = lgb.Dataset(rows, labels, weight=weights, feature_name=list(names))
        return cls(lgb.train(PARAMETERS, dataset, ROUNDS), provenance)

    @property
    def version(self) -> str:
        """Short name of this ranker: when it was trained, and on which features."""
        return f"{self.provenance.trained_on}+{self.provenance.feature_fingerprint}"

    def score(self, matrix: Floats) -> npt.NDArray[np.float64]:
        """Return the log-odds of each row, (n,) float64."""
        return np.asarray(self._booster.predict(matrix, raw_score=True), np.float64)

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
        parts = np.asarray(self._booster.predict(matrix, pred_contrib=True), np.float64)
        return float(parts[0, -1]), parts[:, :-1]

    def save(self, folder: Path) -> None:
        """Write the trees (LightGBM's text format) and what they were trained on."""
        write_atomically(folder / _TREES, self._booster.model_to_string())
        meta = asdict(self.provenance) | {"features": list(self.feature_names)}
        write_atomically(folder / _META, json.dumps(meta, ensure_ascii=False, indent=2) + "\n")

    @classmethod
    def load(cls, folder: Path) -> Ranker:
        """Read a saved ranker.

        Raises
        ------
        MissingModelError
            A file is missing or broken.
        """
        trees, meta = folder / _TREES, folder / _META
        for path in (trees, meta):
            if not path.is_file():
                raise MissingModelError(f"Die Rangfolge fehlt ({path}). {RETRAIN}")
        try:
            fields = json.loads(meta.read_text("utf-8"))
            fields.pop("features")
            booster = lgb.Booster(model_str=trees.read_text("utf-8"))
            return cls(booster, Provenance(**fields))
        except (ValueError, TypeError, KeyError, lgb.basic.LightGBMError) as error:
            raise MissingModelError(f"Die Rangfolge ist beschädigt ({error}). {RETRAIN}") from None

    def check_fits(
        self, data_version: str, fingerprint: str, names: tuple[str, ...], text_model: str | None
    ) -> None:
        """Refuse to score what this ranker was not trained for.

        Raises
        ------
        StaleArtifactError
            Data, features or text model changed since training.
        """
        changed = []
        if self.provenance.data_version != data_version:
            changed.append(f"die Daten ({self.provenance.data_version} → {data_version})")
        if self.feature_names != names or self.provenance.feature_fingerprint != fingerprint:
            changed.append("die Merkmale")
        if text_model is not None and self.provenance.text_model != text_model:
            changed.append(f"das Textmodell ({self.provenance.text_model} → {text_model})")
        if changed:
            raise StaleArtifactError(
                f"Die Rangfolge ist veraltet: geändert haben sich {', '.join(changed)}. {RETRAIN}"
            )
