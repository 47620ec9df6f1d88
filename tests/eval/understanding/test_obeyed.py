"""Whole answers are judged as their records ask."""

from __future__ import annotations

import json

import pytest

from eval.understanding import obeyed

ARCHIVE = {"kind": "wish", "body": "05974008"}


@pytest.mark.parametrize(
    ("record", "question", "right"),
    [
        ({"kind": "no_matter", "text": "asdf jkl qwertz"}, "no matter caught", 1),
        ({"kind": "no_matter", "text": "Archiv"}, "no matter caught", 0),
        (
            {"kind": "matter", "text": "Archiv", "task_area": "Archiv", "also_area": []},
            "its area told",
            1,
        ),
        (
            {"kind": "matter", "text": "Archiv", "task_area": "Soziales", "also_area": []},
            "its area told",
            0,
        ),
        (ARCHIVE | {"text": "Archiv", "expect": {"max_distance_km": 3}}, "wishes obeyed", 0),
        (
            ARCHIVE | {"text": "Archiv, höchstens 15 km", "expect": {"max_distance_km": 15}},
            "wishes obeyed",
            1,
        ),
        (
            ARCHIVE | {"text": "Archiv mit Soest", "expect": {"named": ["05974040"]}},
            "bodies named",
            1,
        ),
        (ARCHIVE | {"text": "Archiv mit Soest", "expect": {"named": []}}, "bodies named", 0),
        (
            ARCHIVE | {"text": "Archiv, genau zwei Partner", "expect": {"group_size": 2}},
            "wishes obeyed",
            1,
        ),
    ],
)
def test_an_answer_is_right_where_it_does_what_is_asked(
    matcher, tmp_path, monkeypatch, record, question, right
):
    (tmp_path / "one.jsonl").write_text(json.dumps(record), "utf-8")
    monkeypatch.setattr(obeyed, "FOLDER", tmp_path)
    counts, wrong = obeyed.score_answers(matcher, "one")
    assert counts[question] == (right, 1)
    assert bool(wrong) == (sum(good for good, _ in counts.values()) < len(counts))


def test_a_first_look_is_kept_of_each_set():
    first = json.loads(obeyed.FIRST_ANSWERS.read_text("utf-8"))
    assert set(first) == set(obeyed.SETS)
