"""What looks like a condition and was not understood is said, not passed over."""

from __future__ import annotations

import pytest

from matcher.understanding import understand
from matcher.understanding.unread import hint


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Archiv, maximal eine halbe Autostunde entfernt", ("maximal eine halbe Autostunde entfernt",)),
        ("Archiv mit Kommunen aus dem Lipperland", ("Kommunen aus dem Lipperland",)),
        ("Partner im Raum Werl für das Archiv", ("im Raum Werl",)),
        ("Archiv mit Kommunen aus dem Münsterland", ()),
        ("Archiv, höchstens 20 km entfernt", ()),
        ("Archiv, mindestens 30 km entfernt", ("mindestens 30 km entfernt",)),
        ("Archiv, weiter als 30 km weg", ("weiter als 30 km weg",)),
        ("Archiv, nicht im Umkreis von 30 km", ("nicht im Umkreis von 30 km",)),
        ("Raum für Kultur schaffen", ()),
    ],
)  # fmt: skip
def test_travel_times_and_unknown_landscapes_are_left_over(gazetteer, text, unread):
    assert understand(text, "05974008", gazetteer).unread == unread


def test_the_hint_quotes_what_was_left_over_and_says_what_is_understood():
    assert hint(()) is None
    said = hint(("im Raum Werl",))
    assert said is not None
    assert said.startswith("Nicht als Bedingung verstanden: „im Raum Werl“.")
    assert "Höchstentfernungen von Ihnen aus in Kilometern" in said
