from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from eval.performance.comparison import inputs_of
from eval.performance.inputs import Question
from eval.performance.peers import OFFERS

# What is not needed elsewhere, or takes seconds to load, is asked by the command itself.
LIGHT = [offer for offer in OFFERS if offer.package in ("implicit", "sklearn")]


@pytest.mark.parametrize("offer", LIGHT, ids=lambda offer: offer.name)
def test_a_peer_scores_every_body(matcher, offer):
    inputs = inputs_of(matcher.dataset, matcher.knowledge)
    question = Question(3, matcher.knowledge.requests[0])
    scores = offer.choices[0](inputs).search(question)
    assert scores.shape == (len(matcher.knowledge.bodies),)
    assert len(np.unique(scores)) > 100


def test_within_a_radius_only_those_inside_are_scored(matcher):
    pytest.importorskip("qdrant_client")
    from eval.performance.peers import Qdrant

    inputs = inputs_of(matcher.dataset, matcher.knowledge)
    scores = Qdrant(inputs, radius_km=20).search(Question(3, matcher.knowledge.requests[0]))
    km = np.linalg.norm(inputs.seats_km - inputs.seats_km[3], axis=1)
    assert (scores[km > 20.5] == scores.min()).all()
    assert (scores[km < 19.5] > scores.min()).all()


def test_every_offer_names_its_package_and_what_is_lost():
    for offer in OFFERS:
        assert offer.loses.endswith(".")
        assert importlib.util.find_spec(offer.package) or offer.package == "qdrant_client"
