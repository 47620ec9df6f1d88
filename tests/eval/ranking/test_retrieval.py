from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.retrieval import als, bm25_votes, e5_votes
from eval.ranking.validation import Asked

BAD_SASSENDORF = "05974008"


def test_votes_go_to_the_participants_of_the_description_that_is_asked(matcher):
    known = matcher.knowledge
    index = int(np.argmax([len(c.description) for c in known.cooperations]))
    members = np.flatnonzero(known.participation[index])
    asked = Asked(
        known.passages[[index]], [known.cooperations[index].description], members[:1].astype(int)
    )
    for votes in (bm25_votes, e5_votes):
        # One voter: its participants get 1, so little a km takes nothing from their lead.
        values = votes(known, asked, count=1, weight=0.01)[0]
        assert set(np.argsort(-values)[: len(members)]) == set(members)


def test_bm25_without_a_known_word_leaves_the_distance(matcher):
    known = matcher.knowledge
    searcher = int(known.bodies.keys.get_loc(BAD_SASSENDORF))
    asked = Asked(known.passages[:1], ["xqzw"], np.array([searcher]))
    values = bm25_votes(known, asked, count=10, weight=1.0)[0]
    assert values == pytest.approx(-np.log1p(known.bodies.seat_km[searcher]))


def test_factors_find_those_who_work_with_the_searcher(matcher):
    known = matcher.knowledge
    searcher = int(known.activity.argmax())
    asked = Asked(known.passages[:1], [""], np.array([searcher]))
    values = als(known, asked, factors=48, regularization=0.05, weight=0.0)[0]
    top = [i for i in np.argsort(-values) if i != searcher][:10]
    others = np.delete(known.shared_with([searcher])[0], searcher)
    assert known.shared_with([searcher])[0][top].mean() > 5 * others.mean()
    assert known.shared_with([searcher])[0][top].min() >= 1
