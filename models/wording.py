"""TF-IDF rows of a few texts, fast: as scikit-learn, without what it checks each time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]
_WHITE = re.compile(r"\s\s+")
_LEAST = 2  # texts that an n-gram has to stand in


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
    """TF-IDF over character n-grams within words, with sublinear term frequency and unit rows.

    It gives the rows of scikit-learn's TfidfVectorizer ("char_wb"): checking its arguments takes
    that library longer than one short text does, and importing it a second of every start.

    Parameters
    ----------
    vocabulary
        N-grams in the order of their columns.
    idf
        (vocabulary,) weight of each.
    ngrams
        Shortest and longest n-gram, in characters.

    Examples
    --------
    >>> wording, rows = Wording.fit(["Standesamt", "Standesamt gemeinsam"], (3, 5))
    >>> wording.rows(["Standesamt"]).shape
    (1, 27)
    """

    def __init__(self, vocabulary: Sequence[str], idf: Floats, ngrams: tuple[int, int]) -> None:
        self.vocabulary, self.idf = tuple(vocabulary), np.asarray(idf, np.float32)
        self._low, self._high = ngrams
        self._place = {ngram: place for place, ngram in enumerate(self.vocabulary)}

    @classmethod
    def fit(cls, texts: Sequence[str], ngrams: tuple[int, int]) -> tuple[Self, csr_matrix]:
        """Learn n-grams that stand in two texts at least; returns the rows of the m texts, too."""
        counted = Counter(ngram for text in texts for ngram in _ngrams(text.lower(), *ngrams))
        vocabulary = sorted(ngram for ngram, count in counted.items() if count >= _LEAST)
        count = np.array([counted[ngram] for ngram in vocabulary], np.float32)
        # Smoothed as if one more text held every n-gram.
        idf = np.log(np.float32(len(texts) + 1) / (count + 1)) + 1
        wording = cls(vocabulary, idf, ngrams)
        return wording, wording.rows(texts)

    def __len__(self) -> int:
        return len(self.vocabulary)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the TF-IDF rows of m texts, (m, vocabulary) float32."""
        found = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in found)], dtype=np.int32)
        columns = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in found)])
        values = np.concatenate([np.empty(0, np.float32), *(values for _, values in found)])
        shape = (len(texts), len(self))
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
        values = (np.log(counts) + 1) * self.idf[columns]
        return columns, values / max(float(np.sqrt(np.square(values).sum())), 1e-12)
