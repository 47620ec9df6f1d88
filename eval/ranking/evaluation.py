"""The whole evaluation: five folds and a split by time, the ranker beside every baseline."""

from __future__ import annotations

import time
from dataclasses import asdict
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from eval.ranking import summary
from eval.ranking.ablation import Ablation
from eval.ranking.area_guesses import AreaGuesses
from eval.ranking.baselines import baseline_scores
from eval.ranking.calibration import Calibration
from eval.ranking.consortia import consortium_figures
from eval.ranking.exposure import Exposure
from eval.ranking.learning import FROM_HALF, RANKER, WITHOUT_TEXT, Fit, as_shipped, learn
from eval.ranking.measures import query_figures
from eval.ranking.own_description import own_description_rank
from eval.ranking.positions import position_figures, position_means
from eval.ranking.protocol import FOLDS, Fold, forward_split, half, make_folds
from eval.ranking.robustness import SAMPLE, robustness_figures
from eval.ranking.slices import query_slices, sliced_means
from eval.ranking.uncertainty import bootstrap_interval
from matcher import Matcher, features, training
from models import Ranker

Scores = dict[str, npt.NDArray[Any]]
"""(queries, bodies) by system, greater is better."""


class Evaluation:
    """Collects figures fold by fold.

    Parameters
    ----------
    matcher
        What is served: its data are measured on, with its text model.
    fit
        Learns the ranker of a fold.
    ablation
        Whether to learn without each family of features too.
    reworded
        How many cooperations of a fold to ask for in other words too.
    """

    def __init__(self, matcher: Matcher, fit: Fit, ablation: bool, reworded: int) -> None:
        assert matcher.text_model is not None
        self.matcher, self.knowledge, self.fit = matcher, matcher.knowledge, fit
        self.queries: dict[str, list[pd.DataFrame]] = {}
        self.positions: dict[str, list[pd.DataFrame]] = {}
        self.labels: list[pd.DataFrame] = []
        self.by_fold: dict[str, list[dict[str, float]]] = {}
        self.calibration = Calibration()
        self.exposure = Exposure(self.knowledge.bodies)
        self.consortia: list[pd.DataFrame] = []
        self.robustness: list[pd.DataFrame] = []
        self.own_description: dict[str, list[npt.NDArray[np.float64]]] = {}
        self.area_guesses = AreaGuesses(self.knowledge, matcher.text_model)
        self.ablation = Ablation(fit) if ablation else None
        self.reworded = reworded

    def add(self, fold: Fold) -> None:
        """Train on a fold, ask what it hides, keep all figures."""
        ranker = learn(fold, self.fit)
        scores = self.scores(fold, ranker)
        self._add_rankings(fold, scores)
        self.calibration.add(fold.test, scores[RANKER])
        self.exposure.add(fold.test, scores[RANKER])
        self.consortia.append(consortium_figures(fold, self.knowledge, ranker, scores[RANKER]))
        model = self.matcher.text_model
        assert model is not None
        self.robustness.append(
            robustness_figures(fold, self.knowledge, ranker, model, self.reworded)
        )
        for name, ranks in own_description_rank(fold, self.knowledge).items():
            self.own_description.setdefault(name, []).append(ranks)
        self.area_guesses.add(fold)
        if self.ablation is not None:
            self.ablation.add(fold, scores[RANKER])

    def scores(self, fold: Fold, ranker: Ranker) -> Scores:
        """Score the queries of a fold by all baselines and by the ranker in its forms."""
        assert self.knowledge.requests is not None
        requests = [c.request for c in self.knowledge.cooperations]
        scores: Scores = dict(baseline_scores(fold, self.knowledge.requests, requests))
        blind = training.stack_rows(
            self.knowledge, ((int(i), fold.state, None) for i in np.unique(fold.test.cooperation))
        )
        assert np.array_equal(blind.searcher, fold.test.searcher)
        scores[WITHOUT_TEXT] = ranker.score(blind.features)
        scores[FROM_HALF] = learn(half(fold), self.fit).score(fold.test.features)
        scores[RANKER] = ranker.score(fold.test.features)
        return scores

    def results(self) -> dict[str, Any]:
        """Put all figures together."""
        queries = {name: pd.concat(parts) for name, parts in self.queries.items()}
        means = {name: summary.by_cooperation(table) for name, table in queries.items()}
        labels = pd.concat(self.labels)
        return {
            "ranker": self.matcher.version,
            "data_version": self.matcher.dataset.version,
            "feature_fingerprint": features.fingerprint(),
            "features": len(features.NAMES),
            "folds": len(self.labels),
            "cooperations": len(means[RANKER]),
            "queries": len(labels),
            "systems": summary.systems(means, self.by_fold),
            "paired": summary.against_baselines(means),
            "positions": {
                name: summary.records(position_means(pd.concat(parts)))
                for name, parts in self.positions.items()
            },
            "slices": {
                name: summary.slice_records(sliced_means(table, labels))
                for name, table in queries.items()
            },
            "calibration": self.calibration.figures()
            | {"reliability": self.calibration.reliability()},
            "exposure": self.exposure.figures(),
            "groups": summary.consortium_means(pd.concat(self.consortia)),
            "robustness": summary.wording_means(pd.concat(self.robustness)),
            "own_description_mrr": {
                name: asdict(bootstrap_interval(np.concatenate(parts)))
                for name, parts in self.own_description.items()
            },
            "task_area": self.area_guesses.figures(),
            "provenance": asdict(self.matcher.ranker.provenance),
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

    def _add_rankings(self, fold: Fold, scores: Scores) -> None:
        land = self.knowledge.bodies
        for name, matrix in scores.items():
            figures = query_figures(fold.test, matrix).assign(fold=fold.number)
            self.queries.setdefault(name, []).append(figures)
            means = summary.by_cooperation(figures).mean()
            self.by_fold.setdefault(name, []).append(means.to_dict())
            self.positions.setdefault(name, []).append(position_figures(fold.test, matrix, land))
        areas = [c.task_area.value for c in self.knowledge.cooperations]
        self.labels.append(query_slices(fold.test, land, fold.state.participation, areas))


def evaluate(
    matcher: Matcher,
    fit: Fit | None = None,
    folds: int = FOLDS,
    ablation: bool = True,
    reworded: int = SAMPLE,
    show_progress: bool = True,
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Measure ranker and baselines.

    Parameters
    ----------
    matcher
        What is served, with its text model.
    fit
        Learns the ranker of a fold; default as the shipped one was learned.
    folds
        How many of the five folds to measure: fewer give a quick look.
    ablation
        Whether to learn without each family of features too; `ablation` then holds the figures.
    reworded
        How many cooperations of a fold to ask for in other words too.
    show_progress
        Show bars on standard error.

    Returns
    -------
    dict
        All figures; `eval.report.card` turns them into tables.
    DataFrame
        The ranking figures of each query and system.
    """
    start = time.perf_counter()
    evaluation = Evaluation(matcher, fit or as_shipped(), ablation, reworded)
    for fold in islice(make_folds(matcher.knowledge, show_progress), folds):
        evaluation.add(fold)
    results = evaluation.results()
    results["forward"] = _forward(evaluation, show_progress)
    if evaluation.ablation is not None:
        results["ablation"] = evaluation.ablation.figures()
    results["minutes"] = round((time.perf_counter() - start) / 60, 1)
    return results, evaluation.query_table()


def _forward(evaluation: Evaluation, show_progress: bool) -> dict[str, Any]:
    """Learn from what began up to 2017, ask for what began later."""
    fold = forward_split(evaluation.knowledge, show_progress)
    scores = evaluation.scores(fold, learn(fold, evaluation.fit))
    figures = {
        name: summary.by_cooperation(query_figures(fold.test, matrix))
        for name, matrix in scores.items()
    }
    return {
        "known": len(fold.state.cooperations),
        "cooperations": len(figures[RANKER]),
        "systems": {name: {"mean": table.mean().to_dict()} for name, table in figures.items()},
    }
