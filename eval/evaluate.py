"""`make evaluate`: five folds and a split by time; figures into results, card and README."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from threadpoolctl import threadpool_limits

import data
import models
from data.provenance import write_atomically
from eval import card
from eval.baselines import baseline_scores
from eval.calibration import Calibration
from eval.exposure import Exposure
from eval.groups import group_figures
from eval.measures import METRICS, query_figures
from eval.protocol import Fold, forward_split, half, make_folds
from eval.robustness import FULL, robustness_figures
from eval.slices import position_figures, position_means, query_slices, sliced_means
from eval.tables import show
from eval.texts import own_description_rank
from eval.uncertainty import bootstrap_interval, holm, paired
from matcher import features, training
from matcher.known.knowledge import Knowledge
from matcher.matcher import build_knowledge
from models import Ranker, TextModel

RESULTS = Path(__file__).parent / "results"
RANKER, WITHOUT_TEXT, FROM_HALF = "ranker", "ranker, text model off", "ranker, learned from half"
RANKERS = (RANKER, WITHOUT_TEXT, FROM_HALF)  # not baselines
Tables = dict[str, list[pd.DataFrame]]


class Evaluation:
    """Collects figures fold by fold.

    Parameters
    ----------
    dataset
        What to measure on.
    model
        Text model.
    show_progress
        Show bars on standard error.
    """

    def __init__(self, dataset: data.Dataset, model: TextModel, show_progress: bool) -> None:
        self.dataset, self.model, self.show_progress = dataset, model, show_progress
        self.knowledge: Knowledge = build_knowledge(dataset, model, show_progress)
        self.areas = [c.task_area.value for c in dataset.cooperations]
        self.queries: Tables = {}
        self.positions: Tables = {}
        self.labels: list[pd.DataFrame] = []
        self.by_fold: dict[str, list[dict[str, float]]] = {}
        self.calibration = Calibration()
        self.exposure = {name: Exposure(self.knowledge.bodies) for name in (RANKER,)}
        self.groups: list[pd.DataFrame] = []
        self.robustness: list[pd.DataFrame] = []
        self.own_description: dict[str, list[Any]] = {}
        self.area_hits: list[Any] = []
        self.area_confidence: list[Any] = []

    def add(self, fold: Fold) -> None:
        """Train on a fold, ask what it hides, keep all figures."""
        ranker = self.fit(fold)
        scores = self.scores(fold, ranker)
        land = self.knowledge.bodies
        for name, matrix in scores.items():
            figures = query_figures(fold.test, matrix).assign(fold=fold.number)
            self.queries.setdefault(name, []).append(figures)
            means = figures.groupby("cooperation")[list(METRICS)].mean().mean()
            self.by_fold.setdefault(name, []).append(means.to_dict())
            self.positions.setdefault(name, []).append(position_figures(fold.test, matrix, land))
        self.labels.append(query_slices(fold.test, land, fold.state.participation, self.areas))
        self.calibration.add(fold.test, scores[RANKER])
        self.exposure[RANKER].add(fold.test, scores[RANKER])
        self.groups.append(group_figures(fold, self.knowledge, ranker, scores[RANKER]))
        self.robustness.append(robustness_figures(fold, self.knowledge, ranker, self.model))
        for name, ranks in own_description_rank(fold, self.knowledge).items():
            self.own_description.setdefault(name, []).append(ranks)
        hits, confidence = self.area_guesses(fold)
        self.area_hits.append(hits)
        self.area_confidence.append(confidence)

    def fit(self, fold: Fold) -> Ranker:
        """Train a ranker on what a fold knows."""
        version = self.dataset.version
        return training.fit(fold.training, fold.groups, version, "fold", self.model.name, "fold")

    def scores(self, fold: Fold, ranker: Ranker) -> dict[str, Any]:
        """Score the queries of a fold by all baselines and by the ranker in its variants."""
        assert self.knowledge.requests is not None
        requests = [c.request for c in self.knowledge.cooperations]
        scores: dict[str, Any] = dict(baseline_scores(fold, self.knowledge.requests, requests))
        blind = training.stack_rows(
            self.knowledge, ((int(i), fold.state, None) for i in np.unique(fold.test.cooperation))
        )
        assert np.array_equal(blind.searcher, fold.test.searcher)
        scores[WITHOUT_TEXT] = ranker.score(blind.features)
        scores[FROM_HALF] = self.fit(half(fold)).score(fold.test.features)
        scores[RANKER] = ranker.score(fold.test.features)
        return scores

    def area_guesses(self, fold: Fold) -> tuple[Any, Any]:
        """Return for each hidden cooperation whether its area was told, and how sure it was."""
        known = fold.state
        assert self.knowledge.requests is not None
        titles = self.model.encode_queries([c.title for c in known.cooperations])
        model = training.fit_task_areas(known, titles, fold.groups)
        texts = [self.knowledge.cooperations[i].request for i in fold.hidden]
        shares = model.predict(texts, self.knowledge.requests[fold.hidden])
        truth = [self.areas[i] for i in fold.hidden]
        guessed = [model.areas[i] for i in shares.argmax(axis=1)]
        hits = np.array([g == t for g, t in zip(guessed, truth, strict=True)], float)
        return hits, shares.max(axis=1)

    def results(self) -> dict[str, Any]:
        """Put all figures together."""
        queries = {name: pd.concat(parts) for name, parts in self.queries.items()}
        by_cooperation = {
            name: table.groupby("cooperation")[list(METRICS)].mean()
            for name, table in queries.items()
        }
        labels = pd.concat(self.labels)
        shipped = models.load_ranker(models.ARTIFACTS)
        return {
            "ranker": shipped.version,
            "data_version": self.dataset.version,
            "feature_fingerprint": features.fingerprint(),
            "features": len(features.NAMES),
            "folds": len(self.labels),
            "cooperations": len(by_cooperation[RANKER]),
            "queries": len(labels),
            "systems": {
                name: {
                    "mean": pd.DataFrame(self.by_fold[name]).mean().to_dict(),
                    "folds": {m: [f[m] for f in self.by_fold[name]] for m in METRICS},
                    "interval": asdict(bootstrap_interval(by_cooperation[name][METRICS[0]])),
                }
                for name in by_cooperation
            },
            "paired": self._paired(by_cooperation),
            "positions": {
                name: _records(position_means(pd.concat(parts)))
                for name, parts in self.positions.items()
            },
            "slices": {name: _slices(sliced_means(queries[name], labels)) for name in queries},
            "calibration": self.calibration.figures()
            | {"reliability": self.calibration.reliability()},
            "exposure": self.exposure[RANKER].figures(),
            "groups": _groups(pd.concat(self.groups)),
            "robustness": _robustness(pd.concat(self.robustness)),
            "own_description_mrr": {
                name: asdict(bootstrap_interval(np.concatenate(parts)))
                for name, parts in self.own_description.items()
            },
            "task_area": self._task_area(),
            "provenance": asdict(shipped.provenance),
        }

    def query_table(self) -> pd.DataFrame:
        """Return one row a query and system, for notebooks."""
        tables = [pd.concat(parts).assign(system=name) for name, parts in self.queries.items()]
        ids = np.array([c.id for c in self.knowledge.cooperations])
        keys = np.asarray(self.knowledge.bodies.keys, str)
        table = pd.concat(tables)
        table["cooperation"] = ids[table["cooperation"]]
        table["searcher"] = keys[table["searcher"]]
        return table.round(4)

    def _paired(self, by_cooperation: dict[str, pd.DataFrame]) -> dict[str, Any]:
        metric = METRICS[0]
        others = [name for name in by_cooperation if name not in RANKERS]
        best = max(others, key=lambda name: float(by_cooperation[name][metric].mean()))
        ours = by_cooperation[RANKER][metric]
        compared = {name: asdict(paired(ours, by_cooperation[name][metric])) for name in others}
        corrected = holm({name: entry["p_value"] for name, entry in compared.items()})
        for name, value in corrected.items():
            compared[name]["p_holm"] = value
        return {"metric": metric, "best_baseline": best, "against": compared}

    def _task_area(self) -> dict[str, float]:
        hits, confidence = np.concatenate(self.area_hits), np.concatenate(self.area_confidence)
        bins = np.minimum((confidence * 10).astype(int), 9)
        gap = np.abs(np.bincount(bins, confidence - hits, minlength=10)).sum() / len(hits)
        return {"accuracy": float(hits.mean()), "ece": float(gap)}


def evaluate(
    dataset: data.Dataset | None = None, show_progress: bool = True
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Measure ranker and baselines.

    Parameters
    ----------
    dataset
        What to measure on; default the shipped data.
    show_progress
        Show bars on standard error.

    Returns
    -------
    dict
        All figures; `eval.card` turns them into tables.
    DataFrame
        The ranking figures of each query and system.
    """
    start = time.perf_counter()
    dataset = dataset or data.load()
    model = TextModel(store=models.ARTIFACTS / models.EMBEDDINGS)
    evaluation = Evaluation(dataset, model, show_progress)
    for fold in make_folds(evaluation.knowledge, show_progress):
        evaluation.add(fold)
    results = evaluation.results()
    results["forward"] = _forward(evaluation)
    results["minutes"] = round((time.perf_counter() - start) / 60, 1)
    return results, evaluation.query_table()


def main() -> None:
    """Evaluate, print the tables, and write results, model card and README."""
    # With more threads sums differ in the last bit, and trees in their splits.
    with threadpool_limits(1, user_api="blas"):
        results, queries = evaluate()
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_atomically(RESULTS / "evaluation.json", text)
    # Without the time of day: the same figures give the same file.
    zipped = {"method": "gzip", "mtime": 0}
    queries.to_csv(RESULTS / "queries.csv.gz", index=False, compression=zipped)
    models.write_quality(models.ARTIFACTS, card.quality(results))
    card.write(results)
    show(results, Console(width=120))


def _forward(evaluation: Evaluation) -> dict[str, Any]:
    """Learn from what began up to 2017, ask for what began later."""
    fold = forward_split(evaluation.knowledge, evaluation.show_progress)
    scores = evaluation.scores(fold, evaluation.fit(fold))
    figures = {
        name: query_figures(fold.test, matrix).groupby("cooperation")[list(METRICS)].mean()
        for name, matrix in scores.items()
    }
    return {
        "known": len(fold.state.cooperations),
        "cooperations": len(figures[RANKER]),
        "systems": {name: {"mean": table.mean().to_dict()} for name, table in figures.items()},
    }


def _records(table: pd.DataFrame) -> dict[str, Any]:
    return {str(name): row for name, row in table.round(4).to_dict("index").items()}


def _slices(table: pd.DataFrame) -> dict[str, Any]:
    return {
        str(name): _records(part.droplevel(0)) for name, part in table.groupby(level=0, sort=False)
    }


def _groups(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    means: dict[str, dict[str, float]] = {}
    for (system, measure), value in table.mean().items():
        means.setdefault(system, {})[measure] = float(value)
    return means


def _robustness(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Average each variant beside the full request of the same cooperations."""
    shown: dict[str, dict[str, float]] = {}
    for name, part in table.groupby("variant", sort=False):
        if name == FULL:
            continue
        full = table[(table["variant"] == FULL) & table["cooperation"].isin(part["cooperation"])]
        shown[str(name)] = {
            "cooperations": int(part["cooperation"].nunique()),
            "full": float(full[METRICS[0]].mean()),
            "variant": float(part[METRICS[0]].mean()),
            "hit_rate@5": float(part[METRICS[1]].mean()),
        }
    return shown


if __name__ == "__main__":
    main()
