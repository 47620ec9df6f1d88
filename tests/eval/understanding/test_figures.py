"""What is published on understanding comes from labelled texts and one command."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from eval import stored
from eval.report.card_listening import listening
from eval.stored import RESULTS
from eval.understanding import figures
from eval.understanding.wishes import FOLDER, SETS, Case, read_cases


def test_the_errors_that_were_read_are_twenty_each_with_its_cause():
    read = [json.loads(line) for line in figures.ERRORS.read_text("utf-8").splitlines()]
    assert len({error["text"] for error in read}) == 20
    assert figures.causes() == Counter(error["cause"] for error in read)
    assert list(figures.causes().values()) == sorted(figures.causes().values(), reverse=True)


def test_no_error_of_the_blind_set_was_read():
    blind = {case.text for case in read_cases(FOLDER / f"{SETS[-1]}.jsonl")}
    read = [json.loads(line)["text"] for line in figures.ERRORS.read_text("utf-8").splitlines()]
    assert not blind & set(read)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Archiv, ohne den Kreis", "Archiv.\nohne den Kreis."),
        ("Wer macht mit? Nur Nachbarn.", "Wer macht mit? Nur Nachbarn."),
        ("Archiv: digitalisieren; mit Werl.", "Archiv.\ndigitalisieren.\nmit Werl."),
    ],
)
def test_each_clause_gets_a_line(text, lines):
    assert figures.clauses(text, 0) == lines


def test_each_wording_is_scored_on_the_same_questions(matcher):
    case = Case("05974008", "Archiv, ohne den Kreis", {"with_district": False}, {}, ())
    scored = figures.by_wording([case], matcher.interpreter.gazetteer)
    assert set(scored) == set(figures.WORDINGS)
    for wording in ("as written", "upper case", "a line each clause"):
        assert scored[wording]["wish with_district"] == (1, 1)


@pytest.fixture
def measured():
    return stored.read(RESULTS, stored.UNDERSTANDING)


def test_the_card_shows_each_goal_beside_its_figure(measured):
    page = listening(measured, measured["ranker"])
    told = measured["matters"]["existing_told"]
    assert f"| existing cooperation told | {told:.3f} | ≥ 0.85 | held out |" in page
    right, asked = measured["sets"]["blind"]["as written"]["text, wishes"]
    assert f"{right / asked:.3f} | ≥ 0.90 | blind, {asked} texts |" in page
    assert "20 errors, read and sorted by cause" in page
    assert "Older" not in page


def test_the_card_says_where_another_ranker_was_measured(measured):
    assert "`python -m eval understanding` measures anew" in listening(measured, "neu")
