"""The understanding as one component: a text in, all that it says out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import CarriedTask, Cooperation, TaskArea
from data.language import Language
from matcher.understanding.competence import TaskIndex
from matcher.understanding.gazetteer import Gazetteer, OutsidePlace, Region
from matcher.understanding.matter_features import MatterReader, ReadTexts
from matcher.understanding.matter_found import MatterFound, find_matter
from matcher.understanding.understood import Understood, understand
from models.is_matter import IsMatter
from models.same_matter import SameMatter

Floats = npt.NDArray[np.float32]
_LIKELY_AREAS = 3
_LIKELY = 0.05


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned about matters; see the modules of the same names in `models`."""

    reader: MatterReader
    is_matter: IsMatter
    same: SameMatter
    related: SameMatter


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as it was read.

    Attributes
    ----------
    partners
        Wishes, named bodies and places beyond the border.
    matter
        Whether it is a matter; without a text model it counts as one, with no probability.
    task
        The task that it names, None where that is not certain.
    compared
        The text beside all known cooperations, None without a text model.
    """

    partners: Understood
    matter: MatterFound
    task: CarriedTask | None
    compared: ReadTexts | None


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads texts; made once.

    Attributes
    ----------
    gazetteer
        Spellings of bodies, regions and places.
    tasks
        Tasks by the words that name them.
    learned
        None without a text model: then wishes, names and tasks are read, matters are not judged.
    """

    gazetteer: Gazetteer
    tasks: TaskIndex
    learned: Learned | None

    @classmethod
    def of(
        cls,
        language: Language,
        bodies: pd.DataFrame,
        cooperations: Sequence[Cooperation],
        learned: Learned | None,
    ) -> Self:
        """Make it from the tables; known texts tell which names are ordinary words, too."""
        gazetteer = Gazetteer.of(
            bodies,
            [text for c in cooperations for text in (c.request, c.description)],
            {s: Region(r.name, r.prefixes) for r in language.regions for s in r.spellings},
            [OutsidePlace(p.name, p.where, p.sure) for p in language.places_outside],
        )
        return cls(gazetteer, TaskIndex(language.tasks), learned)

    def gist(self, text: str) -> str:
        """Return what of a text is encoded; all of it without a text model."""
        return text if self.learned is None else self.learned.reader.gist(text)

    def read(self, text: str, searcher: str | None, gist: str, vector: Floats | None) -> Reading:
        """Read a text.

        Parameters
        ----------
        text
            As written: places of wishes and names are positions in it.
        searcher
            Key of the searching body; None while it is not known, then no partners are read.
        gist, vector
            What `gist` returned, and its unit vector (d,); None without a text model.
        """
        partners = Understood((), (), ())
        if searcher is not None:
            partners = understand(text, searcher, self.gazetteer)
        if self.learned is None or vector is None:
            task = self.tasks.find(text, ())
            return Reading(partners, MatterFound(True, None, None), task, None)
        compared = self.learned.reader.read([gist], vector[None, :])
        found = find_matter(self.learned.is_matter, gist, vector, compared)
        task = self.tasks.find(text, self._likely_areas(compared))
        return Reading(partners, found, task, compared)

    def _likely_areas(self, compared: ReadTexts) -> set[TaskArea]:
        assert self.learned is not None
        areas, shares = self.learned.reader.task_areas.areas, compared.shares[0]
        order = np.argsort(-shares, kind="stable")[:_LIKELY_AREAS]
        return {TaskArea.parse(areas[i]) for i in order if shares[i] >= _LIKELY}
