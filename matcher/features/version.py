"""The version of the features: a hash of their values on a few fixed searches in a made-up country.

Tidied code computes the same values and keeps the version, so a trained ranker stays valid; any
change of the values makes a new one. The country is made up so that new data change nothing here.

Values are summed over bodies with fixed weights and rounded to four digits: processors differ in
the last bits, which a sum may show only where it lies on the edge between two roundings. `_SEED` is
such that none does; a test holds that, and says so where a new feature makes another one necessary.
"""

from __future__ import annotations

import hashlib
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from data import Cooperation, Dataset, Kind, LegalForm, LegalStatus, Status, TaskArea
from data.pairs import PairTable, SparseTable
from matcher.features.families import NAMES, features
from matcher.features.query import make_query
from matcher.known.bodies import Bodies
from matcher.known.knowledge import Knowledge

_DIGITS = 4
_SEED = 2507  # of the weights
_SUMS = 2  # of each feature
_UNKNOWN = 7.0  # stands for NaN
_COLUMNS, _ROWS, _STEP_KM = 9, 2, 5.0  # municipalities on a grid
_TEXTS = (
    "Archiv gemeinsam führen und Akten lagern", "Standesamt für mehrere Städte betreiben",
    "Rechenzentrum und Software für die Verwaltung", "Bauhof mit Geräten teilen",
    "Musikschule für die Region", "Vergabestelle und Einkauf bündeln",
    "Volkshochschule als Zweckverband", "Klärwerk und Abwasser gemeinsam",
    "Archiv des Kreises für alle Gemeinden", "Standesamt bei Krankheit vertreten",
    "Einkauf von Geräten für Bauhof und Feuerwehr", "Software und Technik im Rathaus",
)  # fmt: skip
_MEMBERS = (
    (0, 1), (1, 2, 10), (0, 9, 18), (3, 4), (12, 13, 14, 19), (5, 15), (2, 3, 11), (0, 1, 2, 18),
    (0, 1, 2, 9, 10, 18), (12, 13), (0, 3, 6, 16, 20), (0, 8, 17, 21),
)  # fmt: skip


@cache
def fingerprint() -> str:
    """Return the version of the features, 12 hexadecimal digits.

    A ranker trained with features of other values is stale even where all names are the same.
    """
    rounded = [f"{value:.{_DIGITS - 1}e}" for value in sums().ravel()]
    return hashlib.sha256(" ".join([*NAMES, *rounded]).encode()).hexdigest()[:12]


def sums() -> npt.NDArray[np.float64]:
    """Return (2, features) weighted sums of each feature over all searchers and bodies."""
    table = np.nan_to_num(values().astype(np.float64), nan=_UNKNOWN)
    weights = np.random.default_rng(_SEED).random((_SUMS, len(table))) + 0.5
    return weights @ table


def values() -> npt.NDArray[np.float32]:
    """Return (rows, features): three searches, of a town, a Kreis and a kreisfreie Stadt."""
    knowledge = made_up()
    rng = np.random.default_rng(3)
    assert knowledge.reader is not None
    text = knowledge.reader.gist(" Wir bitten um Nachricht. ".join(_TEXTS[:10]))
    matter = knowledge.reader.read(_unit(rng.random((1, 8)))[0], text)
    queries = (
        make_query(knowledge, (1, 18), matter),
        make_query(knowledge, 8, matter, TaskArea.STANDESAMT),
        make_query(knowledge, 11, None, TaskArea.ARCHIV),
    )
    return np.concatenate([features(q, knowledge).reshape(-1, len(NAMES)) for q in queries])


def made_up() -> Knowledge:
    """Return what is known of a country with 18 towns, three Kreise and three associations."""
    rng = np.random.default_rng(1)
    towns = _COLUMNS * _ROWS
    column, row = np.arange(towns) % _COLUMNS, np.arange(towns) // _COLUMNS
    # The last two columns lie far off, so that partners of every band of distance occur.
    along = np.where(column < 7, column, 12 + 10 * (column - 7))
    at = _STEP_KM * np.column_stack([along, row]) + 3 * rng.random((towns, 2))
    at = np.vstack([at, at[[0, 3, 6, 1, 7, 13]]])
    seat_km = np.linalg.norm(at[:, None] - at[None], axis=2).astype(np.float32)
    steps = np.abs(column[:, None] - column) + np.abs(row[:, None] - row)
    border = np.zeros_like(seat_km)
    border[:towns, :towns] = np.where(steps == 1, 0.7 * seat_km[:towns, :towns], 0)
    district = np.array(["1", "1", "1", "2", "2", "3", "3", "3", ""] * _ROWS)
    members = np.vstack(
        [
            np.eye(towns, dtype=bool),
            *(district == key for key in "123"),
            column < 5,
            column >= 5,
            (column > 2) & (column < 7),
        ]
    )
    return _know(_dataset(rng, district, members, seat_km, border), rng)


def _dataset(
    rng: np.random.Generator,
    district: npt.NDArray[np.str_],
    members: npt.NDArray[np.bool_],
    seat_km: npt.NDArray[np.float32],
    border_km: npt.NDArray[np.float32],
) -> Dataset:
    count, towns = members.shape
    kinds = [Kind.MUNICIPALITY] * towns + [Kind.DISTRICT] * 3 + [Kind.ASSOCIATION] * 3
    above = [LegalStatus.DISTRICT] * 3 + [LegalStatus.ASSOCIATION] * 3
    inside = [LegalStatus.SMALL, LegalStatus.MEDIUM, LegalStatus.LARGE]
    status = [inside[i % 3] if own else LegalStatus.INDEPENDENT for i, own in enumerate(district)]
    people = np.round(np.exp(rng.random(count) * 3 + 9))
    share = {
        name: rng.random(count) * 50
        for name in (
            "share_under_19", "share_67_plus", "population_change_pct_2018_2021",
            "population_change_pct_2022_2024", "share_settlement", "share_agriculture",
            "share_forest",
        )
    }  # fmt: skip
    table = pd.DataFrame(
        {
            "kind": [kind.value for kind in kinds],
            "legal_status": [s.value for s in (*status, *above)],
            "district_ags": [*(own or None for own in district), *[None] * 6],
            "government_region": ["Nord"] * 12 + ["Süd"] * 9 + [None] * 3,
            "landscape_association": ["A"] * 14 + ["B"] * 7 + [None] * 3,
            "leader_region": ["L"] * 3 + [None] * 21,
            "regiostar7": 73,
            "population": people,
            "area_km2": 40 + 100 * rng.random(count),
            "fiscal_status_level": [*(1 + np.arange(towns) % 7), *[None] * 6],
        }
        | share,
        index=[*(f"t{number}" for number in range(towns)), *"123ABR"],
    )
    table["fiscal_status_level"] = table["fiscal_status_level"].astype(float)
    gap_km = np.maximum(seat_km - 9, 0) * (border_km == 0)
    frame = gpd.GeoDataFrame(table)
    return Dataset(
        frame,
        csr_array(members.astype(np.float64)),
        PairTable(count, seat_km.__getitem__),
        PairTable(count, gap_km.__getitem__),
        SparseTable(csr_array(border_km)),
        (),
        (),
        "made up",
    )


def _know(dataset: Dataset, rng: np.random.Generator) -> Knowledge:
    areas = (TaskArea.ARCHIV, TaskArea.STANDESAMT, TaskArea.IT, TaskArea.BAUHOF)
    keys = dataset.bodies.index
    known = [
        Cooperation(
            f"m{number}", text, text, f"Wir suchen Partner: {text}", areas[number % 4],
            LegalForm.AGREEMENT, Status.ACTIVE, 2000 + number, tuple(keys[list(rows)]), (),
            keys[rows[0]] if number % 3 == 0 else None, "", "", "A",
        )
        for number, (text, rows) in enumerate(zip(_TEXTS, _MEMBERS, strict=True))
    ]  # fmt: skip
    requests, passages = (_unit(rng.random((len(known), 8))) for _ in range(2))
    return Knowledge.of(Bodies.of(dataset), known, requests, passages)


def _unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
