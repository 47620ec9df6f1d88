"""What one would take instead: each a small class that answers a question as its library does.

Packages are an extra of their own (`pip install '.[peers]'`); one that is missing is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from eval.performance.inputs import Floats, Inputs, Question

_SEED = 20_264
_LAST = -1e6  # what was not found at all comes last


class Peer(Protocol):
    """Scores all bodies for a question."""

    def search(self, question: Question) -> Floats:
        """Return (n,) float32, greater is better."""
        ...


class SentenceTransformersProfiles:
    """`semantic_search` over profiles of bodies, sorted by cosine."""

    def __init__(self, inputs: Inputs) -> None:
        from sentence_transformers import util

        self._search, self._profiles = util.semantic_search, inputs.profiles

    def search(self, question: Question) -> Floats:
        """Return the cosine of each profile."""
        count = len(self._profiles)
        hits = self._search(question.vector[None], self._profiles, top_k=count)[0]
        return _scores(count, [(hit["corpus_id"], hit["score"]) for hit in hits])


class SentenceTransformersPast:
    """`semantic_search` over past descriptions; a body is as good as the best it took part in."""

    def __init__(self, inputs: Inputs) -> None:
        from sentence_transformers import util

        self._search, self._passages = util.semantic_search, inputs.passages
        self._members = [np.flatnonzero(row).tolist() for row in inputs.participation]
        self._count = inputs.participation.shape[1]

    def search(self, question: Question) -> Floats:
        """Return the cosine of the nearest description of each body."""
        hits = self._search(question.vector[None], self._passages, top_k=len(self._members))[0]
        best: dict[int, float] = {}
        for hit in reversed(hits):
            best |= dict.fromkeys(self._members[hit["corpus_id"]], hit["score"])
        return _scores(self._count, best.items())


class Qdrant:
    """Qdrant in local mode: profiles of bodies, filtered by a radius around the searcher."""

    def __init__(self, inputs: Inputs, radius_km: float = 25.0) -> None:
        from qdrant_client import QdrantClient, models

        self._models, self._seats, self._radius_km = models, inputs.seats, radius_km
        profiles = inputs.profiles
        self._count = len(profiles)
        self._client = QdrantClient(":memory:")
        size, cosine = profiles.shape[1], models.Distance.COSINE
        self._client.create_collection(
            "bodies", vectors_config=models.VectorParams(size=size, distance=cosine)
        )
        points = [
            models.PointStruct(
                id=number, vector=vector.tolist(), payload={"seat": {"lon": lon, "lat": lat}}
            )
            for number, (vector, (lon, lat)) in enumerate(
                zip(profiles, inputs.seats.tolist(), strict=True)
            )
        ]
        self._client.upsert("bodies", points)

    def search(self, question: Question) -> Floats:
        """Return the cosine of each profile within the radius."""
        models, (lon, lat) = self._models, self._seats[question.searcher].tolist()
        circle = models.GeoRadius(
            center=models.GeoPoint(lon=lon, lat=lat), radius=self._radius_km * 1000
        )
        near = models.Filter(must=[models.FieldCondition(key="seat", geo_radius=circle)])
        found = self._client.query_points(
            "bodies", query=question.vector.tolist(), query_filter=near, limit=self._count
        )
        return _scores(self._count, [(point.id, point.score) for point in found.points])


class Implicit:
    """`implicit`'s ALS: known cooperations are users, bodies items; the searcher is folded in."""

    def __init__(self, inputs: Inputs, factors: int = 48) -> None:
        from implicit.cpu.als import AlternatingLeastSquares

        self._count = inputs.participation.shape[1]
        self._model = AlternatingLeastSquares(
            factors=factors, regularization=0.05, random_state=_SEED, num_threads=1
        )
        self._model.fit(csr_matrix(inputs.participation), show_progress=False)

    def search(self, question: Question) -> Floats:
        """Return what `recommend` gives to one whose only partner is the searcher."""
        alone = csr_matrix(([1.0], ([0], [question.searcher])), (1, self._count), np.float32)
        items, scores = self._model.recommend(
            0, alone, N=self._count, recalculate_user=True, filter_already_liked_items=False
        )
        return _scores(self._count, zip(items.tolist(), scores.tolist(), strict=True))


class SklearnNeighbours:
    """scikit-learn's `NearestNeighbors` on figures and place of the bodies."""

    def __init__(self, inputs: Inputs, unit_km: float = 10.0) -> None:
        from sklearn.neighbors import NearestNeighbors

        self._points = np.hstack([inputs.figures, inputs.seats_km / unit_km])
        self._model = NearestNeighbors(n_neighbors=len(self._points)).fit(self._points)

    def search(self, question: Question) -> Floats:
        """Return the distance to each body, negative."""
        point = self._points[[question.searcher]]
        distance, place = self._model.kneighbors(point)
        return _scores(len(self._points), zip(place[0].tolist(), -distance[0], strict=True))


@dataclass(frozen=True, slots=True)
class Offer:
    """A peer, and what one who takes it would lose.

    Attributes
    ----------
    name
        As the report names it.
    package
        What has to be installed, as imported.
    choices
        Makes it, once for each setting that is tried on what a fold knows.
    loses
        One sentence.
    """

    name: str
    package: str
    choices: Sequence[Callable[[Inputs], Peer]]
    loses: str


def _with(make: Callable[..., Peer], key: str, values: Sequence[Any]) -> list[Any]:
    return [lambda inputs, value=value: make(inputs, **{key: value}) for value in values]


OFFERS = (
    Offer(
        "sentence-transformers, profiles",
        "sentence_transformers",
        [SentenceTransformersProfiles],
        "Where the searcher lies and whom it knows: everyone who asks gets the same list.",
    ),
    Offer(
        "sentence-transformers, past descriptions",
        "sentence_transformers",
        [SentenceTransformersPast],
        "The same: who did something alike anywhere, not who would do it here.",
    ),
    Offer(
        "Qdrant, local, within a radius",
        "qdrant_client",
        _with(Qdrant, "radius_km", (15.0, 25.0, 40.0)),
        "All that lies between yes and no: a radius drops a Kreis just beyond it, and inside it"
        " nearness, size and known ties count nothing.",
    ),
    Offer(
        "implicit, ALS recommend",
        "implicit",
        _with(Implicit, "factors", (16, 48)),
        "The matter: the same partners for every text, and nobody for whom nothing is known yet.",
    ),
    Offer(
        "scikit-learn, NearestNeighbors",
        "sklearn",
        _with(SklearnNeighbours, "unit_km", (2.5, 5.0, 10.0)),
        "Matter and ties: it finds the alike, and only a distance says why.",
    ),
)


def made(offer: int, choice: int, inputs: Inputs) -> Peer:
    """Return a peer by the numbers of its offer and of the setting."""
    return OFFERS[offer].choices[choice](inputs)


def _scores(count: int, found: Any) -> npt.NDArray[np.float32]:
    scores = np.full(count, _LAST, np.float32)
    pairs = list(found)
    if pairs:
        places, values = zip(*pairs, strict=True)
        scores[list(places)] = values
    return scores
