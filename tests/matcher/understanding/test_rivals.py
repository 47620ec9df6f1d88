from __future__ import annotations

import numpy as np
import pytest

from matcher.understanding.rivals import Rivals

# Three cooperations run an adult education centre ("vhs"), one a depot, in the order of the data.
MATTERS = ["vhs", "bauhof", "vhs", "vhs"]
NAMED = np.array([[1, 0], [0, 2], [0, 0], [2, 0]], np.float32)


@pytest.fixture
def rivals() -> Rivals:
    return Rivals.of(MATTERS, NAMED)


def test_the_nearest_of_another_matter_counts(rivals):
    alike = np.array([[0.5, 0.2, 0.4, 0.9]], np.float32)

    ahead, matter_ahead = rivals.likeness(alike)

    assert ahead[0] == pytest.approx([0.3, -0.7, 0.2, 0.7])
    assert matter_ahead[0] == pytest.approx([0.7, -0.7, 0.7, 0.7])


def test_others_of_the_same_matter_take_nothing_away(rivals):
    one = np.array([[0.5, 0.2, 0.0, 0.0]], np.float32)
    all_alike = np.array([[0.5, 0.2, 0.5, 0.5]], np.float32)

    assert rivals.likeness(one)[0][0, 0] == rivals.likeness(all_alike)[0][0, 0]


def test_words_are_compared_with_the_mean_of_a_matter(rivals):
    cosine, ahead = rivals.words(np.array([[1, 0]], np.float32))

    # The centres name it with 1 in mean, the depot not at all; both lengths are smoothed by 0.5.
    assert cosine[0] == pytest.approx([1 / 2.25, 0, 1 / 2.25, 1 / 2.25])
    assert ahead[0] == pytest.approx([1 / 2.25, -1 / 2.25, 1 / 2.25, 1 / 2.25])


def test_a_text_without_names_is_like_none(rivals):
    cosine, ahead = rivals.words(np.zeros((1, 2), np.float32))

    assert not cosine.any()
    assert not ahead.any()


def test_each_text_has_its_own_row(rivals):
    alike = np.array([[0.5, 0.2, 0.4, 0.9], [0.1, 0.8, 0.0, 0.3]], np.float32)

    ahead, _ = rivals.likeness(alike)

    assert ahead[1] == pytest.approx([-0.7, 0.5, -0.8, -0.5])
    assert ahead[0] == pytest.approx(rivals.likeness(alike[:1])[0][0])


def test_one_matter_alone_has_no_rival():
    rivals = Rivals.of(["vhs", "vhs"], NAMED[:2])

    ahead, _ = rivals.likeness(np.array([[0.5, 0.2]], np.float32))

    assert ahead[0] == pytest.approx([0.5, 0.2])
