"""TF-IDF rows of a few texts, fast: as scikit-learn, without what it checks each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]
Row = tuple[npt.NDArray[np.int32], Floats]  # columns of a text, ascending, and its TF-IDF there
_WHITE = re.compile(r"\s\s+")
_LEAST = 2  # texts that an n-gram has to stand in
_MOST_KEPT = 10_000  # words whose n-grams are kept, about 200 bytes each
_NONE = np.empty(0, np.int32)


def _words(text: str) -> list[str]:
    return _WHITE.sub(" ", text).split()


def _within(word: str, low: int, high: int) -> list[str]:
    padded = f" {word} "
    if len(padded) < low:
        return [padded]  # a word shorter than an n-gram counts once, whole
    return [
        padded[start : start + size]
        for size in range(low, min(high, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    ]


def _counted(texts: Sequence[str], ngrams: tuple[int, int]) -> tuple[list[str], csr_matrix]:
    """Return all n-grams of m texts, and how often each stands in each text, (m, n-grams).

    A word stands in many texts: its n-grams are taken once.
    """
    words, grams = _Places(), _Places()
    texts_words = _occurrences([words.of(_words(text)) for text in texts], words)
    words_grams = _occurrences([grams.of(_within(word, *ngrams)) for word in words], grams)
    return list(grams), texts_words @ words_grams


class _Places(dict[str, int]):
    """Numbers words in the order in which they come."""

    def __missing__(self, word: str) -> int:
        return self.setdefault(word, len(self))

    def of(self, words: Sequence[str]) -> list[int]:
        return [self[word] for word in words]


def _occurrences(rows: Sequence[Sequence[int]], columns: _Places) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    places = np.fromiter(chain.from_iterable(rows), np.int32, ends[-1])
    counts = csr_matrix(
        (np.ones(len(places), np.float32), places, ends), shape=(len(rows), len(columns))
    )
    counts.sum_duplicates()
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
        # Words come again: those of a text while it is typed, "und" and "gemeinsam" in most texts.
        self._kept: dict[str, npt.NDArray[np.int32]] = {}

    @classmethod
    def fit(cls, texts: Sequence[str], ngrams: tuple[int, int]) -> tuple[Self, csr_matrix]:
        """Learn n-grams that stand in two texts at least; returns the rows of the m texts, too."""
        names, counts = _counted([text.lower() for text in texts], ngrams)
        held = np.bincount(counts.indices, minlength=len(names))  # texts that hold each
        kept = sorted(np.flatnonzero(held >= _LEAST), key=names.__getitem__)
        # Smoothed as if one more text held every n-gram.
        idf = np.log(np.float32(len(texts) + 1) / (held[kept].astype(np.float32) + 1)) + 1
        wording = cls([names[place] for place in kept], idf, ngrams)
        return wording, wording._weighted(counts[:, kept])

    def _weighted(self, counts: csr_matrix) -> csr_matrix:
        """Return the rows of m texts whose n-grams are counted, (m, vocabulary)."""
        counts.sort_indices()
        counts.data = (np.log(counts.data) + 1) * self.idf[counts.indices]
        for start, end in pairwise(counts.indptr):
            counts.data[start:end] /= _length(counts.data[start:end])
        return counts

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled, for the workers of a cluster: all but the words kept."""
        return {**vars(self), "_kept": {}}

    def __len__(self) -> int:
        return len(self.vocabulary)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the TF-IDF rows of m texts, (m, vocabulary) float32."""
        found = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in found)], dtype=np.int32)
        columns = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in found)])
        values = np.concatenate([np.empty(0, np.float32), *(values for _, values in found)])
        shape = (len(texts), len(self))
        return csr_matrix((values, columns, ends), shape=shape)

    def times(self, texts: Sequence[str], weights: Floats) -> Floats:
        """Return the rows of m texts times weights, (m, k) of (vocabulary, k), (m,) of a vector.

        For few texts faster than to make the rows first.
        """
        found = (self.row(text) for text in texts)
        return np.array([values @ weights.take(columns, axis=0) for columns, values in found])

    def row(self, text: str) -> Row:
        """Return what `rows` holds of one text: columns (k,), ascending, and values (k,)."""
        words = [self._places_of(word) for word in _words(text.lower())]
        places = np.sort(np.concatenate([_NONE, *words]))
        # As np.unique counts, which takes longer for what it prepares than for one text.
        bounds = np.ones(len(places) + 1, bool)
        np.not_equal(places[1:], places[:-1], out=bounds[1:-1])
        starts = np.flatnonzero(bounds)
        columns, counts = places[starts[:-1]], starts[1:] - starts[:-1]
        values = (np.log(counts.astype(np.float32)) + 1) * self.idf[columns]
        return columns, values / _length(values)

    def _places_of(self, word: str) -> npt.NDArray[np.int32]:
        """Return what `_find` returns, found once for words that come again."""
        places = self._kept.get(word)
        if places is None:
            places = self._find(word)
            if len(self._kept) >= _MOST_KEPT:
                self._kept = {}  # another thread may still read the old one
            self._kept[word] = places
        return places

    def _find(self, word: str) -> npt.NDArray[np.int32]:
        """Return the columns of the n-grams of a word, each as often as it stands there."""
        found = (self._place.get(ngram, -1) for ngram in _within(word, self._low, self._high))
        return np.array([place for place in found if place >= 0], np.int32)


def _length(values: Floats) -> float:
    return max(float(np.sqrt(np.square(values).sum())), 1e-12)
