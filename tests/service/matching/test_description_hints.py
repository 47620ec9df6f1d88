from __future__ import annotations

import unicodedata

import pytest

from service.matching.description_hints import MOST_HINTS, hints

FULL = (
    "Wir möchten ab 2027 mit zwei Nachbarn die Vollstreckung als Zweckverband führen, weil "
    "Fachkräfte fehlen"
)


def codes(text: str, probability: float | None = 0.9) -> list[str]:
    return [hint.code for hint in hints(text, probability)]


def test_a_full_description_needs_no_hint():
    assert codes(FULL) == []


@pytest.mark.parametrize("text", ["", "   ", "\n\t "])
def test_nothing_is_said_about_nothing(text):
    assert codes(text, None) == []
    assert codes(text, 0.1) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Gemeinsames Standesamt gründen", True), ("Ein Standesamt gemeinsam führen", False)],
)
def test_three_words_are_short_four_are_not(text, expected):
    assert ("short" in codes(text)) is expected


@pytest.mark.parametrize(
    ("probability", "expected"), [(0.39, True), (0.4, False), (1.0, False), (None, False)]
)
def test_an_unclear_task_is_named_only_where_one_was_predicted(probability, expected):
    assert ("task" in codes(FULL, probability)) is expected


@pytest.mark.parametrize(
    "why",
    [
        "weil niemand mehr da ist", "wegen des OZG", "Uns fehlen Leute", "Fachkraeftemangel droht",
        "um Geld zu sparen", "Die Kosten steigen", "neue gesetzliche Pflicht", "FACHKRÄFTE",
        "zwei Kolleginnen gehen in Rente", "Das Onlinezugangsgesetz verlangt es",
    ],
)  # fmt: skip
def test_a_reason_is_recognised(why):
    assert "reason" not in codes(f"Gemeinsamer Bauhof der Stadt, {why}")


@pytest.mark.parametrize(
    "plain",
    ["Gemeinsamer Bauhof der Stadt", "Eine Empfehlung für die Archive", "Parken im Ort ordnen"],
)
def test_a_missing_reason_is_asked_for(plain):
    assert "reason" in codes(plain)


@pytest.mark.parametrize(
    "how",
    ["mit drei Partnern", "mit 3 Partnern", "als AöR", "als Zweckverband", "ab Januar",
     "mit den Nachbarn", "im Kreis Soest", "durch öffentlich-rechtliche Vereinbarung"],
)  # fmt: skip
def test_who_how_and_when_are_recognised(how):
    assert "form" not in codes(f"Wir wollen das Archiv gemeinsam führen {how}")


def test_an_archive_with_an_unsaid_form_is_asked_for_it():
    assert "form" in codes("Wir suchen Partner für das Archiv, weil Personal fehlt")


def test_letters_in_two_parts_count_as_one():
    text = unicodedata.normalize("NFD", "Bauhof gemeinsam führen, Fachkräfte sind rar")
    assert "reason" not in codes(text)


def test_at_most_three_and_each_says_what_to_do():
    found = hints("Kommunen", 0.16)
    assert [hint.code for hint in found] == ["short", "task", "reason"]
    assert len(found) == MOST_HINTS
    for hint in [*found, *hints("Wir suchen Partner für das Archiv, weil Personal fehlt", 0.9)]:
        assert len(hint.text) < 220
        assert "Sie" in hint.text
        assert hint.text.endswith(".")
