"""Questions whose "nicht" suggests, each beside a neighbour that denies."""

from __future__ import annotations

import pytest

from matcher.understanding import find_named, suggested
from matcher.understanding.tokens import tokenize
from tests.matcher.understanding.asked import lines_run

SEARCHER = "05974008"  # Bad Sassendorf


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Gemeinsames Standesamt: Könnte nicht Soest mitmachen?", "wanted"),
        ("Gemeinsames Standesamt, könnte da nicht Soest einsteigen?", "wanted"),
        ("Standesamt zusammenlegen. Wäre nicht Soest ein guter Partner?", "wanted"),
        ("Warum machen wir das Standesamt nicht mit Soest zusammen?", "wanted"),
        ("Sollten wir nicht auch Soest fragen? Es geht um das Standesamt.", "wanted"),
        ("Standesamt. Ich frage mich, ob nicht Soest passen würde.", "wanted"),
        ("Standesamt. Zu klären, ob man nicht mit Soest zusammengehen kann", "wanted"),
        ("Könnte Soest nicht mitmachen?", "wanted"),
        ("Soest könnte nicht mitmachen", "excluded"),
        ("Warum will Soest nicht?", "excluded"),
        ("Können wir das Standesamt bitte nicht mit Soest zusammenlegen?", "excluded"),
        ("Standesamt: Können wir lieber nicht mit Soest arbeiten?", "excluded"),
        ("Standesamt gemeinsam, aber nicht mit Soest?", "excluded"),
        ("Ist für das Standesamt Soest nicht zu groß?", "excluded"),
    ],
)
def test_a_question_that_suggests_denies_nothing(gazetteer, text, role):
    assert {body.name: body.role for body in find_named(text, gazetteer, SEARCHER)} == {
        "Soest": role
    }


def test_what_stands_against_another_is_denied_in_a_question_too(gazetteer):
    text = "Standesamt: Können wir das nicht mit Soest, sondern mit Werl machen?"
    roles = {body.name: body.role for body in find_named(text, gazetteer, SEARCHER)}
    assert roles == {"Soest": "excluded", "Werl": "wanted"}


@pytest.mark.parametrize("text", ["nicht ", "könnte nicht ", "nicht, "])
def test_twice_the_words_are_twice_the_work(text):
    once, twice = (
        lines_run(suggested.without_particles, tokenize(text * times)) for times in (200, 400)
    )
    assert once > 0
    assert twice < 2.2 * once
