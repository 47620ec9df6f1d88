"""The shipped model on cooperations that it does not know: any file of the same form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import Cooperation, DataError, Problem
from data.cooperations import check_participants, read_cooperations
from eval.baselines import RULES
from eval.calibration import Calibration
from eval.exposure import Exposure
from eval.measures import METRICS, query_figures
from eval.protocol import ask
from eval.slices import position_figures, position_means, query_slices, sliced_means
from eval.texts import reciprocal_rank
from eval.uncertainty import bootstrap_interval
from matcher import Matcher, training
from matcher.known.knowledge import Knowledge
from models import likeness

RANKER = "ranker"


def evaluate_file(path: Path, matcher: Matcher) -> dict[str, Any]:
    """Measure the shipped model on a file of cooperations, learning nothing from it.

    Records that the shipped data hold (same id and participants, or same description) are left out
    and counted: the model has seen them.

    Parameters
    ----------
    path
        File as `data/tables/cooperations.jsonl`.
    matcher
        With its text model.

    Raises
    ------
    data.DataError
        The file is broken, names unknown bodies, or holds nothing new to ask for.
    """
    cases = read_cooperations(path)
    check_participants(cases, matcher.knowledge.bodies.keys, path.name)
    fresh = [case for case in cases if not _is_known(case, matcher.knowledge)]
    if not any(len(case.participants) > 1 for case in fresh):
        raise DataError(
            [Problem(path.name, "enthält keine neue Kooperation mit zwei bekannten Beteiligten")]
        )
    assert matcher.text_model is not None
    requests = matcher.text_model.encode_queries([case.request for case in fresh])
    passages = matcher.text_model.encode_passages([case.description for case in fresh])
    asked = Knowledge.of(matcher.knowledge.bodies, fresh, requests, None)
    rows = ask(asked, training.learnable(asked), matcher.knowledge)
    scores: dict[str, Any] = {
        name: np.stack([rule(matcher.knowledge, int(row)) for row in rows.searcher])
        for name, rule in RULES.items()
    }
    scores[RANKER] = matcher.ranker.score(rows.features)
    figures = {name: query_figures(rows, matrix) for name, matrix in scores.items()}
    by_cooperation = {
        name: table.groupby("cooperation")[list(METRICS)].mean() for name, table in figures.items()
    }
    areas = [case.task_area.value for case in fresh]
    labels = query_slices(rows, matcher.knowledge.bodies, matcher.knowledge.participation, areas)
    calibration, exposure = Calibration(), Exposure(matcher.knowledge.bodies)
    calibration.add(rows, scores[RANKER])
    exposure.add(rows, scores[RANKER])
    return {
        "file": path.name,
        "ranker": matcher.version,
        "data_version": matcher.dataset.version,
        "records": len(cases),
        "already_known": len(cases) - len(fresh),
        "cooperations": len(by_cooperation[RANKER]),
        "queries": len(labels),
        "systems": {
            name: {
                "mean": table.mean().to_dict(),
                "low": bootstrap_interval(table[METRICS[0]]).low,
                "high": bootstrap_interval(table[METRICS[0]]).high,
            }
            for name, table in by_cooperation.items()
        },
        "positions": {
            name: _plain(position_means(position_figures(rows, matrix, matcher.knowledge.bodies)))
            for name, matrix in scores.items()
        },
        "slices": {
            str(name): _plain(part.droplevel(0))
            for name, part in sliced_means(figures[RANKER], labels).groupby(level=0, sort=False)
        },
        "calibration": calibration.figures(),
        "exposure": exposure.figures(),
        "own_description_mrr": _own_description(matcher, fresh, requests, passages),
        "task_area_accuracy": _area_accuracy(matcher, fresh),
    }


def _is_known(case: Cooperation, knowledge: Knowledge) -> bool:
    return any(
        case.description == known.description
        or (case.id == known.id and set(case.participants) == set(known.participants))
        for known in knowledge.cooperations
    )


def _own_description(
    matcher: Matcher, fresh: list[Cooperation], requests: Any, passages: Any
) -> float:
    """Find each description by its request among the known and the new ones."""
    assert matcher.knowledge.reader is not None
    assert matcher.knowledge.passages is not None
    space = matcher.knowledge.reader.space
    texts = [c.description for c in (*fresh, *matcher.knowledge.cooperations)]
    vectors = np.vstack([passages, matcher.knowledge.passages])
    points, words = space.place(vectors, texts, descriptions=True)
    asked, asked_words = space.place(requests, [case.request for case in fresh])
    alike = likeness(asked @ points.T, (asked_words @ words.T).toarray())
    return float(reciprocal_rank(alike, np.arange(len(fresh))).mean())


def _area_accuracy(matcher: Matcher, fresh: list[Cooperation]) -> float:
    told = [matcher.predict_task_area(case.request)[0].area for case in fresh]
    return float(np.mean([t == case.task_area for t, case in zip(told, fresh, strict=True)]))


def _plain(table: pd.DataFrame) -> dict[str, Any]:
    return {str(name): row for name, row in table.round(4).to_dict("index").items()}
