"""Whether a text and a known cooperation are the same matter: a logistic regression to read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data.provenance import write_atomically
from models.store import check_made_of, reading

SAME_MATTER = "same_matter.json"
RELATED_MATTER = "related_matter.json"
_WHAT = "Der Vergleich der Vorhaben"
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# Of 0.01 to 10 all tell as much on folds; a strong penalty keeps features that go together alike.
_C = 0.03
_FOLDS = 5
_SEED = 20_261_126


class PairExamples(Struct, frozen=True):
    """Pairs of a text and a cooperation.

    Attributes
    ----------
    features
        (p, f) float32.
    labels
        (p,) 1 the same matter, 0 another one.
    groups
        (p,) texts about near-duplicates have the same number.
    """

    features: Floats
    labels: Ints
    groups: Ints


@dataclass(frozen=True)
class SameMatter:
    """Log-odds that two are the same matter, a sum over standardised features.

    Attributes
    ----------
    names
        Names of the features.
    mean, scale, coefficients
        One number for each: log-odds = intercept + Σ coefficient · (feature − mean) / scale.
    intercept
        Log-odds at the mean.
    own_slope, own_intercept
        Platt scaling for the cooperations of the searcher: who asks about a matter in which it is
        a member means that cooperation far more often than any of a thousand.
    threshold
        Probability from which a cooperation of the searcher is told.
    made_of
        Version of what it was learned from.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    own_slope: float
    own_intercept: float
    threshold: float
    made_of: str

    @classmethod
    def fit(cls, examples: PairExamples, names: tuple[str, ...], made_of: str) -> Self:
        """Learn from pairs; scaling and threshold are left for `calibrated`."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import StandardScaler

        scaler = StandardScaler().fit(examples.features)
        machine = LogisticRegression(C=_C, max_iter=2_000)
        machine.fit(scaler.transform(examples.features), examples.labels)
        numbers = (scaler.mean_, scaler.scale_, machine.coef_[0])
        mean, scale, coefficients = (tuple(round(float(x), 6) for x in n) for n in numbers)
        intercept = round(float(machine.intercept_[0]), 6)
        return cls(names, mean, scale, coefficients, intercept, 1.0, 0.0, 0.5, made_of)

    def calibrated(self, logits: Doubles, labels: Ints, threshold: float) -> Self:
        """Return the model scaled for the searcher's own cooperations.

        Parameters
        ----------
        logits, labels
            (p,) log-odds made without the text's group, and whether it was the same matter.
        threshold
            See the attribute.
        """
        slope, intercept = platt(logits, labels)
        threshold = round(threshold, 4)
        return replace(self, own_slope=slope, own_intercept=intercept, threshold=threshold)

    def logits(self, features: Floats) -> Doubles:
        """Return log-odds, (...,), of features (..., f)."""
        weights, bias = self._line
        # As they lie in memory, be it feature by feature: the product alone would turn them first.
        return np.asarray(features.astype(np.float64, order="K") @ weights + bias, np.float64)

    @cached_property
    def _line(self) -> tuple[Doubles, float]:
        """Log-odds as weights of the features as they are, and what is added."""
        weights = np.array(self.coefficients) / np.array(self.scale)
        return weights, self.intercept - float(weights @ np.array(self.mean))

    def probability(self, logits: Doubles, own: bool) -> Doubles:
        """Return probabilities; `own` says that the cooperations are those of the searcher."""
        scaled = self.own_slope * logits + self.own_intercept if own else logits
        return np.asarray(1 / (1 + np.exp(-scaled)))

    def save(self, folder: Path, file: str = SAME_MATTER) -> None:
        """Write coefficients as JSON, to be read by people too."""
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        write_atomically(folder / file, content)

    @classmethod
    def load(cls, folder: Path, made_of: str | None = None, file: str = SAME_MATTER) -> Self:
        """Read a saved model.

        Raises
        ------
        MissingModelError
            The file is missing or broken.
        StaleArtifactError
            It was learned from something other than `made_of`.
        """
        path = folder / file
        with reading(path, _WHAT):
            stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
            values: dict[str, Any] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()
            }
            model = cls(**values)
        check_made_of(model.made_of, made_of, _WHAT)
        return model


def held_out(examples: PairExamples, names: tuple[str, ...]) -> list[tuple[set[int], SameMatter]]:
    """Return for each fold its groups and the model that has not seen them."""
    from sklearn.model_selection import GroupKFold

    folds = GroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    models = []
    for kept, left in folds.split(examples.labels, groups=examples.groups):
        part = PairExamples(examples.features[kept], examples.labels[kept], examples.groups[kept])
        models.append((set(examples.groups[left].tolist()), SameMatter.fit(part, names, "")))
    return models


def platt(logits: Doubles, labels: Ints) -> tuple[float, float]:
    """Return slope and intercept that make log-odds probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    machine = LogisticRegression(C=1e6, max_iter=1_000).fit(logits[:, None], labels)
    return round(float(machine.coef_[0, 0]), 6), round(float(machine.intercept_[0]), 6)
