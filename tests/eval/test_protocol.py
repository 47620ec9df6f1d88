from __future__ import annotations

import numpy as np
import pytest

from eval.baselines import RULES
from eval.markdown import replace_section
from eval.protocol import FOLDS, assign_folds
from matcher import training


def test_near_duplicates_never_straddle_a_split(matcher):
    groups = training.near_duplicates(matcher.knowledge)
    fold = assign_folds(groups)
    assert set(fold) == set(range(FOLDS))
    assert all(len(set(fold[groups == group])) == 1 for group in np.unique(groups))
    sizes = np.bincount(fold)
    assert sizes.max() - sizes.min() < 40
    assert np.array_equal(fold, assign_folds(groups))


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("nearest first", "Kreis Soest"),
        ("border, then distance", "Soest"),
        ("same Kreis, then distance", "Kreis Soest"),
    ],
)
def test_rules_rank_as_they_say(matcher, row, rule, first):
    scores = RULES[rule](matcher.knowledge, row("Bad Sassendorf")).copy()
    scores[row("Bad Sassendorf")] = -np.inf
    best = matcher.knowledge.bodies.keys[int(scores.argmax())]
    # Kreis Soest has its seat in Soest: as near as the town itself.
    assert best in {"05974040", "05974"}
    assert scores[row(first)] == scores.max()


def test_shared_cooperations_come_first(matcher, row):
    scores = RULES["shared cooperations, then distance"](matcher.knowledge, row("Soest"))
    shared = matcher.knowledge.shared[row("Soest")]
    assert shared[int(scores.argmax())] == shared.max()


def test_sections_are_replaced_between_their_markers():
    text = "vorher\n<!-- x: written by a command -->\nalt\n<!-- end of x -->\nnachher\n"
    replaced = replace_section(text, "x", "neu")
    assert "alt" not in replaced
    assert replaced.startswith("vorher\n")
    assert replaced.endswith("\nnachher\n")
    with pytest.raises(ValueError, match="no markers"):
        replace_section("nichts", "x", "neu")
