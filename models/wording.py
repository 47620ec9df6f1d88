"""TF-IDF rows of a few texts, fast: as scikit-learn, without what it checks each time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = npt.NDArray[np.float32]
_WHITE = re.compile(r"\s\s+")


@lru_cache(maxsize=8)  # one text is read by several models
def _ngrams(text: str, low: int, high: int) -> Counter[str]:
    """Count the character n-grams within words, padded by a space, as "char_wb" does."""
    counts: Counter[str] = Counter()
    for word in _WHITE.sub(" ", text).split():
        padded = f" {word} "
        counts.update(
            padded[start : start + size]
            for size in range(low, min(high, len(padded)) + 1)
            for start in range(len(padded) - size + 1)
        )
        # A word shorter than an n-gram counts once, whole.
        if len(padded) < low:
            counts[padded] += 1
    return counts


class Wording:
    """Gives rows of a fitted vectorizer with sublinear term frequency and rows of length 1.

    Checking its arguments takes scikit-learn longer than one short text does.

    Parameters
    ----------
    vectorizer
        Fitted; what it was fitted to may not change any more.

    Examples
    --------
    >>> Wording(vectorizer).rows(["Standesamt"]).shape
    (1, 20814)
    """

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self.vectorizer = vectorizer
        low, high = vectorizer.ngram_range
        self._low, self._high = int(low), int(high)
        self._place: dict[str, int] = vectorizer.vocabulary_
        self._weights = np.asarray(vectorizer.idf_, np.float32)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the TF-IDF rows of m texts, (m, vocabulary) float32."""
        found = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in found)], dtype=np.int32)
        columns = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in found)])
        values = np.concatenate([np.empty(0, np.float32), *(values for _, values in found)])
        shape = (len(texts), len(self._weights))
        return csr_matrix((values, columns, ends), shape=shape)

    def times(self, texts: Sequence[str], weights: Floats) -> Floats:
        """Return the rows of m texts times weights, (m, k) of (vocabulary, k), (m,) of a vector.

        For few texts faster than to make the rows first.
        """
        found = (self._row(text) for text in texts)
        return np.stack([values @ weights[columns] for columns, values in found])

    def _row(self, text: str) -> tuple[npt.NDArray[np.int32], Floats]:
        parts = _ngrams(text.lower(), self._low, self._high)
        places = np.fromiter(map(self._place.get, parts, repeat(-1)), np.int32, len(parts))
        order = np.argsort(places, kind="stable")[int((places < 0).sum()) :]
        columns = places[order]
        counts = np.fromiter(parts.values(), np.float32, len(parts))[order]
        values = (np.log(counts) + 1) * self._weights[columns]
        return columns, values / max(float(np.sqrt(np.square(values).sum())), 1e-12)
