from __future__ import annotations

import pytest

import data
from eval.understanding.wishes import (
    FOLDER,
    SETS,
    Case,
    make_gazetteer,
    read_cases,
    score,
    verdicts,
)
from matcher.understanding import Understood, Wish

GOALS = {"text, wishes": 0.90, "text, bodies": 0.95}


@pytest.mark.parametrize("name", SETS)
def test_texts_are_understood_as_well_as_promised(name):
    counts, _ = score(read_cases(FOLDER / f"{name}.jsonl"), make_gazetteer(data.load()))
    shares = {question: counts[question][0] / counts[question][1] for question in GOALS}
    assert {
        question: share >= GOALS[question] for question, share in shares.items()
    } == dict.fromkeys(GOALS, True)


def test_a_wrong_value_and_a_wish_too_many_are_counted():
    case = Case("05974008", "", {"max_distance_km": 20}, {}, ())
    read = Understood(
        (Wish("max_distance_km", 25, "", 0, 0), Wish("adjacent", True, "", 0, 0)), (), ()
    )
    answers = dict(verdicts(case, read))
    assert answers["wish max_distance_km"] is False
    assert answers["no other wish"] is False
    assert answers["text, bodies"] is True


def test_a_label_without_value_asks_for_the_code_alone():
    case = Case("05974008", "", {"max_population": None}, {}, ())
    read = Understood((Wish("max_population", 7, "", 0, 0),), (), ())
    assert dict(verdicts(case, read))["text, wishes"] is True
