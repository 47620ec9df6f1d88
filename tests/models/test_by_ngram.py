"""The product with known texts is the sparse product, whichever rows are kept in full."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from models.by_ngram import ByNgram
from models.wording import Wording

KNOWN = ["Standesamt gemeinsam", "Bauhof gemeinsam", "Archiv in Ense", "Standesamt in Ense"] * 5
TEXTS = ["Gemeinsames Standesamt", "Archiv", "xyz", ""]


@pytest.fixture(scope="module")
def wording() -> tuple[Wording, csr_matrix]:
    words, rows = Wording.fit(KNOWN, (3, 5))
    return words, rows.T.tocsr()


def test_new_texts_are_compared_as_the_sparse_product_does(wording):
    words, known = wording
    found = ByNgram.of(known).times([words.row(text) for text in TEXTS])
    assert found == pytest.approx((words.rows(TEXTS) @ known).toarray(), abs=1e-6)
    assert found.dtype == np.float32


@pytest.mark.parametrize(("held", "in_full"), [(1, []), (20, [0])])
def test_an_ngram_of_many_texts_is_kept_in_full(held, in_full):
    table = np.zeros((2, 20), np.float32)
    table[0, :held] = 0.5
    table[1, 3] = 0.25
    kept = ByNgram.of(csr_matrix(table))
    assert np.flatnonzero(kept.place >= 0).tolist() == in_full
    row = np.array([0, 1], np.int32), np.array([1, 2], np.float32)
    assert kept.times([row]) == pytest.approx((table[0] + 2 * table[1])[None])
