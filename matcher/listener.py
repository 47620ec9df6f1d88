"""What texts say, told without ranking anybody: matter, wishes, what exists, who carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data import TaskArea
from data.land import LAND
from matcher import answer, existing_cooperations
from matcher.conditions import row_of
from matcher.directory import Directory
from matcher.known.bodies import Bools, Floats
from matcher.known.knowledge import Knowledge
from matcher.result import ExistingCooperation, Interpretation, SimilarCooperation, TaskAreaGuess
from matcher.texts import ReadText, TextReader
from matcher.understanding.competence import Competence, competence
from matcher.understanding.existing import Existing
from matcher.understanding.interpreter import Interpreter, Reading
from matcher.understanding.two_texts import alike, sameness

_SHARED_WORDING = 0.1  # cosine of n-grams; by judgement: below, texts share endings and little else


@dataclass(frozen=True)
class Listener:
    """Answers what a text says: for a search, and for pages that rank nobody.

    Attributes
    ----------
    texts
        Reads texts and remembers the last ones.
    knowledge
        What they are compared with.
    directory
        Who asks.
    """

    texts: TextReader
    knowledge: Knowledge
    directory: Directory

    def read(self, text: str, searcher: str | None) -> ReadText:
        """Read a text of the body with this key; without one nothing is told of partners."""
        return self.texts.read(text, searcher)

    def task_areas(self, text: str) -> tuple[TaskAreaGuess, ...]:
        """Return task areas with their probability, likeliest first; none without a text model."""
        return self.texts.guesses(self.read(text, None).reading)

    def similar(self, text: str, limit: int = 10) -> tuple[SimilarCooperation, ...]:
        """Return past cooperations in the matter of a text or a related one, nearest first.

        None without a text model, and where the text is no matter.
        """
        read = self.read(text, None)
        fitting = self._interpreter.fitting(read.reading)
        if read.matter is None or fitting is None or not read.reading.matter.is_matter:
            return ()
        return self._nearest(read.matter.to_descriptions, fitting, limit)

    def sameness(
        self, texts: Sequence[str], areas: Sequence[TaskArea | None]
    ) -> tuple[float, ...] | None:
        """Return how far the matter of the first text is that of each other, 0 … 1.

        None without a text model; see `matcher.understanding.two_texts`.
        """
        learned, model = self._interpreter.learned, self.texts.text_model
        if learned is None or model is None:
            return None
        gists = [learned.reader.gist(text) for text in texts]
        found = alike(learned.reader, gists, model.encode_queries(gists), areas)
        return tuple(sameness(found).tolist())

    def understand(
        self, text: str, searcher: str | None
    ) -> tuple[Interpretation, tuple[ExistingCooperation, ...], Competence | None]:
        """Return what a text says beside its matter, what there is already, and who carries it.

        Without a searcher nothing is told of partners and of what exists.
        """
        reading = self.read(text, searcher).reading
        said = _said(reading)
        if searcher is None or not reading.matter.is_matter:
            return said, (), None
        row = row_of(self.directory, searcher, "/body")
        there = existing_cooperations.entries(self.existing(reading, row), self.knowledge)
        return said, there, self.carried(reading, row)

    def glance(
        self, text: str, searcher: str | None, limit: int = 10
    ) -> tuple[Interpretation, tuple[SimilarCooperation, ...], Competence | None]:
        """Return what the words alone say: a tenth of the time that the text model takes.

        Whether the text is a matter stays open; cooperations are compared by wording, nearest
        first, and left out where next to no wording is shared.
        """
        partners = self._interpreter.partners(text, searcher)
        gist = self._interpreter.gist(text, partners)
        reading = self._interpreter.read(text, partners, gist, None)
        row = None if searcher is None else row_of(self.directory, searcher, "/body")
        carried = None if row is None else self.carried(reading, row)
        reader = self.knowledge.reader
        if reader is None or not gist.strip():
            return _said(reading), (), carried
        alike = reader.space.wording(gist).reshape(2, -1).max(axis=0)
        nearest = self._nearest(alike, alike >= _SHARED_WORDING, limit)
        return _said(reading), nearest, carried

    def existing(
        self, reading: Reading, searcher: int, allowed: Bools | None = None
    ) -> tuple[Existing, ...]:
        """Return known cooperations in the matter of a text, as the searcher stands to them.

        Such as it could join have a member that `allowed` (n,) lets pass; default: everybody.
        """
        return existing_cooperations.existing_in(
            reading, self._interpreter.learned, self.knowledge, searcher, allowed
        )

    def carried(self, reading: Reading, searcher: int) -> Competence | None:
        """Return who has the task of a text by law; None where no task is named."""
        if reading.task is None:
            return None
        body = self.directory.bodies[searcher]
        if body.beyond_border:  # another Land distributes tasks otherwise
            return None
        standing = body.legal_status.value
        if body.key in LAND.landscape_associations:
            standing = "landschaftsverband"
        return competence(reading.task, standing, body.district, body.district_name)

    @property
    def _interpreter(self) -> Interpreter:
        return self.texts.interpreter

    def _nearest(
        self, likeness: Floats, fitting: Bools, limit: int
    ) -> tuple[SimilarCooperation, ...]:
        """Return the cooperations of greatest likeness (c,) among those that fit (c,)."""
        rows = np.flatnonzero(fitting)
        nearest = rows[np.argsort(-likeness[rows], kind="stable")[:limit]]
        return answer.entries(self.knowledge, nearest, likeness[nearest])


def _said(reading: Reading) -> Interpretation:
    """Return all that was understood."""
    return Interpretation(
        reading.matter.is_matter,
        reading.matter.probability,
        reading.matter.hint or reading.partners.hint,
        reading.partners.wishes,
        reading.partners.named,
        reading.partners.outside,
    )
