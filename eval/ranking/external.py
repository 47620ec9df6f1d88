"""The shipped model on cooperations that it does not know: any file of the same form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from data import Cooperation, DataError, Problem
from data.cooperations import check_participants, read_cooperations
from eval.ranking.calibration import Calibration
from eval.ranking.exposure import Exposure
from eval.ranking.learning import RANKER
from eval.ranking.measures import METRICS, query_figures
from eval.ranking.own_description import reciprocal_rank
from eval.ranking.positions import position_figures, position_means
from eval.ranking.protocol import ask
from eval.ranking.rules import RULES
from eval.ranking.slices import query_slices, sliced_means
from eval.ranking.summary import by_cooperation, records, slice_records
from eval.ranking.uncertainty import bootstrap_interval
from matcher import Matcher, training
from matcher.known.knowledge import Knowledge
from matcher.training import Rows
from models import likeness


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
    known = matcher.knowledge
    records_read, fresh = _read_fresh(path, known)
    assert matcher.text_model is not None
    requests = matcher.text_model.encode_queries([case.request for case in fresh])
    passages = matcher.text_model.encode_passages([case.description for case in fresh])
    asked = Knowledge.of(known.bodies, fresh, requests, None)
    rows = ask(asked, training.learnable(asked), known)
    scores: dict[str, Any] = {
        name: np.stack([rule(known, int(row)) for row in rows.searcher])
        for name, rule in RULES.items()
    }
    scores[RANKER] = matcher.ranker.score(rows.features)
    return {
        "file": path.name,
        "ranker": matcher.version,
        "data_version": matcher.dataset.version,
        "records": records_read,
        "already_known": records_read - len(fresh),
        **_ranking_figures(rows, scores, known, [case.task_area.value for case in fresh]),
        "own_description_mrr": _own_description(matcher, fresh, requests, passages),
        "task_area_accuracy": _area_accuracy(matcher, fresh),
    }


def _read_fresh(path: Path, knowledge: Knowledge) -> tuple[int, list[Cooperation]]:
    """Return how many records a file holds, and those that are not known."""
    cases = read_cooperations(path)
    check_participants(cases, knowledge.bodies.keys, path.name)
    fresh = [case for case in cases if not _is_known(case, knowledge)]
    if not any(len(case.participants) > 1 for case in fresh):
        raise DataError(
            [Problem(path.name, "enthält keine neue Kooperation mit zwei bekannten Beteiligten")]
        )
    return len(cases), fresh


def _ranking_figures(
    rows: Rows, scores: dict[str, Any], known: Knowledge, areas: list[str]
) -> dict[str, Any]:
    figures = {name: query_figures(rows, matrix) for name, matrix in scores.items()}
    means = {name: by_cooperation(table) for name, table in figures.items()}
    labels = query_slices(rows, known.bodies, known.participation, areas)
    calibration, exposure = Calibration(), Exposure(known.bodies)
    calibration.add(rows, scores[RANKER])
    exposure.add(rows, scores[RANKER])
    return {
        "cooperations": len(means[RANKER]),
        "queries": len(labels),
        "systems": {
            name: {
                "mean": table.mean().to_dict(),
                "low": bootstrap_interval(table[METRICS[0]]).low,
                "high": bootstrap_interval(table[METRICS[0]]).high,
            }
            for name, table in means.items()
        },
        "positions": {
            name: records(position_means(position_figures(rows, matrix, known.bodies)))
            for name, matrix in scores.items()
        },
        "slices": slice_records(sliced_means(figures[RANKER], labels)),
        "calibration": calibration.figures(),
        "exposure": exposure.figures(),
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
    told = [matcher.listener.task_areas(case.request)[0].area for case in fresh]
    return float(np.mean([t == case.task_area for t, case in zip(told, fresh, strict=True)]))
