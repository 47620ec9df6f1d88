"""How well a request finds its own description, among all others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eval.ranking.protocol import Fold
from matcher.known.knowledge import Knowledge
from models import likeness


def own_description_rank(fold: Fold, knowledge: Knowledge) -> dict[str, npt.NDArray[np.float64]]:
    """Return 1 / rank of the own description for each hidden cooperation of a fold.

    Candidates are the descriptions of all cooperations, known and hidden; the space was made from
    the known ones alone.

    Returns
    -------
    dict
        `plain`: cosine of the text model's vectors; `space`: as the matcher compares.
    """
    assert fold.state.reader is not None
    assert knowledge.requests is not None
    assert knowledge.passages is not None
    space, hidden = fold.state.reader.space, fold.hidden
    requests = [knowledge.cooperations[i].request for i in hidden]
    descriptions = [cooperation.description for cooperation in knowledge.cooperations]
    vectors = knowledge.requests[hidden]
    asked, asked_words = space.place(vectors, requests)
    all_points, all_words = space.place(knowledge.passages, descriptions, descriptions=True)
    alike = likeness(asked @ all_points.T, (asked_words @ all_words.T).toarray())
    return {
        "plain": reciprocal_rank(vectors @ knowledge.passages.T, hidden),
        "space": reciprocal_rank(alike, hidden),
    }


def reciprocal_rank(
    scores: npt.NDArray[np.float32], own: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return 1 / rank of column `own[i]` in row i of (m, c) scores; (m,)."""
    mine = scores[np.arange(len(own)), own][:, None]
    return np.asarray(1 / (1 + (scores > mine).sum(axis=1)))
