"""The understanding as one component: a text in, all that it says out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from msgspec import Struct

from data import CarriedTask, Cooperation, TaskArea
from data.language import Language
from matcher.understanding.competence import Hits, TaskIndex
from matcher.understanding.existing import related
from matcher.understanding.gazetteer import Gazetteer, OutsidePlace, Region, ordinary_words
from matcher.understanding.matter_features import MatterReader
from matcher.understanding.matter_found import MatterFound, find_matter
from matcher.understanding.matter_texts import ReadTexts, WordedTexts
from matcher.understanding.pasted import plain
from matcher.understanding.understood import Understood, understand
from matcher.understanding.wish import denies
from models.derived import Derived
from models.is_matter import IsMatter
from models.same_matter import SameMatter

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
_LIKELY_AREAS = 3
_LIKELY = 0.05


class Learned(Struct, frozen=True):
    """What was learned about matters; see the modules of the same names in `models`."""

    reader: MatterReader
    is_matter: IsMatter
    same: SameMatter
    related: SameMatter


class Words(Struct, frozen=True):
    """What the words of one text say, before its meaning is known.

    Attributes
    ----------
    compared
        Its gist beside all known cooperations.
    is_matter
        (1,) for its being a matter; see `IsMatter.wording`.
    tasks
        Of which tasks it has phrases.
    """

    compared: WordedTexts
    is_matter: Floats
    tasks: Hits


class Reading(Struct, frozen=True):
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


class Interpreter(Struct, frozen=True):
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
        derived: Derived | None = None,
    ) -> Self:
        """Make it from the tables; known texts tell which names are ordinary words, too.

        `derived` may keep those words.
        """
        texts = [text for c in cooperations for text in (c.request, c.description)]
        words = (derived or Derived()).get(
            "ordinary", texts, lambda: {"words": np.array(sorted(ordinary_words(texts)))}
        )
        gazetteer = Gazetteer.of(
            bodies,
            frozenset(words["words"].tolist()),
            {s: Region(r.name, r.prefixes) for r in language.regions for s in r.spellings},
            [OutsidePlace(p.name, p.where, p.sure) for p in language.places_outside],
            language.spelt_right,
        )
        return cls(gazetteer, TaskIndex(language.tasks), learned)

    def partners(self, text: str, searcher: str | None) -> Understood:
        """Return what a text says about partners; nothing while the searching body is not known."""
        if searcher is None:
            return Understood((), (), ())
        return understand(text, searcher, self.gazetteer)

    def gist(self, text: str, partners: Understood) -> str:
        """Return what of a text is encoded: its gist, without wishes that name what is not wanted.

        All else of it without a text model. See `without_denied`.
        """
        left = plain(without_denied(text, partners))
        return left if self.learned is None else self.learned.reader.gist(left)

    def words(self, text: str, gist: str) -> Words | None:
        """Return what the words of a text and of its gist say; None without a text model."""
        if self.learned is None:
            return None
        compared = self.learned.reader.worded([gist])
        return Words(compared, self.learned.is_matter.wording([gist]), self.tasks.hits(plain(text)))

    def read(
        self,
        text: str,
        partners: Understood,
        gist: str,
        vector: Floats | None,
        words: Words | None = None,
    ) -> Reading:
        """Read a text.

        Parameters
        ----------
        text
            As written.
        partners
            What `partners` returned.
        gist, vector
            What `gist` returned, and its unit vector (d,); None without a text model.
        words
            What `words` returned, where they were read already.
        """
        words = words if vector is None else words or self.words(text, gist)
        if self.learned is None or vector is None or words is None:
            task = self.tasks.find(plain(text), ())
            return Reading(partners, MatterFound(True, None, None), task, None)
        compared = self.learned.reader.meant(words.compared, vector[None, :])
        beside = plain(_without(text, partners.places))
        found = find_matter(
            self.learned.is_matter, plain(text), beside, gist, vector, compared, words.is_matter
        )
        task = self.tasks.pick(words.tasks, self._likely_areas(compared)) if words.tasks else None
        return Reading(partners, found, task, compared)

    def fitting(self, reading: Reading) -> Bools | None:
        """Return which known cooperations are of the matter read or a related one, (c,).

        None without a text model.
        """
        if self.learned is None or reading.compared is None:
            return None
        return related(self.learned.related, reading.compared.pairs[0])

    def _likely_areas(self, compared: ReadTexts) -> set[TaskArea]:
        assert self.learned is not None
        areas, shares = self.learned.reader.task_areas.areas, compared.shares[0]
        order = np.argsort(-shares, kind="stable")[:_LIKELY_AREAS]
        return {TaskArea.parse(areas[i]) for i in order if shares[i] >= _LIKELY}


def without_denied(text: str, partners: Understood) -> str:
    """Return a text without wishes that name what is not wanted, and places beyond the border.

    Sentences that speak of partners alone are left out, too: they say nothing of the matter.
    Meaning knows no negation: "außerhalb unseres Kreises" comes near to requests for the Kreis.
    A text of nothing else stays as it is.
    """
    denied = [(w.start, w.end) for w in partners.wishes if denies(w.value)]
    spans = [*denied, *((p.start, p.end) for p in partners.outside), *partners.asides]
    left = _without(text, spans)
    return left if spans and any(letter.isalpha() for letter in left) else text


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text without what stands in [start, end) of some spans."""
    left, done = "", 0
    for start, end in sorted(spans):
        left += text[done : max(start, done)]
        done = max(done, end)
    return " ".join((left + text[done:]).split())
