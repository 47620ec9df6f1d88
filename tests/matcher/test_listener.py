"""What texts say is told without ranking anybody."""

from __future__ import annotations

import pytest

from data import TaskArea


def test_similar_and_task_area(matcher):
    found = matcher.listener.similar("Uns fehlen Standesbeamte für Trauungen", 3)
    assert [entry.task_area for entry in found[:1]] == [TaskArea.STANDESAMT]
    guesses = matcher.listener.task_areas("Uns fehlen Standesbeamte für Trauungen")
    assert guesses[0].area is TaskArea.STANDESAMT
    assert sum(guess.probability for guess in guesses) == pytest.approx(1)
    assert matcher.listener.similar("  ") == ()


def test_similar_cooperations_keep_to_the_matter(matcher):
    assert matcher.listener.similar("asdf jkl qwertz") == ()
    titles = [one.title for one in matcher.listener.similar("Musikschule gemeinsam betreiben", 50)]
    assert 0 < len(titles) <= 50
    assert sum("usik" in title for title in titles) >= 0.7 * len(titles)
