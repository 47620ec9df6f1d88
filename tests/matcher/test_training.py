from __future__ import annotations

import numpy as np
import pytest

from matcher import training
from matcher.features import NAMES, features, make_query


@pytest.fixture(scope="module")
def groups(matcher):
    return training.near_duplicates(matcher.knowledge)


def test_near_duplicates_share_partners_and_matter(matcher, groups):
    known = matcher.knowledge
    counts = np.bincount(groups)
    assert 650 < len(counts) < len(known.cooperations)
    for group in np.flatnonzero(counts == 2):
        first, second = np.flatnonzero(groups == group)
        a = set(known.cooperations[first].participants)
        b = set(known.cooperations[second].participants)
        assert len(a & b) / len(a | b) >= 0.6


def test_searchers_are_at_most_six_and_always_the_same(matcher):
    known = matcher.knowledge
    index = int(known.patterns.size.argmax())
    drawn = training.searchers(known, index)
    assert len(drawn) == 6
    assert known.participation[index, drawn].all()
    assert np.array_equal(drawn, training.searchers(known, index))
    fewer = known.without(np.array([0]))
    moved = [c.id for c in fewer.cooperations].index(known.cooperations[index].id)
    assert np.array_equal(drawn, training.searchers(fewer, moved))


def test_only_cooperations_with_two_known_partners_are_learned(matcher):
    usable = training.learnable(matcher.knowledge)
    sizes = [len(c.participants) for c in matcher.dataset.cooperations]
    assert len(usable) == sum(size >= 2 for size in sizes)


def test_rows_do_not_know_the_cooperation_they_ask_for(matcher, groups):
    known = matcher.knowledge
    index = next(i for i, c in enumerate(known.cooperations) if c.id == "c0209")
    rows = training.training_rows(known, groups, np.array([index]), show_progress=False)
    assert rows.features.shape == (len(rows.labels), 430, len(NAMES))
    assert rows.weights.sum() == pytest.approx(1)
    for label, searcher in zip(rows.labels, rows.searcher, strict=True):
        assert np.isnan(label[searcher])
        assert np.nansum(label) == len(known.cooperations[index].participants) - 1
    state = known.without(np.flatnonzero(groups == groups[index]))
    whole = known.reader.read_known(groups)[index]
    matter = whole.among(np.flatnonzero(groups != groups[index]))
    query = make_query(state, int(rows.searcher[0]), matter)
    assert np.array_equal(rows.features[0], features(query, state)[0], equal_nan=True)
    shared = NAMES.index("shared")
    full = features(make_query(known, int(rows.searcher[0]), whole), known)[0]
    partners = rows.labels[0] == 1
    assert (rows.features[0, partners, shared] < full[partners, shared]).all()


def test_a_ranker_learns_is_saved_and_comes_back(matcher, groups, tmp_path):
    from models import load_ranker

    indices = training.learnable(matcher.knowledge)[:40]
    rows = training.training_rows(matcher.knowledge, groups, indices, show_progress=False)
    ranker = training.fit(rows, groups, "data", "code", "text", "2027-01-31")
    assert ranker.provenance.cooperations == 40
    ranker.save(tmp_path)
    again = load_ranker(tmp_path)
    matrix = rows.features[0]
    assert np.array_equal(again.score(matrix), ranker.score(matrix))
    assert again.provenance == ranker.provenance
    partner = rows.labels == 1
    other = rows.labels == 0
    scores = ranker.score(rows.features.reshape(-1, len(NAMES))).reshape(rows.labels.shape)
    assert scores[partner].mean() > scores[other].mean() + 2
