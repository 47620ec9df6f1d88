"""Tables of pairs of bodies, a row at a time.

What is known about two bodies is one number in a table of (n, n); a search asks for the row of the
searcher. Such a table computes rows when they are asked for and keeps the last ones: of many
bodies nothing of size bodies x bodies is held. Of the few of one Land all is kept once somebody
looks at pairs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

# Values kept by one table: all rows of a Land of 430 bodies, some 80 of Germany.
_KEPT_VALUES = 1_000_000
_LEAST_KEPT = 16

Array = npt.NDArray[Any]


class PairTable:
    """An (n, n) table whose rows are computed on demand.

    Parameters
    ----------
    size
        Number n of bodies.
    row
        Returns the row of a body, (n,).
    some
        Returns it at some columns, ascending, where that is less work.
    several
        Whether `row` also takes rows, an array, and returns them at once, (k, n); see `of_rows`.

    Examples
    --------
    >>> table = PairTable(3, lambda row: np.arange(3) - row)
    >>> table[1], table[[0, 2], 1], table[[0, 1]].shape
    (array([-1,  0,  1]), array([ 1, -1]), (2, 3))
    """

    def __init__(
        self,
        size: int,
        row: Callable[[Any], Array],
        some: Callable[[int, Array], Array] | None = None,
        several: bool = False,
    ) -> None:
        self._some, self._several = some, row if several else None
        self.shape = (size, size)
        kept = max(_KEPT_VALUES // max(size, 1), _LEAST_KEPT)
        self._computed = lru_cache(kept)(lambda index: _fixed(row(index)))
        self._whole: Array | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker gets the values, of the few bodies of one Land; how rows are made stays here.
        return _of_values, (np.asarray(self),)

    def forget(self) -> None:
        """Drop the rows that are kept."""
        self._computed.cache_clear()
        self._whole = None

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any) -> Any:
        """Return what numpy would: a row, rows, or the values at pairs (row, column)."""
        if isinstance(key, tuple):
            if self._is_small:
                return np.array(self._kept_whole()[key])
            rows, columns = key
            if isinstance(rows, slice) or isinstance(columns, slice):
                return np.asarray(self)[key]
            return self._at(np.asarray(rows), np.asarray(columns))
        if isinstance(key, (int, np.integer)):
            return self._row(int(key))
        if isinstance(key, slice):
            return self._rows(np.arange(len(self))[key])
        wanted = np.asarray(key)
        if wanted.ndim == 2:  # a mask of pairs
            return np.asarray(self)[wanted]
        return self._rows(np.flatnonzero(wanted) if wanted.dtype == bool else wanted)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        whole = self._kept_whole().copy() if self._is_small else self._rows(np.arange(len(self)))
        return whole if dtype is None else whole.astype(dtype, copy=False)

    def at(self, row: int, columns: Array) -> Array:
        """Return a row at some columns, ascending; the others need not be computed."""
        if self._some is None or self._whole is not None:
            return np.asarray(self._row(row)[columns])
        return self._some(row, columns)

    @property
    def _is_small(self) -> bool:
        return len(self) ** 2 <= _KEPT_VALUES

    def _kept_whole(self) -> Array:
        """Return all of a small table; who looks at pairs looks at thousands of them."""
        if self._whole is None:
            make = self._several or self._rows
            self._whole = _fixed(make(np.arange(len(self))))
            self._computed.cache_clear()  # rows come from here now
        return self._whole

    def _row(self, row: int) -> Array:
        row = range(len(self))[row]  # from the end, or out of bounds, as in an array
        found: Array = self._computed(row) if self._whole is None else self._whole[row]
        return found

    def _rows(self, rows: Array) -> Array:
        if rows.size == 0:
            return np.empty((0, len(self)), self._row(0).dtype)
        if self._several is not None and self._is_small and 2 * rows.size > len(self):
            return np.asarray(self._kept_whole()[rows])
        if rows.size == 1:  # a search of one body, some thirty times
            return np.array(self._row(int(rows[0])))[None]
        return np.stack([self._row(int(row)) for row in rows])

    def _at(self, rows: Array, columns: Array) -> Array:
        if rows.ndim == 0:
            return np.asarray(self._row(int(rows))[columns])
        if columns.dtype == bool:
            columns = np.flatnonzero(columns)
        rows, columns = np.broadcast_arrays(rows, columns)
        distinct, place = np.unique(rows, return_inverse=True)
        return np.asarray(self._rows(distinct)[place.reshape(rows.shape), columns])


class SparseTable(PairTable):
    """A table that is nearly empty: `values` (n, n) holds what is not 0."""

    def __init__(self, values: csr_array) -> None:
        self.values = values
        super().__init__(values.shape[0], self._filled)

    def __reduce__(self) -> tuple[Any, ...]:
        return SparseTable, (self.values,)

    def _filled(self, row: int) -> Array:
        filled = np.zeros(self.shape[1], self.values.dtype)
        own = slice(self.values.indptr[row], self.values.indptr[row + 1])
        filled[self.values.indices[own]] = self.values.data[own]
        return filled


def of_rows(values: Array, rows: Any) -> Any:
    """Return the value of one row, or those of several as a column, to compare with all."""
    return values[rows] if np.ndim(rows) == 0 else values[rows][:, None]


def _of_values(values: Array) -> PairTable:
    return PairTable(len(values), values.__getitem__)


def _fixed(row: Array) -> Array:
    row.flags.writeable = False
    return row
