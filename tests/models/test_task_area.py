from __future__ import annotations

import numpy as np
import pytest

import models
from data import TaskArea
from data.language import load_language
from data.matter_tables import MatterName
from eval.ranking.protocol import assign_folds
from matcher import training
from matcher.understanding.matter_training import terse_texts
from models import MissingModelError, TaskAreaModel, task_area
from models.matter_words import MatterWords
from models.task_area import Terse

REQUESTS = ["Archiv gesucht", "Schwimmbad sanieren", "Sozialamt bündeln"] * 5
AREAS = ["archiv", "sport-baeder", "soziales"] * 5


@pytest.fixture(scope="module")
def model():
    vectors = np.tile(np.eye(3, dtype=np.float32), (5, 1))
    return TaskAreaModel.fit([REQUESTS, REQUESTS], [vectors, vectors], AREAS, np.arange(15))


def test_areas_learn_and_come_back(model, tmp_path):
    vectors = np.eye(3, dtype=np.float32)
    model.save(tmp_path)
    again = TaskAreaModel.load(tmp_path)
    shares = again.predict(REQUESTS[:3], vectors)
    assert [again.areas[i] for i in shares.argmax(axis=1)] == AREAS[:3]
    assert np.allclose(shares.sum(axis=1), 1)
    assert np.array_equal(shares, model.predict(REQUESTS[:3], vectors))


def test_a_second_training_gives_the_same_model(model):
    vectors = np.tile(np.eye(3, dtype=np.float32), (5, 1))
    again = TaskAreaModel.fit([REQUESTS, REQUESTS], [vectors, vectors], AREAS, np.arange(15))
    asked = REQUESTS[:3], np.zeros((3, 3), np.float32)
    assert np.array_equal(again.predict(*asked), model.predict(*asked))


def test_words_alone_tell_too(model):
    shares = model.predict(["Wer saniert mit uns das Schwimmbad?"], np.zeros((1, 3), np.float32))
    assert model.areas[int(shares.argmax())] == "sport-baeder"


def test_a_text_is_read_as_far_as_the_text_model_reads(model):
    vector = np.zeros((1, 3), np.float32)
    short = "Archiv gesucht " + "x" * 2_000
    assert np.array_equal(
        model.predict([short], vector), model.predict([short + " Schwimmbad"], vector)
    )


def test_nothing_to_go_by_still_gives_probabilities(model):
    shares = model.predict([""], np.zeros((1, 3), np.float32))
    assert np.isfinite(shares).all()
    assert shares.sum() == pytest.approx(1)


def _cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def _lose_a_part(path):
    with np.load(path) as stored:
        parts = dict(stored)
    del parts["idf"]
    np.savez(path, **parts)


def _shorten_the_vocabulary(path):
    with np.load(path) as stored:
        parts = dict(stored)
    np.savez(path, **parts | {"vocabulary": parts["vocabulary"][1:], "idf": parts["idf"][1:]})


@pytest.mark.parametrize(
    "damage", [_cut, _lose_a_part, _shorten_the_vocabulary, lambda path: path.write_bytes(b"")]
)
def test_a_broken_file_is_refused_with_the_command_that_renews_it(model, tmp_path, damage):
    model.save(tmp_path)
    damage(tmp_path / "task_area.npz")
    with pytest.raises(MissingModelError, match=r"beschädigt.*„make train“"):
        TaskAreaModel.load(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MissingModelError, match=r"fehlt.*task_area\.npz.*„make train“"):
        TaskAreaModel.load(tmp_path)


def test_unknown_requests_are_told_and_the_probability_means_something(matcher, monkeypatch):
    """Train on four folds of the real data, ask the fifth; the temperature from halves of them."""
    monkeypatch.setattr(task_area, "_FOLDS", 2)
    known = matcher.knowledge
    groups = training.near_duplicates(known)
    hidden = assign_folds(groups) == 0
    state = known.without(np.flatnonzero(hidden))
    titles = matcher.text_model.encode_queries([c.title for c in state.cooperations])
    kept = np.unique(groups[~hidden], return_inverse=True)[1]
    language = load_language()
    words = MatterWords(language.trade.matters, language.trade.abbreviations)
    terse = terse_texts(language.trade, words, matcher.text_model.encode_queries)
    model = training.fit_task_areas(state, titles, kept, terse, words)
    asked = [c for c, out in zip(known.cooperations, hidden, strict=True) if out]
    shares = model.predict([c.request for c in asked], known.requests[hidden])
    hits = [
        model.areas[i] == c.task_area.value for i, c in zip(shares.argmax(1), asked, strict=True)
    ]
    assert np.mean(hits) > 0.82
    assert abs(np.mean(hits) - shares.max(axis=1).mean()) < 0.08


def test_the_shipped_model_is_small_and_knows_all_areas_of_the_data(dataset):
    model = TaskAreaModel.load(models.ARTIFACTS)
    assert set(model.areas) == {c.task_area.value for c in dataset.cooperations}
    assert (models.ARTIFACTS / "task_area.npz").stat().st_size < 3_000_000


def test_short_texts_and_words_of_the_trade_teach_what_no_cooperation_says(tmp_path):
    vectors = np.tile(np.eye(3, dtype=np.float32), (5, 1))
    terse = Terse(
        ["KfzX", "Kläranlage"], np.eye(3, dtype=np.float32)[:2], ["archiv", "ver-entsorgung"]
    )
    names = MatterWords([MatterName("Bäder", TaskArea.SPORT, ("schwimm", "freibad"), ())], ())
    learned = TaskAreaModel.fit(
        [REQUESTS, REQUESTS], [vectors, vectors], AREAS, np.arange(15), terse, names
    )
    learned.save(tmp_path)
    asked = ["Freibad marode"], np.zeros((1, 3), np.float32)
    for model in (learned, TaskAreaModel.load(tmp_path)):
        assert model.areas[int(model.predict(*asked).argmax())] == "sport-baeder"
    # An area that no cooperation has is not told: nothing could be matched in it.
    assert "ver-entsorgung" not in learned.areas
