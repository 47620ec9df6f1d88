"""What each family of features adds: the ranker learned anew without it, on the same folds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from msgspec import structs

from eval.ranking.learning import Fit, examples_of
from eval.ranking.measures import METRICS, ranking_figures
from eval.ranking.protocol import Fold
from eval.ranking.uncertainty import bootstrap_interval
from matcher.features import FAMILIES, NAMES

ALL = "all"


class Ablation:
    """Collects over folds how the ranker does with all features and without each family.

    Parameters
    ----------
    fit
        Learns from examples.
    """

    def __init__(self, fit: Fit) -> None:
        self._fit = fit
        self._parts: dict[str, list[pd.DataFrame]] = {}
        self._folds = 0

    def add(self, fold: Fold, scores: npt.NDArray[np.float64] | None = None) -> None:
        """Learn on a fold without each family; `scores` are those with all, learned if missing."""
        whole = self._scores(fold, NAMES) if scores is None else scores
        self._keep(ALL, fold, whole)
        for name, family in FAMILIES.items():
            kept = tuple(feature for feature in NAMES if feature not in family.names)
            self._keep(f"without {name}", fold, self._scores(fold, kept))
        self._folds += 1

    def figures(self) -> dict[str, Any]:
        """Return the figures over all folds.

        Returns
        -------
        dict
            `folds`, `cooperations`, `metric`, and `systems`: by name the `mean` of each metric
            over cooperations, and the `change` of nDCG@10 from all features, with its bootstrap
            interval.
        """
        tables = {name: pd.concat(parts) for name, parts in self._parts.items()}
        metric = METRICS[0]
        whole = tables[ALL][metric]
        return {
            "folds": self._folds,
            "cooperations": len(whole),
            "metric": metric,
            "systems": {
                name: {
                    "mean": table.mean().to_dict(),
                    "change": asdict(bootstrap_interval((table[metric] - whole).to_numpy())),
                }
                for name, table in tables.items()
            },
        }

    def _scores(self, fold: Fold, names: tuple[str, ...]) -> npt.NDArray[np.float64]:
        columns = [NAMES.index(name) for name in names]
        examples = examples_of(fold.training, fold.groups)
        part = structs.replace(examples, features=examples.features[:, :, columns])
        return self._fit(part, names).score(fold.test.features[:, :, columns])

    def _keep(self, name: str, fold: Fold, scores: npt.NDArray[np.float64]) -> None:
        self._parts.setdefault(name, []).append(ranking_figures(fold.test, scores))


def ablate(folds: Iterable[Fold], fit: Fit) -> dict[str, Any]:
    """Measure all folds without each family; see `Ablation.figures`."""
    ablation = Ablation(fit)
    for fold in folds:
        ablation.add(fold)
    return ablation.figures()
