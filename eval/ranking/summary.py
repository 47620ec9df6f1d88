"""Figures of all folds put together, as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from eval.ranking.learning import RANKER, RANKERS
from eval.ranking.measures import METRICS
from eval.ranking.robustness import FULL
from eval.ranking.uncertainty import bootstrap_interval, holm, paired


def by_cooperation(queries: pd.DataFrame) -> pd.DataFrame:
    """Average the metrics of queries over the searchers of each cooperation."""
    return queries.groupby("cooperation")[list(METRICS)].mean()


def systems(
    means: Mapping[str, pd.DataFrame], folds: Mapping[str, list[dict[str, float]]]
) -> dict[str, Any]:
    """Return mean, folds and interval of each system.

    Parameters
    ----------
    means
        `by_cooperation` of each system.
    folds
        The metrics of each system in each fold; `mean` is the mean over folds.
    """
    return {
        name: {
            "mean": pd.DataFrame(folds[name]).mean().to_dict(),
            "folds": {metric: [fold[metric] for fold in folds[name]] for metric in METRICS},
            "interval": asdict(bootstrap_interval(table[METRICS[0]])),
        }
        for name, table in means.items()
    }


def against_baselines(means: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Compare the ranker with each baseline, cooperation by cooperation."""
    metric = METRICS[0]
    others = [name for name in means if name not in RANKERS]
    best = max(others, key=lambda name: float(means[name][metric].mean()))
    ours = means[RANKER][metric]
    compared = {name: asdict(paired(ours, means[name][metric])) for name in others}
    corrected = holm({name: entry["p_value"] for name, entry in compared.items()})
    for name, value in corrected.items():
        compared[name]["p_holm"] = value
    return {"metric": metric, "best_baseline": best, "against": compared}


def records(table: pd.DataFrame) -> dict[str, Any]:
    """Return the rows of a table by their name, rounded."""
    return {str(name): row for name, row in table.round(4).to_dict("index").items()}


def slice_records(table: pd.DataFrame) -> dict[str, Any]:
    """Return `sliced_means` by slice and value."""
    return {
        str(name): records(part.droplevel(0)) for name, part in table.groupby(level=0, sort=False)
    }


def consortium_means(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Average `consortium_figures` over cooperations."""
    means: dict[str, dict[str, float]] = {}
    for (system, measure), value in table.mean().items():
        means.setdefault(system, {})[measure] = float(value)
    return means


def wording_means(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Average each wording beside the full request of the same cooperations."""
    shown: dict[str, dict[str, float]] = {}
    for name, part in table.groupby("wording", sort=False):
        if name == FULL:
            continue
        full = table[(table["wording"] == FULL) & table["cooperation"].isin(part["cooperation"])]
        shown[str(name)] = {
            "cooperations": int(part["cooperation"].nunique()),
            "full": float(full[METRICS[0]].mean()),
            "variant": float(part[METRICS[0]].mean()),
            "hit_rate@5": float(part[METRICS[1]].mean()),
        }
    return shown
