"""A file of boundaries that nobody checked: what is wrong is named, never passed over."""

from __future__ import annotations

import json

import pytest

from data import DataError
from data.dataset import TABLES
from data.geometry import read_boundaries

WHOLE = (TABLES / "boundaries.geojson").read_text("utf-8")


def written(tmp_path, change):
    document = json.loads(WHOLE)
    change(document["features"])
    path = tmp_path / "boundaries.geojson"
    path.write_text(json.dumps(document), "utf-8")
    return path


def twice(features):
    features.append(features[0])


def crossed(features):
    ring = features[10]["geometry"]["coordinates"][0]
    ring = ring[0] if isinstance(ring[0][0], list) else ring
    ring[2], ring[5] = ring[5], ring[2]


def without_key(features):
    features[2]["properties"] = {}


def number_as_key(features):
    features[2]["properties"]["ags"] = 5


def a_point(features):
    features[2]["geometry"] = {"type": "Point", "coordinates": [7, 51]}


def nothing(features):
    features[2]["geometry"] = None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (twice, "Nachbarn überlappen sich"),
        (crossed, "Nachbarn überlappen sich"),
        (without_key, r"das 3\. Gebiet hat keinen Schlüssel"),
        (number_as_key, r"das 3\. Gebiet hat keinen Schlüssel"),
        (a_point, "05111000 hat keine Fläche|05113000 hat keine Fläche"),
        (nothing, "hat keine Fläche"),
    ],
)
def test_a_broken_feature_is_told(tmp_path, change, told):
    with pytest.raises(DataError, match=rf"boundaries\.geojson.*({told})"):
        read_boundaries(written(tmp_path, change))


def test_a_mark_of_byte_order_is_no_fault(tmp_path):
    path = tmp_path / "boundaries.geojson"
    path.write_text("\ufeff" + WHOLE, "utf-8")
    assert len(read_boundaries(path)) == 396
