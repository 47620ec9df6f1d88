"""`make evaluate`: five folds, ranker against rules, figures into results, card and README."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table
from scipy.stats import wilcoxon

import data
import models
from data import TaskArea
from data.provenance import write_atomically
from eval import card
from eval.measures import METRICS, Calibration, ranking_figures
from eval.protocol import Fold, make_folds
from eval.rules import RULES
from matcher import features, training
from matcher.features import feature_matrix, make_query
from matcher.knowledge import Vectors
from matcher.matcher import build_knowledge
from models import Ranker, TaskAreaModel, TextModel

RESULTS = Path(__file__).parent / "results" / "evaluation.json"
RANKER, WITHOUT_TEXT = "ranker", "ranker, text model off"
_AREAS = [area.value for area in TaskArea]


def evaluate(dataset: data.Dataset | None = None, show_progress: bool = True) -> dict[str, Any]:
    """Measure ranker and rules.

    Parameters
    ----------
    dataset
        What to measure on; default the shipped data.
    show_progress
        Show bars on standard error.

    Returns
    -------
    dict
        `systems`: for each system its mean over folds, the value of each fold, and the mean over
        cooperations; `paired`: the ranker against the best rule; `calibration`, `task_area`.
    """
    dataset = dataset or data.load()
    model = TextModel(store=models.ARTIFACTS / models.EMBEDDINGS)
    knowledge = build_knowledge(dataset, model, show_progress)
    requests = model.encode_queries([c.request for c in dataset.cooperations], show_progress)
    tables: dict[str, list[pd.DataFrame]] = {}
    calibration = Calibration()
    guesses = []
    for fold in make_folds(knowledge, requests, show_progress):
        ranker = training.fit(fold.training, dataset.version, "fold", model.name, "fold")
        scores = _scores(fold, ranker, requests)
        for name, matrix in scores.items():
            tables.setdefault(name, []).append(ranking_figures(fold.test, matrix))
        calibration.add(fold.test, scores[RANKER])
        guesses.append(_area_hits(fold, knowledge.areas, requests))
    ranker = Ranker.load(models.ARTIFACTS)
    return {
        "ranker": ranker.version,
        "data_version": dataset.version,
        "feature_fingerprint": features.fingerprint(),
        "folds": len(guesses),
        "cooperations": sum(len(table) for table in tables[RANKER]),
        "queries": calibration.queries,
        "systems": {name: _summary(parts) for name, parts in tables.items()},
        "paired": _paired(tables),
        "calibration": calibration.figures(),
        "task_area_accuracy": float(np.concatenate(guesses).mean()),
        "provenance": asdict(ranker.provenance),
    }


def main() -> None:
    """Evaluate, print the table, and write results, model card and README."""
    results = evaluate()
    RESULTS.parent.mkdir(exist_ok=True)
    write_atomically(RESULTS, json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    models.write_quality(models.ARTIFACTS, card.quality(results))
    card.write(results)
    _print(results)


def _scores(fold: Fold, ranker: Ranker, requests: Vectors) -> dict[str, Any]:
    rows = fold.test
    shape = rows.labels.shape
    count = rows.features.shape[2]
    scores: dict[str, Any] = {
        name: np.stack([rule(fold.state, int(row)) for row in rows.searcher])
        for name, rule in RULES.items()
    }
    scores[RANKER] = ranker.score(rows.features.reshape(-1, count)).reshape(shape)
    blind = np.stack(
        [feature_matrix(make_query(fold.state, int(r), None), fold.state) for r in rows.searcher]
    )
    scores[WITHOUT_TEXT] = ranker.score(blind.reshape(-1, count)).reshape(shape)
    return scores


def _area_hits(fold: Fold, areas: Any, requests: Vectors) -> Any:
    """Return 1 for each asked cooperation whose task area was told from its request, else 0."""
    known = fold.state
    assert known.passages is not None
    asked = np.unique(fold.test.cooperation)
    kept = np.setdiff1d(np.arange(len(areas)), fold.hidden)
    learned = [_AREAS[row] for row in known.areas.argmax(axis=1)]
    vectors = np.vstack([known.passages, requests[kept]])
    model = TaskAreaModel.fit(vectors, learned + learned)
    guessed = [model.areas[i] for i in model.predict(requests[asked]).argmax(axis=1)]
    truth = [_AREAS[row] for row in areas[asked].argmax(axis=1)]
    return np.array([g == t for g, t in zip(guessed, truth, strict=True)], float)


def _summary(parts: list[pd.DataFrame]) -> dict[str, Any]:
    by_fold = pd.DataFrame([part.mean() for part in parts])
    return {
        "mean": {metric: float(by_fold[metric].mean()) for metric in METRICS},
        "folds": {metric: [float(v) for v in by_fold[metric]] for metric in METRICS},
    }


def _paired(tables: dict[str, list[pd.DataFrame]]) -> dict[str, Any]:
    """Compare the ranker with the best rule, cooperation by cooperation (Wilcoxon, two-sided)."""
    metric = METRICS[0]
    joined = {name: pd.concat(parts)[metric] for name, parts in tables.items()}
    best = max(RULES, key=lambda name: float(joined[name].mean()))
    gain = joined[RANKER] - joined[best].loc[joined[RANKER].index]
    return {
        "metric": metric,
        "best_rule": best,
        "relative_gain": float(joined[RANKER].mean() / joined[best].mean() - 1),
        "p_value": float(wilcoxon(gain).pvalue),
        "better": int((gain > 0).sum()),
        "worse": int((gain < 0).sum()),
        "equal": int((gain == 0).sum()),
    }


def _print(results: dict[str, Any]) -> None:
    table = Table(title=f"Mean over {results['folds']} folds by cooperation")
    table.add_column("system", no_wrap=True)
    for metric in METRICS:
        table.add_column(metric, justify="right")
    for name, system in results["systems"].items():
        table.add_row(name, *(f"{system['mean'][metric]:.3f}" for metric in METRICS))
    console = Console(width=110)
    console.print(table)
    paired, calibration = results["paired"], results["calibration"]
    console.print(
        f"ranker against {paired['best_rule']}: {paired['relative_gain']:+.1%} {paired['metric']}, "
        f"p = {paired['p_value']:.2g} (better {paired['better']}, worse {paired['worse']}, "
        f"equal {paired['equal']})"
    )
    console.print(
        f"ECE {calibration['ece']:.4f} over all bodies, {calibration['ece_shown']:.4f} over the "
        f"ten shown; Brier {calibration['brier']:.4f}"
    )
    console.print(f"task area told from the request: {results['task_area_accuracy']:.3f}")


if __name__ == "__main__":
    main()
