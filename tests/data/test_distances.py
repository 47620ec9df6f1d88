from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from data.dataset import TABLES


def test_seat_distance_is_the_length_on_the_ellipsoid(dataset, row):
    bodies = dataset.bodies
    a, b = row("Bad Sassendorf"), row("Höxter")
    geodesic = Geod(ellps="GRS80").inv(
        bodies["longitude"].iloc[a], bodies["latitude"].iloc[a],
        bodies["longitude"].iloc[b], bodies["latitude"].iloc[b],
    )[2] / 1000  # fmt: skip
    # UTM stretches lengths by at most 0.04 % on the central meridian.
    assert dataset.seat_km[a, b] == pytest.approx(geodesic, rel=1e-3)


def test_a_district_sits_in_its_seat(dataset, row):
    assert dataset.seat_km[row("Kreis Soest"), row("Soest")] == pytest.approx(0, abs=1e-3)
    assert dataset.seat_km[row("Hochsauerlandkreis"), row("Meschede")] == pytest.approx(0, abs=1e-3)


def test_adjacency_of_municipalities_is_the_table(dataset):
    table = pd.read_csv(TABLES / "adjacency.csv", dtype={"ags_a": str, "ags_b": str})
    keys = dataset.bodies.index
    stored = dataset.border_km[keys.get_indexer(table["ags_a"]), keys.get_indexer(table["ags_b"])]
    assert np.allclose(stored, table["shared_border_km"])
    assert (dataset.border_km[:396, :396] > 0).sum() == 2 * len(table)


def test_border_of_districts_is_the_sum_over_their_members(dataset, row):
    soest, unna = row("Kreis Soest"), row("Kreis Unna")
    inside, beyond = (dataset.members[[r]].indices for r in (soest, unna))
    pairs = dataset.border_km[:396, :396][np.ix_(inside, beyond)]
    assert dataset.border_km[soest, unna] == pytest.approx(pairs.sum(), rel=1e-6)
    assert dataset.border_km[soest, unna] == pytest.approx(13.788, abs=1e-3)


def test_a_body_shares_no_border_with_what_contains_it(dataset, row):
    assert dataset.border_km[row("Soest"), row("Kreis Soest")] == 0
    assert dataset.border_km[row("Kreis Soest"), row("Landschaftsverband Westfalen-Lippe")] == 0


def test_nearest_borders(dataset, row):
    a, b = row("Bad Sassendorf"), row("Soest")
    assert dataset.gap_km[a, b] == 0
    assert dataset.gap_km[a, row("Kreis Soest")] == 0
    far = dataset.gap_km[a, row("Aachen")]
    assert 0 < far < dataset.seat_km[a, row("Aachen")]
    assert np.array_equal(dataset.gap_km, np.asarray(dataset.gap_km).T)


def test_gap_is_zero_exactly_where_bodies_touch_or_overlap(dataset):
    gap, border = dataset.gap_km[:396, :396], dataset.border_km[:396, :396]
    apart = gap > 0
    assert not (apart & (border > 0)).any()
    # Touching in a single point is no border; only a handful of pairs do.
    assert ((~apart) & (border == 0)).sum() - 396 < 20
