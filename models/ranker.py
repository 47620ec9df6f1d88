"""What every ranker can do: score, take scores apart, be saved; and which kinds there are."""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from models.errors import MissingModelError, StaleArtifactError

Floats = npt.NDArray[np.float32]
RETRAIN = "„make train“ (ohne make: „ikz train“) lernt sie neu an."
META = "ranker.json"
"""File that each kind writes; its field `kind` tells which one it is."""
KINDS = {"additive": "models.additive:AdditiveRanker"}
"""Module and class of each kind; imported only where it is used."""


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


class Examples(Struct, frozen=True):
    """Searches to learn from.

    Attributes
    ----------
    features
        (queries, bodies, f) float32.
    labels
        (queries, bodies) 1 partner, 0 other, NaN the searcher itself.
    weights
        (queries,) so that each cooperation counts the same.
    groups
        (queries,) searches of nearly the same cooperation have the same number.
    """

    features: Floats
    labels: Floats
    weights: Floats
    groups: npt.NDArray[np.int64]

    def where(self, chosen: npt.NDArray[np.bool_]) -> Examples:
        """Return some of the searches."""
        return Examples(
            self.features[chosen], self.labels[chosen], self.weights[chosen], self.groups[chosen]
        )


class Ranker(Protocol):
    """Scores features; the parts of a score add up to it.

    Attributes
    ----------
    provenance
        What it was trained on.
    feature_names
        Columns it expects, in this order.
    digest
        SHA-256 of all that scores depend on beside the features, hexadecimal.
    version
        Short name: when it was trained, and what came out.
    """

    provenance: Provenance
    feature_names: tuple[str, ...]

    @property
    def digest(self) -> str: ...  # noqa: D102

    @property
    def version(self) -> str: ...  # noqa: D102

    def score(self, matrix: Floats) -> npt.NDArray[np.float64]:
        """Return the log-odds of each row; (n, f) gives (n,), (q, n, f) gives (q, n) float64."""
        ...

    def contributions(self, matrix: Floats) -> tuple[float, npt.NDArray[np.float64]]:
        """Take scores apart: base and (n, f) parts in log-odds, base + sum of a row = its score."""
        ...

    def save(self, folder: Path) -> None:
        """Write it, so that `load_ranker` reads it back."""
        ...


def load_ranker(folder: Path) -> Ranker:
    """Read a saved ranker of whatever kind.

    Raises
    ------
    MissingModelError
        A file is missing or broken.
    """
    path = folder / META
    if not path.is_file():
        raise MissingModelError(f"Die Rangfolge fehlt ({path}). {RETRAIN}")
    try:
        kind = json.loads(path.read_text("utf-8"))["kind"]
        module, name = KINDS[kind].split(":")
    except (ValueError, TypeError, KeyError) as error:
        raise MissingModelError(f"Die Rangfolge ist beschädigt ({error}). {RETRAIN}") from None
    made: Any = getattr(importlib.import_module(module), name)
    ranker: Ranker = made.load(folder)
    return ranker


def check_fits(
    ranker: Ranker,
    data_version: str,
    fingerprint: str,
    names: tuple[str, ...],
    text_model: str | None,
) -> None:
    """Refuse to score what a ranker was not trained for.

    Raises
    ------
    StaleArtifactError
        Data, features or text model changed since training.
    """
    made, changed = ranker.provenance, []
    if made.data_version != data_version:
        changed.append(f"die Daten ({made.data_version} → {data_version})")
    if ranker.feature_names != names or made.feature_fingerprint != fingerprint:
        changed.append("die Merkmale")
    if text_model is not None and made.text_model != text_model:
        changed.append(f"das Textmodell ({made.text_model} → {text_model})")
    if changed:
        raise StaleArtifactError(
            f"Die Rangfolge ist veraltet: geändert haben sich {', '.join(changed)}. {RETRAIN}"
        )
