"""Whether a text is a matter for cooperation at all: logistic regression on meaning and wording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from scipy.sparse import csr_matrix, hstack

from models.same_matter import platt
from models.store import check_made_of, reading, write_arrays
from models.unit import lengths
from models.wording import Wording

IS_MATTER = "is_matter.npz"
_WHAT = "Die Prüfung der Vorhaben"
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_C = 1.0
_FOLDS = 5
_SEED = 20_261_126
# Weights of vector, wording and signs before the common penalty: of seven settings the best on
# folds. The weight of signs is small as each is a standardised number of its own.
_MEANING, _WORDING, _SIGNS = 3.0, 2.1, 0.6
_NGRAMS = (2, 4)


class TextExamples(Struct, frozen=True):
    """Texts with what is known of them.

    Attributes
    ----------
    texts
        m texts.
    vectors
        (m, d) unit vectors, encoded as queries.
    signs
        (m, s) numbers about each text, such as its likeness to the nearest known request.
    labels
        (m,) 1 a matter, 0 none.
    strata
        (m,) kind of each text; folds hold as many of each.
    weights
        (m,) weight of each text.
    """

    texts: Sequence[str]
    vectors: Floats
    signs: Floats
    labels: Ints
    strata: Sequence[str]
    weights: Floats

    def at(self, places: Ints) -> TextExamples:
        """Return only the texts at these places."""
        return TextExamples(
            [self.texts[i] for i in places],
            self.vectors[places],
            self.signs[places],
            self.labels[places],
            [self.strata[i] for i in places],
            self.weights[places],
        )


class IsMatter:
    """Tells matters for cooperation from greetings, nonsense and questions of citizens.

    Parameters
    ----------
    words
        Fitted TF-IDF over character n-grams.
    centre
        (d,) mean vector, which all texts share.
    mean, scale
        (s,) of the signs.
    coefficients
        (d + s + vocabulary,) float32.
    intercept, slope, threshold
        Log-odds = intercept + slope · sum; below the threshold a text is no matter.
    made_of
        Version of what it was learned from.
    """

    def __init__(
        self,
        words: Wording,
        centre: Floats,
        mean: Floats,
        scale: Floats,
        coefficients: Floats,
        intercept: float,
        slope: float,
        threshold: float,
        made_of: str,
    ) -> None:
        self._words, self._centre, self._mean, self._scale = words, centre, mean, scale
        self._weigh(coefficients)
        self._intercept, self._slope = intercept, slope
        self.threshold, self.made_of = threshold, made_of

    @classmethod
    def fit(cls, examples: TextExamples, refused: float, made_of: str) -> tuple[Self, Doubles]:
        """Train; scale and threshold come from texts that were left out.

        Parameters
        ----------
        examples
            Labelled texts.
        refused
            Share of matters that may be refused.
        made_of
            Version of what is learned from.

        Returns
        -------
        IsMatter, ndarray
            The model, and (m,) the probability of each text made without it.
        """
        from sklearn.model_selection import StratifiedKFold

        logits = np.zeros(len(examples.texts))
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
        for kept, left in folds.split(examples.labels, examples.strata):
            rest = examples.at(left)
            part = cls._train(examples.at(kept), made_of)
            logits[left] = part.logits(rest.vectors, rest.signs, part.wording(rest.texts))
        slope, intercept = platt(logits, examples.labels)
        chances = 1 / (1 + np.exp(-(slope * logits + intercept)))
        model = cls._train(examples, made_of)
        model._slope, model._intercept = slope, slope * model._intercept + intercept
        model.threshold = float(np.quantile(chances[examples.labels == 1], refused))
        return model, chances

    @classmethod
    def _train(cls, examples: TextExamples, made_of: str) -> Self:
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import StandardScaler

        words, _ = Wording.fit([text.casefold() for text in examples.texts], _NGRAMS)
        scaler = StandardScaler().fit(examples.signs)
        centre = examples.vectors.mean(axis=0)
        start = np.zeros(len(centre) + examples.signs.shape[1] + len(words), np.float32)
        model = cls(words, centre, scaler.mean_, scaler.scale_, start, 0.0, 1.0, 0.5, made_of)
        parts = model._parts(examples.vectors, examples.signs)
        wording = _WORDING * model._words.rows([text.casefold() for text in examples.texts])
        rows = hstack([*(csr_matrix(part) for part in parts), wording]).tocsr()
        machine = LogisticRegression(C=_C, max_iter=2_000)
        machine.fit(rows, examples.labels, sample_weight=examples.weights)
        # Rounded here already, so that a saved model tells the same as this one.
        model._weigh(machine.coef_[0].astype(np.float16).astype(np.float32))
        model._intercept = float(machine.intercept_[0])
        return model

    def _weigh(self, coefficients: Floats) -> None:
        self._coefficients = coefficients
        ends = [len(self._centre), len(coefficients) - len(self._words)]
        self._by_meaning, self._by_sign, by_word = np.split(coefficients, ends)
        self._by_word = _WORDING * by_word

    def _parts(self, vectors: Floats, signs: Floats) -> tuple[Floats, Floats]:
        meaning = vectors - self._centre
        meaning /= np.maximum(lengths(meaning), 1e-9)
        standard = (signs - self._mean) / self._scale
        return _MEANING * meaning, _SIGNS * standard

    def wording(self, texts: Sequence[str]) -> Floats:
        """Return what words alone say of m texts, (m,), before scale and intercept."""
        return self._words.times([text.casefold() for text in texts], self._by_word)

    def logits(self, vectors: Floats, signs: Floats, wording: Floats) -> Doubles:
        """Return log-odds of being a matter, (m,).

        Parameters
        ----------
        vectors, signs
            As in `TextExamples`.
        wording
            What `wording` returned.
        """
        # Part by part: to stack one row of three matrices takes longer than to multiply it.
        meaning, standard = self._parts(vectors, signs)
        total = meaning @ self._by_meaning + standard @ self._by_sign + wording
        return np.asarray(self._slope * total + self._intercept, np.float64)

    def probability(self, vectors: Floats, signs: Floats, wording: Floats) -> Doubles:
        """Return the probability of being a matter, (m,); arguments as of `logits`."""
        return np.asarray(1 / (1 + np.exp(-self.logits(vectors, signs, wording))))

    def save(self, folder: Path) -> None:
        """Write vocabulary and coefficients."""
        arrays = {
            "vocabulary": np.array(self._words.vocabulary),
            "idf": self._words.idf,
            "centre": self._centre,
            "mean": self._mean,
            "scale": self._scale,
            "coefficients": self._coefficients.astype(np.float16),
            "numbers": np.array([self._intercept, self._slope, self.threshold]),
            "made_of": np.array(self.made_of),
        }
        write_arrays(folder / IS_MATTER, arrays)

    @classmethod
    def load(cls, folder: Path, made_of: str | None = None) -> Self:
        """Read a saved model.

        Raises
        ------
        MissingModelError
            The file is missing or broken.
        StaleArtifactError
            It was learned from something other than `made_of`.
        """
        path = folder / IS_MATTER
        with reading(path, _WHAT), np.load(path, allow_pickle=False) as stored:
            words = Wording(stored["vocabulary"].tolist(), stored["idf"], _NGRAMS)
            centre, mean, scale = (stored[name] for name in ("centre", "mean", "scale"))
            coefficients = stored["coefficients"].astype(np.float32)
            intercept, slope, threshold = (float(number) for number in stored["numbers"])
            model = cls(
                words,
                centre,
                mean,
                scale,
                coefficients,
                intercept,
                slope,
                threshold,
                str(stored["made_of"]),
            )
        check_made_of(model.made_of, made_of, _WHAT)
        return model
