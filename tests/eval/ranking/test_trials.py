"""Other forms of the ranker are measured on validation parts, each against the shipped form."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from msgspec import structs

from eval.ranking import trials
from eval.ranking.trials import FORMS, SHIPPED, Form, trial_figures
from matcher.features import FEATURES, NAMES
from matcher.training import SHAPES
from models import Shape
from models.additive_descent import SETTINGS
from tests.eval.ranking.made_rows import rows_of

QUICK = structs.replace(SETTINGS, epochs=3)
QUERIES, BODIES = 40, 20


@pytest.fixture
def fold(monkeypatch):
    """A fold whose partners are near, half of whose queries are held out."""
    rng = np.random.default_rng(5)
    labels = (rng.random((QUERIES, BODIES)) < 0.2).astype(np.float32)
    labels[:, 1], labels[:, 0] = 1, np.nan
    features = rng.random((QUERIES, BODIES, len(FEATURES))).astype(np.float32)
    features[:, :, NAMES.index("log_seat_km")] -= np.nan_to_num(labels)
    for name, shape in SHAPES.items():
        if shape.constant:
            features[:, :, NAMES.index(name)] = features[:, :1, NAMES.index(name)]
    rows = replace(rows_of(labels, list(range(QUERIES))), features=features)
    held_out = np.arange(QUERIES) % 2 == 0
    parts = {
        name: getattr(rows, name)[held_out]
        for name in ("features", "labels", "weights", "cooperation", "searcher")
    }
    validation = SimpleNamespace(rows=replace(rows, **parts), held_out=held_out)
    monkeypatch.setattr(trials, "hold_out", lambda _: validation)
    return SimpleNamespace(training=rows, groups=np.arange(QUERIES))


def test_each_form_is_compared_with_the_shipped_one(fold):
    forms = {SHIPPED: Form(QUICK), "no order": Form(QUICK, gated=False, certain=False)}
    figures = trial_figures([fold], forms)
    assert (figures["folds"], figures["cooperations"]) == (1, QUERIES // 2)
    assert figures["forms"][SHIPPED]["change"]["mean"] == 0
    shipped, other = (figures["forms"][name] for name in forms)
    assert other["change"]["mean"] == pytest.approx(other["mean"] - shipped["mean"])
    assert shipped["mean"] > 0.5, "partners are near"


def test_a_form_without_gates_sees_no_constants_and_one_without_certainty_no_order():
    assert set(FORMS[SHIPPED].shapes()) == set(NAMES)
    assert not any(shape.constant for shape in Form(gated=False).shapes().values())
    blind = set(NAMES) - set(Form(foretold=False).shapes())
    assert {"foretold_relation_neighbour", "foretold_standing_district"} < blind
    assert all(name.startswith("foretold_") for name in blind)
    free = set(Form(certain=False).shapes().values())
    assert not free & {Shape.RISING, Shape.FALLING}


def test_each_form_differs_from_the_shipped_one():
    assert len({repr(form) for form in FORMS.values()}) == len(FORMS)
