"""Who asks in tests of sentences, and what a text asks of partners."""

from __future__ import annotations

from matcher.understanding import understand

TOWN, POPULATION = "05566008", 36_159  # Emsdetten in Kreis Steinfurt
MUNICIPAL = {"grosse", "klein", "mittlere"}


def read(gazetteer, text: str) -> dict[str, object]:
    """Return what a text asks, lists without their order."""
    found = understand(text[0].upper() + text[1:], TOWN, gazetteer).wishes
    return {w.code: set(w.value) if isinstance(w.value, tuple) else w.value for w in found}
