"""A wish is added only where the partners in fact keep to it."""

from __future__ import annotations

import numpy as np
import pytest

from eval.understanding.wish_effect import ADDED, _hits, _summary
from matcher import MatchRequest

SOEST = "05974040"


@pytest.mark.parametrize(
    ("wish", "others", "fits"),
    [
        ("outside the own Kreis", ["Hamm"], True),
        ("outside the own Kreis", ["Hamm", "Werl"], False),
        ("without the Kreis", ["Werl"], True),
        ("without the Kreis", ["Werl", "Kreis Soest"], False),
        ("Kreise only", ["Kreis Soest", "Hochsauerlandkreis"], True),
        ("Kreise only", ["Kreis Soest", "Werl"], False),
        ("one partner", ["Werl"], True),
        ("one partner", ["Werl", "Hamm"], False),
        ("within 20 km", ["Werl"], True),
        ("within 20 km", ["Werl", "Köln"], False),
    ],
)
def test_whom_a_wish_fits(matcher, row, wish, others, fits):
    rows = [row(name) for name in others]
    assert ADDED[wish].fits(matcher.knowledge.bodies, row("Soest"), rows) is fits


@pytest.mark.parametrize("wish", ADDED)
def test_an_answer_without_the_wish_may_break_it_and_with_it_does_not(matcher, wish):
    text = "Wir möchten die Bestände unseres Archivs gemeinsam digitalisieren."

    def ask(description):
        return matcher.match(MatchRequest(body=SOEST, description=description))

    assert ADDED[wish].kept(SOEST, ask(f"{text} {ADDED[wish].sentence}"))
    assert not ADDED["Kreise only"].kept(SOEST, ask(text))


def test_hits_of_an_answer(matcher):
    result = matcher.match(MatchRequest(body=SOEST, description="Archiv"))
    second = result.matches[1].body
    hit, gain = _hits(result, {second})
    assert hit == 1
    assert gain == pytest.approx(1 / np.log2(3))
    assert _hits(result, {"nobody"}) == (0, 0)


def test_figures_before_and_after():
    rows = np.array([[0, 0.2, 1, 0.6, 1], [1, 0.5, 1, 0.5, 0]])
    told = _summary(rows)
    assert (told["cases"], told["hit@5"], told["hit@5 with"], told["kept"]) == (2, 0.5, 1, 0.5)
    assert told["nDCG@10"] == pytest.approx(0.35)
    assert told["nDCG@10 with"] == pytest.approx(0.55)
