from __future__ import annotations

import pickle

import numpy as np
import pytest
from scipy.sparse import csr_array

from data.pairs import PairTable, SparseTable, of_rows

WHOLE = np.arange(16.0).reshape(4, 4)
TABLE = PairTable(4, lambda row: WHOLE[row].copy())


@pytest.mark.parametrize(
    "key",
    [
        2,
        -1,
        [0, 3],
        [3, 3, -4],
        np.array([True, False, True, False]),
        (1, 2),
        (1, [2, 3]),
        ([0, 1], [2, 3]),
        np.ix_([0, 2], [1, 3]),
        (slice(None), [1, 2]),
        (slice(2), slice(2)),
        WHOLE > 7,
        (slice(None), np.array([True, False, True, True])),
    ],
)
def test_a_table_answers_as_the_whole_would(key):
    assert np.array_equal(TABLE[key], WHOLE[key])


@pytest.mark.parametrize("key", [-1, [2, -1], ([-1, 0], [1, -1])])
def test_a_sparse_table_counts_from_the_end_too(key):
    assert np.array_equal(SparseTable(csr_array(WHOLE))[key], WHOLE[key])


def test_no_row_lies_beyond_the_last():
    with pytest.raises(IndexError):
        TABLE[4]


def test_the_whole_is_made_where_it_is_asked_for():
    assert np.array_equal(np.asarray(TABLE), WHOLE)


def test_a_row_is_computed_once_and_cannot_be_written_to():
    asked = []
    table = PairTable(3, lambda row: asked.append(row) or np.zeros(3))
    assert table[1] is table[1]
    assert asked == [1]
    with pytest.raises(ValueError, match="read-only"):
        table[1][0] = 1


def test_some_columns_of_a_row_are_read_without_the_others():
    asked = []

    def some(row, columns):
        asked.append(row)
        return WHOLE[row][columns]

    columns = np.array([1, 3])
    assert TABLE.at(2, columns).tolist() == [9, 11]
    table = PairTable(4, lambda row: pytest.fail("not asked for"), some)
    assert table.at(2, columns).tolist() == [9, 11]
    assert asked == [2]


def test_rows_of_a_sparse_table_are_filled_with_zeros():
    values = np.array([[0, 2.0, 0], [2, 0, 0], [0, 0, 0]])
    table = SparseTable(csr_array(values))
    assert table[0].tolist() == [0, 2, 0]
    assert table[2].tolist() == [0, 0, 0]


def test_a_table_travels_to_a_worker_as_its_values():
    there = pickle.loads(pickle.dumps(TABLE))
    assert np.array_equal(np.asarray(there), WHOLE)
    sparse = pickle.loads(pickle.dumps(SparseTable(csr_array(WHOLE))))
    assert type(sparse) is SparseTable
    assert np.array_equal(np.asarray(sparse), WHOLE)


def test_what_was_forgotten_is_computed_again():
    asked = []
    table = PairTable(3, lambda row: asked.append(row) or np.zeros(3))
    table[1], table[1]
    table.forget()
    table[1]
    assert asked == [1, 1]


@pytest.mark.parametrize("key", [2, -1, [0, 3], [3, 1, 1], [], slice(None), WHOLE > 7])
def test_several_rows_at_once_are_those_made_one_by_one(key):
    def less(rows):
        return np.arange(4.0) - of_rows(np.arange(4.0) ** 2, rows)

    at_once, one_by_one = PairTable(4, less, several=True), PairTable(4, less)
    assert np.array_equal(at_once[key], one_by_one[key])
