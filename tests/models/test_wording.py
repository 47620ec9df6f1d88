"""Rows are those that scikit-learn gives."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from models import wording as module
from models.wording import Wording

TEXTS = ["Standesamt gemeinsam betreiben", "Bauhof und  Winterdienst", "a b", "", "Zürich, Straße"]


@pytest.fixture(scope="module", params=[(3, 5), (2, 4)])
def vectorizer(request) -> TfidfVectorizer:
    made = TfidfVectorizer(
        analyzer="char_wb", ngram_range=request.param, sublinear_tf=True, dtype=np.float32
    )
    return made.fit(["Standesamt und Bauhof betreiben", "Winterdienst auf der Straße", "a b c"])


def _wording(vectorizer: TfidfVectorizer) -> Wording:
    names = vectorizer.get_feature_names_out().tolist()
    return Wording(names, vectorizer.idf_, vectorizer.ngram_range)


def test_rows_are_those_of_the_vectorizer(vectorizer):
    rows = _wording(vectorizer).rows(TEXTS).toarray()
    assert rows == pytest.approx(vectorizer.transform(TEXTS).toarray(), abs=1e-6)


@pytest.mark.parametrize("text", TEXTS)
def test_one_row_is_that_of_the_table(vectorizer, text):
    wording = _wording(vectorizer)
    columns, values = wording.row(text)
    assert np.array_equal(columns, np.unique(columns))
    full = np.zeros(len(wording), np.float32)
    full[columns] = values
    assert full == pytest.approx(vectorizer.transform([text]).toarray()[0], abs=1e-6)


def test_rows_times_weights_are_the_product(vectorizer):
    wording = _wording(vectorizer)
    weights = np.random.default_rng(3).normal(size=(len(vectorizer.vocabulary_), 4))
    weights = weights.astype(np.float32)
    assert wording.times(TEXTS, weights) == pytest.approx(wording.rows(TEXTS) @ weights, abs=1e-5)
    assert wording.times(TEXTS, weights[:, 0]).shape == (len(TEXTS),)


def test_what_is_learned_is_what_the_vectorizer_learns():
    texts = ["Standesamt und Bauhof", "Standesamt gemeinsam", "Bauhof in Ense", "in Ense"]
    wording, rows = Wording.fit(texts, (3, 5))
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    assert rows.toarray() == pytest.approx(vectorizer.fit_transform(texts).toarray(), abs=1e-6)
    assert list(wording.vocabulary) == vectorizer.get_feature_names_out().tolist()
    assert wording.idf == pytest.approx(vectorizer.idf_, abs=1e-6)


def test_it_goes_to_another_process_without_the_words_it_keeps(vectorizer):
    wording = _wording(vectorizer)
    rows = wording.rows(TEXTS)
    there = pickle.loads(pickle.dumps(wording))
    assert (there._kept, bool(wording._kept)) == ({}, True)
    assert (there.rows(TEXTS) != rows).nnz == 0


def test_it_keeps_so_many_words_and_no_more(vectorizer, monkeypatch):
    monkeypatch.setattr(module, "_MOST_KEPT", 3)
    wording = _wording(vectorizer)
    rows = wording.rows(TEXTS)
    assert len(wording._kept) <= 3
    assert (wording.rows(TEXTS) != rows).nnz == 0
