"""Whether the task area is told from a request, and whether its probability is true."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eval.ranking.protocol import Fold
from matcher import training
from matcher.known.knowledge import Knowledge
from models import TextModel

_BINS = 10


class AreaGuesses:
    """Collects over folds the guessed area of each hidden cooperation.

    Parameters
    ----------
    knowledge
        All that is known.
    model
        Text model.
    """

    def __init__(self, knowledge: Knowledge, model: TextModel) -> None:
        self._knowledge, self._model = knowledge, model
        self._hits: list[npt.NDArray[np.float64]] = []
        self._confidence: list[npt.NDArray[np.float64]] = []

    def add(self, fold: Fold) -> None:
        """Learn the areas from what a fold knows, guess those of what it hides."""
        known, everything = fold.state, self._knowledge
        assert everything.requests is not None
        titles = self._model.encode_queries([c.title for c in known.cooperations])
        model = training.fit_task_areas(known, titles, fold.groups)
        texts = [everything.cooperations[i].request for i in fold.hidden]
        shares = model.predict(texts, everything.requests[fold.hidden])
        truth = [everything.cooperations[i].task_area.value for i in fold.hidden]
        guessed = [model.areas[i] for i in shares.argmax(axis=1)]
        self._hits.append(np.array([g == t for g, t in zip(guessed, truth, strict=True)], float))
        self._confidence.append(np.asarray(shares.max(axis=1)))

    def figures(self) -> dict[str, float]:
        """Return `accuracy`, and `ece`: the expected calibration error of the best guess."""
        hits, confidence = np.concatenate(self._hits), np.concatenate(self._confidence)
        bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
        gap = np.abs(np.bincount(bins, confidence - hits, minlength=_BINS)).sum() / len(hits)
        return {"accuracy": float(hits.mean()), "ece": float(gap)}
