"""The version of the features is blind to how they are computed, and sees every change of values."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.features import NAMES, version
from matcher.known.patterns import Patterns


@pytest.fixture(autouse=True, scope="module")
def _of_now():
    """Compute the version first, so that none is kept of features made other for a test."""
    version.fingerprint()


def test_made_up_searches_give_every_feature_values_that_differ():
    values = version.values()
    assert values.shape == (96, len(NAMES))
    assert not np.isinf(values).any()
    assert (np.nanmax(values, axis=0) > np.nanmin(values, axis=0)).all()


def test_no_sum_lies_on_the_edge_between_two_roundings():
    sums = np.abs(version.sums())
    last_digit = 10.0 ** (np.floor(np.log10(sums)) - version._DIGITS + 1)
    to_edge = np.abs((sums / last_digit) % 1 - 0.5)
    assert to_edge.min() > 0.005, "Choose another version._SEED: processors may round differently."


def test_tidied_code_keeps_the_version(monkeypatch):
    before = version.fingerprint.__wrapped__()

    def per_body(self, expected, view, prior_weight):
        partners = np.maximum(expected + prior_weight * self.prior, 1e-30)
        each = np.log(partners.astype(np.float64)) - np.log(view.filled)
        return {
            name: np.stack([row[bins] for row, bins in zip(each, view.bins[:, place], strict=True)])
            for place, name in enumerate(self.binnings)
        }

    monkeypatch.setattr(Patterns, "per_body", per_body)
    assert version.fingerprint.__wrapped__() == before == version.fingerprint()


@pytest.mark.parametrize("changed", NAMES)
def test_a_change_of_one_per_cent_in_any_feature_is_seen(monkeypatch, changed):
    real = version.features

    def scaled(query, knowledge):
        cube = real(query, knowledge)
        cube[..., NAMES.index(changed)] *= 1.01
        return cube

    monkeypatch.setattr(version, "features", scaled)
    assert version.fingerprint.__wrapped__() != version.fingerprint()


@pytest.mark.parametrize(
    ("constant", "value"),
    [
        ("matcher.features.query._PRIOR_OF_PAST", 0.31),
        ("matcher.features.query.PRIOR_OF_WORDS", 0.11),
        ("matcher.features.task.SHARPNESS", 42.0),
        ("matcher.features.query._NAMED_AREA", 2.9),
        ("matcher.known.similar.SHARPNESS", 42.0),
        ("matcher.known.bodies._VICINITY_KM", 8.1),
        ("matcher.features.ties._USUAL", 3.1),
        ("matcher.known.forecast._RIDGE", 5.1),
        ("models.space.MEANING", 32 / 43),
        ("models.space._EVENING", 0.16),
    ],
)
def test_a_change_of_what_features_are_made_from_is_seen(monkeypatch, constant, value):
    monkeypatch.setattr(constant, value)
    assert version.fingerprint.__wrapped__() != version.fingerprint()
