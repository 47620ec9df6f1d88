from __future__ import annotations

import numpy as np
import pytest

from eval.ranking.rules import RULES

BAD_SASSENDORF = "05974008"


def order(knowledge, searcher: int, values) -> list[str]:
    """Return the keys of the bodies from best to worst, without the searcher."""
    ranked = np.argsort(-values, kind="stable")
    return [str(knowledge.bodies.keys[i]) for i in ranked if i != searcher]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        # Soest and its Kreis have their seat in one town: 4.3 km; then Lippetal 8.0, Möhnesee 10.0.
        ("nearest first", ["05974040", "05974", "05974024", "05974032"]),
        # The Kreis does not border on its own municipality; Anröchte is 11.6 km away.
        ("border, then distance", ["05974040", "05974024", "05974032", "05974004"]),
        ("same Kreis, then distance", ["05974040", "05974", "05974024", "05974032"]),
    ],
)
def test_rules_of_place_rank_as_they_say(matcher, rule, first):
    known = matcher.knowledge
    searcher = known.bodies.keys.get_loc(BAD_SASSENDORF)
    assert order(known, searcher, RULES[rule](known, searcher))[:4] == first


@pytest.mark.parametrize("rule", ["shared cooperations, then distance", "most active"])
def test_rules_of_record_count_first_and_measure_second(matcher, rule):
    known = matcher.knowledge
    searcher = int(known.bodies.keys.get_loc(BAD_SASSENDORF))
    count = known.activity if rule == "most active" else known.shared_with([searcher])[0]
    km = known.bodies.seat_km[searcher]
    expected = [i for i in np.lexsort((km, -count)) if i != searcher]
    ranked = order(known, searcher, RULES[rule](known, searcher))
    assert ranked == [str(known.bodies.keys[i]) for i in expected]


def test_indicator_distance_is_euclid_over_z_scores(matcher):
    land = matcher.knowledge.bodies
    a, b = int(land.keys.get_loc(BAD_SASSENDORF)), int(land.keys.get_loc("05974040"))
    size = (land.log_population[a] - land.log_population[b]) / land.log_population.std()
    fiscal = (np.nan_to_num(land.fiscal, nan=np.nanmean(land.fiscal))) / np.nanstd(land.fiscal)
    squares = ((land.structure[a] - land.structure[b]) ** 2).sum() + size**2
    expected = -np.sqrt(squares + (fiscal[a] - fiscal[b]) ** 2)
    values = RULES["indicator distance"](matcher.knowledge, a)
    assert values[b] == pytest.approx(expected, rel=1e-4)
    assert values[a] == 0


def test_shared_cooperations_come_first(matcher, row):
    scores = RULES["shared cooperations, then distance"](matcher.knowledge, row("Soest"))
    shared = matcher.knowledge.shared_with([row("Soest")])[0]
    assert shared[int(scores.argmax())] == shared.max()
