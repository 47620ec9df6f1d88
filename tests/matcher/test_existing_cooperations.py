"""What there is already: whose it is, who shares it, and what of it is answered."""

from __future__ import annotations

import numpy as np
import pytest

from data import LegalStatus, Status
from matcher import MatchRequest
from matcher import existing_cooperations as there
from matcher.understanding.existing import Existing


@pytest.fixture
def known(matcher):
    return matcher.knowledge


@pytest.fixture
def read(matcher):
    def read_for(cooperation, key: str):
        partners = matcher.interpreter.partners(cooperation.request, key)
        gist = matcher.interpreter.gist(cooperation.request, partners)
        vector = matcher.text_model.encode_queries([gist])[0]
        return matcher.interpreter.read(cooperation.request, partners, gist, vector)

    return read_for


def test_without_a_text_model_nothing_is_told(matcher, known, read):
    reading = read(known.cooperations[0], known.cooperations[0].participants[0])
    assert there.existing_in(reading, None, known, 0) == ()


def test_own_words_find_the_own_cooperation(matcher, known, read):
    """Known requests are no test of quality: the models learned of them. They have to be found."""
    learned, found = matcher.interpreter.learned, 0
    sample = range(0, len(known.cooperations), 20)
    for index in sample:
        cooperation = known.cooperations[index]
        searcher = int(np.flatnonzero(known.participation[index])[0])
        reading = read(cooperation, str(known.bodies.keys[searcher]))
        told = there.existing_in(reading, learned, known, searcher)
        found += index in {one.index for one in told if one.relation != "joinable"}
        for one in told:
            took_part = known.participation[one.index, searcher] > 0
            assert took_part == (one.relation != "joinable")
    assert found / len(sample) >= 0.85


def test_partners_of_what_runs_are_together_those_of_what_ended_are_not(known):
    first, second = 0, 1
    found = (Existing(first, 0.9, "member"), Existing(second, 0.9, "ended"))
    shared = there.together(found, known)
    assert np.array_equal(shared, known.participation[first] > 0)
    assert not there.together((Existing(first, 0.9, "joinable"),), known).any()


def test_the_answer_says_status_and_source(known):
    index = next(i for i, c in enumerate(known.cooperations) if c.status is Status.ENDED)
    (entry,) = there.entries((Existing(index, 0.75, "ended"),), known)
    cooperation = known.cooperations[index]
    assert (entry.cooperation, entry.status, entry.relation) == (cooperation.id, "beendet", "ended")
    assert (entry.source_url, entry.bodies) == (cooperation.source_url, cooperation.participants)
    assert entry.probability == 0.75


def test_who_is_ruled_out_is_not_offered_to_join(matcher, known):
    """Wetter, Schwelm and their Kreis share one; a city that wants cities alone is not sent there."""
    text = "Gemeinsame Vergabestelle"
    asked = [
        MatchRequest(body="05914000", description=text + wish)
        for wish in ("", ", nur mit kreisfreien Städten")
    ]
    free, cities = (
        [e for e in matcher.match(one).existing if e.relation == "joinable"] for one in asked
    )
    assert free
    standing = {matcher.directory[key].legal_status for e in free for key in e.bodies}
    assert LegalStatus.INDEPENDENT not in standing
    assert not cities
