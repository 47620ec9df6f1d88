"""One new text against many known ones by their n-grams: a sparse product, without its overhead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from scipy.sparse import csr_matrix

from models.wording import Row

Floats = npt.NDArray[np.float32]
_MANY = 1 / 8  # of the texts: rows that hold as much are summed faster in full


class ByNgram(Struct, frozen=True):
    """TF-IDF of k known texts, laid out by n-gram: a new text looks up its own.

    Few n-grams stand in many texts ("ung", "gem") and hold a third of all entries, most of those
    that a new text asks for: their rows are kept in full.

    Attributes
    ----------
    full
        (f, k) rows of the n-grams that many texts hold.
    place
        (vocabulary,) row of each n-gram in `full`, -1 for all others.
    sparse
        (vocabulary, k) rows of all others.
    """

    full: Floats
    place: npt.NDArray[np.int32]
    sparse: csr_matrix

    @classmethod
    def of(cls, table: csr_matrix) -> Self:
        """Lay out TF-IDF (vocabulary, k) of k texts."""
        held = np.diff(table.indptr)
        many = held > _MANY * table.shape[1]
        place = np.where(many, np.cumsum(many) - 1, -1).astype(np.int32)
        kept = np.repeat(~many, held)
        ends = np.concatenate([[0], np.cumsum(np.where(many, 0, held))])
        rest = csr_matrix((table.data[kept], table.indices[kept], ends), shape=table.shape)
        return cls(np.asarray(table[many].toarray(), np.float32), place, rest)

    def times(self, rows: Sequence[Row]) -> Floats:
        """Return cosines of m new texts with the known ones, (m, k); see `Wording.row`."""
        return np.array([self._one(columns, values) for columns, values in rows])

    def _one(self, columns: npt.NDArray[np.int32], values: Floats) -> Floats:
        place = self.place[columns]
        in_full = place >= 0
        often = values[in_full] @ self.full.take(place[in_full], axis=0)
        return often + self._seldom(columns[~in_full], values[~in_full])

    def _seldom(self, columns: npt.NDArray[np.int32], values: Floats) -> Floats:
        known, count = self.sparse, self.sparse.shape[1]
        starts, ends = known.indptr[columns], known.indptr[columns + 1]
        # Slices are copied as they lie; to gather by places reads and writes three times as much.
        spans = [slice(*bounds) for bounds in zip(starts.tolist(), ends.tolist(), strict=True)]
        if not spans:
            return np.zeros(count, np.float32)
        held, texts = known.data, known.indices
        weights = np.concatenate([held[span] for span in spans])
        weights *= np.repeat(values, ends - starts)
        sums = np.bincount(np.concatenate([texts[span] for span in spans]), weights, count)
        return sums.astype(np.float32)
