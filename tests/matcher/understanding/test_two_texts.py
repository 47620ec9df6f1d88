"""Two requests in one matter are more alike than two in different ones: on all known requests."""

from __future__ import annotations

import numpy as np
import pytest

from data import TaskArea
from matcher.understanding.two_texts import SAME, UNRELATED, alike, sameness


@pytest.fixture(scope="module")
def compared(matcher):
    """Return likeness, and whether both are in one matter, of the pairs of every eighth request."""
    reader, known = matcher.interpreter.learned.reader, matcher.knowledge
    of = [matcher.dataset.matters.of(c).code for c in known.cooperations]
    gists = [reader.gist(c.request) for c in known.cooperations]
    areas = [c.task_area for c in known.cooperations]
    vectors = matcher.text_model.encode_queries(gists)
    found, same = [], []
    for place in range(0, len(gists) - 1, 8):
        some = slice(place, None)
        found.append(alike(reader, gists[some], vectors[some], areas[some]))
        same.append([matter == of[place] for matter in of[place + 1 :]])
    return np.concatenate(found), np.concatenate(same)


def test_one_matter_is_told_from_two(compared):
    found, same = compared
    assert (found[same] > UNRELATED).mean() > 0.85
    assert (found[~same] > UNRELATED).mean() < 0.025
    assert (found[same] > SAME).mean() > 0.4
    assert (found[~same] > SAME).mean() < 0.003


def test_likeness_becomes_a_share():
    assert sameness(np.array([-1, UNRELATED, SAME, 1.5])).tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("first", "same", "other"),
    [
        ("Standesamt", "Uns fehlen Standesbeamte", "Vergabestelle"),
        ("Archivar gemeinsam anstellen", "Partner für ein Stadtarchiv", "Bauhof betreiben"),
        ("Hallenbad gemeinsam betreiben", "Schwimmbad erhalten", "Bauhof gemeinsam betreiben"),
    ],
)
def test_who_asks_for_the_same_is_nearer(matcher, first, same, other):
    areas = [matcher.listener.task_areas(text)[0].area for text in (first, same, other)]
    near, far = matcher.listener.sameness((first, same, other), areas)
    assert near > 0.5 > far


def test_without_a_text_model_nothing_is_compared(dataset):
    from matcher import Matcher

    assert (
        Matcher.load(text_model=None).listener.sameness(["a", "b"], [TaskArea.ARCHIV] * 2) is None
    )
