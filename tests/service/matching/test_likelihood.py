"""Three words for a calibrated probability, declared once."""

from __future__ import annotations

import pytest

from service.matching.likelihood import Likelihood


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "naheliegend"),
        (1 / 3, "naheliegend"),
        (0.333, "gut möglich"),
        (0.1, "gut möglich"),
        (0.0999, "eher selten"),
        (0.0, "eher selten"),
    ],
)
def test_a_probability_gets_its_word(probability, word):
    assert Likelihood.of(probability).label == word


def test_classes_go_down_and_end_at_nothing():
    least = [each.least for each in Likelihood]
    assert least == sorted(least, reverse=True)
    assert least[-1] == 0


def test_pages_and_interface_say_the_same_words(client):
    method = client.get("/methode").text
    asked = {"body": "05974008", "description": "Archiv", "limit": 40}
    found = client.post("/v1/matches", json=asked).json()["matches"]
    for each in Likelihood:
        assert each.label in method
        assert each.meaning in method
    for match in found:
        assert match["likelihood"]["label"] == Likelihood.of(match["probability"]).label
    assert {match["likelihood"]["code"] for match in found} == {"close", "possible", "rare"}
