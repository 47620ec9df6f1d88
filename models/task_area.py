"""The task area of a text: multinomial logistic regression on its vector."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from data.provenance import write_atomically
from models.errors import MissingModelError
from models.ranker import RETRAIN

TASK_AREAS = "task_area.npz"
# Weak regularisation suits unit vectors that crowd together; picked among 10, 30 and 100 by folds.
_INVERSE_REGULARISATION = 30.0


class TaskAreaModel:
    """Tells the task area of a text from its vector.

    Parameters
    ----------
    coefficients
        (areas, d) float64.
    intercepts
        (areas,) float64.
    areas
        Codes of the task areas that occurred in training, in row order.
    """

    def __init__(
        self,
        coefficients: npt.NDArray[np.float64],
        intercepts: npt.NDArray[np.float64],
        areas: tuple[str, ...],
    ) -> None:
        self._coefficients, self._intercepts, self.areas = coefficients, intercepts, areas

    @classmethod
    def fit(cls, vectors: npt.NDArray[np.float32], areas: list[str]) -> TaskAreaModel:
        """Train on (m, d) vectors and the code of each; needs at least three areas."""
        model = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=500).fit(vectors, areas)
        return cls(model.coef_, model.intercept_, tuple(str(area) for area in model.classes_))

    def predict(self, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return the probability of each area, (m, areas), rows sum to 1."""
        logits = vectors @ self._coefficients.T + self._intercepts
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def save(self, folder: Path) -> None:
        """Write the coefficients."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            coefficients=self._coefficients,
            intercepts=self._intercepts,
            areas=np.array(self.areas),
        )
        write_atomically(folder / TASK_AREAS, buffer.getvalue())

    @classmethod
    def load(cls, folder: Path) -> TaskAreaModel:
        """Read saved coefficients.

        Raises
        ------
        MissingModelError
            The file is missing or broken.
        """
        path = folder / TASK_AREAS
        if not path.is_file():
            raise MissingModelError(f"Die Zuordnung der Aufgabenbereiche fehlt ({path}). {RETRAIN}")
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls(
                    stored["coefficients"], stored["intercepts"], tuple(stored["areas"].tolist())
                )
        except (OSError, ValueError, KeyError) as error:
            raise MissingModelError(
                f"Die Zuordnung der Aufgabenbereiche ist beschädigt ({error}). {RETRAIN}"
            ) from None
