"""Reads texts beside all known cooperations: their words first, then their meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from data import Cooperation
from matcher.understanding.matter_signs import worded
from matcher.understanding.matter_texts import ReadTexts, WordedTexts
from matcher.understanding.rivals import Rivals
from models import TaskAreaModel, TextSpace, likeness
from models.derived import Arrays, Derived, Part
from models.matter_words import NAMED, MatterWords

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_TITLE, _BODY = 1.3, 0.75  # a matter in the title says more than one in the description
_NEAR = 10
_AREA_FLOOR = 0.01
_WORD = re.compile(r"[a-zäöüß]{3,}")


def times(rows: csr_matrix, known: csr_matrix) -> Floats:
    """Return the product of few sparse rows (m, v) with sparse (v, k), (m, k).

    For one row what SciPy prepares takes longer than the sums themselves.
    """
    if rows.shape[0] != 1:
        return np.asarray((rows @ known).toarray(), np.float32)
    starts, ends = known.indptr[rows.indices], known.indptr[rows.indices + 1]
    # Slices are copied as they lie; to gather by places reads and writes three times as much.
    spans = [slice(*bounds) for bounds in zip(starts.tolist(), ends.tolist(), strict=True)]
    if not spans:
        return np.zeros((1, known.shape[1]), np.float32)
    values = np.concatenate([known.data[span] for span in spans])
    values *= np.repeat(rows.data, ends - starts)
    columns = np.concatenate([known.indices[span] for span in spans])
    sums = np.bincount(columns, values, known.shape[1])
    return np.asarray(sums[None, :], np.float32)


@dataclass(frozen=True, slots=True)
class MatterReader:
    """Compares texts with the known cooperations; made once.

    Attributes
    ----------
    space, task_areas, words
        How texts are compared, sorted and searched for words.
    columns
        (c,) place of each cooperation's area among those of `task_areas`, -1 where it has none.
    titles, title_words
        (c, d) unit vectors and (vocabulary, c) TF-IDF of the titles.
    named
        (c, matters) how clearly each cooperation names each matter.
    rarity
        (matters,) ln of c over the cooperations that name it.
    weighed
        (c, matters) `named` times `rarity`.
    weight
        (c,) length of its rows.
    rivals
        The same by matter.
    vocabulary
        All words of the known texts.
    names_shared
        Whether `task_areas` looks for the words of the same matters as `words`.
    """

    space: TextSpace
    task_areas: TaskAreaModel
    words: MatterWords
    columns: Ints
    titles: Floats
    title_words: csr_matrix
    named: Floats
    rarity: Floats
    weighed: Floats
    weight: Floats
    rivals: Rivals
    vocabulary: frozenset[str]
    names_shared: bool

    @classmethod
    def of(
        cls,
        cooperations: Sequence[Cooperation],
        matters: Sequence[str],
        title_vectors: Floats,
        space: TextSpace,
        task_areas: TaskAreaModel,
        words: MatterWords,
        derived: Derived | None = None,
    ) -> Self:
        """Make the reader.

        Parameters
        ----------
        cooperations, matters
            The c known ones, and the code of the matter of each.
        title_vectors
            (c, d) unit vectors of the titles, encoded as queries.
        space, task_areas, words
            See the class.
        derived
            May keep which matters the known cooperations name.
        """
        derived = derived or Derived()
        head = [c.title for c in cooperations]
        body = [f"{c.description} {c.request}" for c in cooperations]

        def score() -> Arrays:
            named = np.maximum(_TITLE * words.score(head), _BODY * words.score(body))
            return {"named": named}

        rule = repr((_TITLE, _BODY, [(m.words, m.weak_words) for m in words.matters]))
        named = derived.get("named", [rule, *head, *body], score)["named"]
        title_words = _columns_of(head, space, derived)
        rarity = np.log((len(cooperations) + 1) / ((named >= NAMED).sum(axis=0) + 1)) + 0.3
        weighed = (named * rarity).astype(np.float32)
        places = {area: i for i, area in enumerate(task_areas.areas)}
        columns = np.array([places.get(c.task_area.value, -1) for c in cooperations], np.int64)
        texts = " ".join(f"{c.title} {c.description} {c.request}" for c in cooperations)
        vocabulary = frozenset(_WORD.findall(texts.lower()))
        rivals = Rivals.of(matters, np.minimum(named, _TITLE) * rarity)
        return cls(
            space, task_areas, words, columns, space.points_of(title_vectors), title_words, named,
            rarity.astype(np.float32), weighed, np.linalg.norm(weighed, axis=1), rivals, vocabulary,
            task_areas.searches(words),
        )  # fmt: skip

    def gist(self, text: str) -> str:
        """Return what of a text is encoded and read: its gist, with abbreviations spelled out."""
        return self.words.spell_out(self.space.gist(text))

    def read(self, texts: Sequence[str], vectors: Floats, known: Ints | None = None) -> ReadTexts:
        """Read m texts: their words, then their meaning; see `worded` and `meant`."""
        return self.meant(self.worded(texts, known), vectors, known)

    def worded(self, texts: Sequence[str], known: Ints | None = None) -> WordedTexts:
        """Read the words of m texts: all that needs no vector, so that it can be had beside one.

        Parameters
        ----------
        texts
            m gists, see `gist`.
        known
            (m,) cooperations whose own request the texts are: it is not compared with itself.
        """
        rows = self.space.words.rows(texts)
        wording = times(rows, self.space.known_words)
        if known is not None:
            wording[np.arange(len(texts)), known] = 0
        named = self.words.score(texts)
        return WordedTexts(
            wording,
            titles=times(rows, self.title_words),
            named=named,
            areas=self.task_areas.wording(texts, named if self.names_shared else None),
            signs=self._word_signs(texts, named),
        )

    def meant(self, worded: WordedTexts, vectors: Floats, known: Ints | None = None) -> ReadTexts:
        """Read m texts whose words were read.

        Parameters
        ----------
        worded
            What `worded` returned.
        vectors
            (m, d) their unit vectors, encoded as queries.
        known
            As for `worded`.
        """
        points = self.space.points_of(vectors)
        meaning = np.asarray(points @ self.space.points.T, np.float32)
        if known is not None:
            meaning[np.arange(len(meaning)), known] = 0
        shares = self.task_areas.shares(vectors, worded.areas).astype(np.float32)
        pairs = self._pairs(points @ self.titles.T, meaning, shares, worded)
        signs = self._signs(meaning, shares, worded)
        return ReadTexts(pairs, signs, meaning, worded.wording, shares)

    def _pairs(
        self,
        titles: Floats,
        meaning: Floats,
        shares: Floats,
        worded: WordedTexts,
    ) -> Floats:
        count, named = len(self.columns), worded.named
        meanings = [meaning[:, :count], meaning[:, count:], titles]
        wordings = [worded.wording[:, :count], worded.wording[:, count:], worded.titles]
        alike = likeness(np.mean(meanings, axis=0), np.mean(wordings, axis=0))
        # A cooperation of an area that the model does not know has the column of no area.
        padded = np.hstack([shares, np.zeros((len(shares), 1), np.float32)])
        area = np.log(padded[:, self.columns] + _AREA_FLOOR)
        shared = self._shared(named, alike.shape)
        cosine, any_named = shared[1], shared[2]
        columns = [
            *meanings,
            *wordings,
            area,
            alike - alike.max(axis=1, keepdims=True),
            *shared,
            # Of the three texts of a cooperation the nearest; likeness says less in another area,
            # and more where the text names no matter by the words of the trade.
            np.max(meanings, axis=0),
            np.max(wordings, axis=0),
            area * meanings[0],
            (1 - any_named) * meanings[0],
            any_named * cosine,
            *self.rivals.likeness(alike),
            *self.rivals.words(named * self.rarity),
        ]
        pairs = np.empty((*alike.shape, len(columns)), np.float32)
        for place, column in enumerate(columns):
            pairs[..., place] = column
        return pairs

    def _shared(self, named: Floats, shape: tuple[int, ...]) -> list[Floats]:
        any_named = (named >= NAMED).any(axis=1, keepdims=True)
        share, cosine, best, missing = (np.zeros(shape, np.float32) for _ in range(4))
        for row in range(shape[0]):
            here = np.flatnonzero(named[row])  # a text names few of the matters
            if len(here):
                theirs, rarity = self.named[:, here], self.rarity[here]
                weighted = named[row, here] * rarity
                share[row] = np.minimum(theirs, _TITLE) @ weighted / (weighted.sum() + 0.5)
                cosine[row] = self.weighed[:, here] @ weighted
                cosine[row] /= (np.linalg.norm(weighted) + 0.5) * (self.weight + 0.5)
                asked = np.minimum(named[row, here], 1) * rarity
                there = np.minimum(theirs, 1)
                best[row] = (asked * there).max(axis=1)
                missing[row] = (asked * (1 - there)).max(axis=1)
        return [share, cosine, np.broadcast_to(any_named, shape), best, missing]

    def _signs(self, meaning: Floats, shares: Floats, worded: WordedTexts) -> Floats:
        count, wording = len(self.columns), worded.wording
        request, description = meaning[:, :count], meaning[:, count:]
        ordered = np.sort(shares, axis=1)
        near = [-np.partition(-m, _NEAR, axis=1)[:, :_NEAR].mean(axis=1)
                for m in (description, request)]  # fmt: skip
        columns = [
            request.max(axis=1), description.max(axis=1), *near,
            wording[:, count:].max(axis=1), wording[:, :count].max(axis=1),
            np.log(ordered[:, -1] + 1e-3), ordered[:, -1] - ordered[:, -2],
            -(shares * np.log(shares + 1e-9)).sum(axis=1),
        ]  # fmt: skip
        return np.hstack([_stacked(columns), worded.signs])

    def _word_signs(self, texts: Sequence[str], named: Floats) -> Floats:
        words = [_WORD.findall(text.lower()) for text in texts]
        columns = [
            [sum(w in self.vocabulary for w in found) / max(len(found), 1) for found in words],
            np.log([len(text) + 1 for text in texts]), [len(found) for found in words],
            np.minimum(named.max(axis=1), 1), np.minimum(named.sum(axis=1), 3),
            [self.words.has_abbreviation(text) for text in texts],
            *worded(texts),
        ]  # fmt: skip
        return _stacked(columns)


def _stacked(columns: Sequence[npt.ArrayLike]) -> Floats:
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def _columns_of(texts: Sequence[str], space: TextSpace, derived: Derived) -> csr_matrix:
    """Return the TF-IDF of m texts, (vocabulary, m), laid out by n-gram."""

    def make() -> Arrays:
        table = space.words.rows(texts).T.tocsr()
        return {"values": table.data, "columns": table.indices, "ends": table.indptr}

    learned = space.words
    made_of: list[Part] = [" ".join(learned.vocabulary), learned.idf, *texts]
    found = derived.get("titles", made_of, make)
    shape = len(learned), len(texts)
    return csr_matrix((found["values"], found["columns"], found["ends"]), shape=shape)
