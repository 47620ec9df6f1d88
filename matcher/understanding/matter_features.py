"""Reads texts beside all known cooperations: their words first, then their meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from scipy.sparse import csr_matrix, hstack

from data import Cooperation
from matcher.understanding.matter_signs import worded
from matcher.understanding.matter_texts import PAIR_NAMES, ReadTexts, WordedTexts
from matcher.understanding.rivals import Rivals
from models import TaskAreaModel, TextSpace, likeness
from models.by_ngram import ByNgram
from models.derived import Arrays, Derived, Part
from models.matter_words import NAMED, MatterWords

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_TITLE, _BODY = 1.3, 0.75  # a matter in the title says more than one in the description
_NEAR = 10
_AREA_FLOOR = 0.01
_WORD = re.compile(r"[a-zäöüß]{3,}")


class MatterReader(Struct, frozen=True):
    """Compares texts with the known cooperations; made once.

    Attributes
    ----------
    space, task_areas, words
        How texts are compared, sorted and searched for words.
    columns
        (c,) place of each cooperation's area among those of `task_areas`, -1 where it has none.
    titles
        (c, d) unit vectors of the titles.
    known_words
        TF-IDF of 3c texts: requests, descriptions and titles.
    named
        (matters, c) how clearly each matter is named by each cooperation.
    rarity
        (matters,) ln of c over the cooperations that name it.
    weighed
        (matters, c) `named` times `rarity`.
    weight
        (c,) length of its columns.
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
    known_words: ByNgram
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
        known_words = ByNgram.of(hstack([space.known_words, title_words], format="csr"))
        rarity = np.log((len(cooperations) + 1) / ((named >= NAMED).sum(axis=0) + 1)) + 0.3
        weighed = (named * rarity).astype(np.float32)
        places = {area: i for i, area in enumerate(task_areas.areas)}
        columns = np.array([places.get(c.task_area.value, -1) for c in cooperations], np.int64)
        texts = " ".join(f"{c.title} {c.description} {c.request}" for c in cooperations)
        vocabulary = frozenset(_WORD.findall(texts.lower()))
        rivals = Rivals.of(matters, np.minimum(named, _TITLE) * rarity)
        return cls(
            space, task_areas, words, columns, space.points_of(title_vectors), known_words,
            np.ascontiguousarray(named.T), rarity.astype(np.float32),
            np.ascontiguousarray(weighed.T), np.linalg.norm(weighed, axis=1), rivals, vocabulary,
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
        # One product with all: what is looked up for each takes longer than the sums themselves.
        alike = self.known_words.times([self.space.words.row(text) for text in texts])
        known_texts = len(self.space.points)
        wording, titles = alike[:, :known_texts], alike[:, known_texts:]
        if known is not None:
            wording[np.arange(len(texts)), known] = 0
        named = self.words.score(texts)
        return WordedTexts(
            wording,
            pairs=self._word_pairs(wording, titles, named),
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
        pairs = self._pairs(points @ self.titles.T, meaning, shares, worded.pairs)
        signs = self._signs(meaning, shares, worded)
        return ReadTexts(pairs, signs, meaning, worded.wording, shares)

    def _word_pairs(self, wording: Floats, titles: Floats, named: Floats) -> dict[str, Floats]:
        requests, descriptions = _halves(wording)
        share, cosine, best, missing = self._shared(named, titles.shape)
        any_named = (named >= NAMED).any(axis=1, keepdims=True)
        same, ahead = self.rivals.words(named * self.rarity)
        return {
            "wording_request": requests,
            "wording_description": descriptions,
            "wording_title": titles,
            "wording_best": np.maximum(np.maximum(requests, descriptions), titles),
            "named_share": share,
            "named_cosine": cosine,
            "named_best": best,
            "named_missing": missing,
            "names_any": np.broadcast_to(any_named.astype(np.float32), titles.shape),
            "named_cosine_any": any_named * cosine,
            "matter_named": same,
            "matter_named_ahead": ahead,
        }

    def _pairs(
        self, titles: Floats, meaning: Floats, shares: Floats, words: Mapping[str, Floats]
    ) -> Floats:
        requests, descriptions = _halves(meaning)
        wordings = [words[f"wording_{text}"] for text in ("request", "description", "title")]
        alike = likeness(_mean(requests, descriptions, titles), _mean(*wordings))
        # A cooperation of an area that the model does not know has the column of no area, the last.
        padded = np.zeros((len(shares), shares.shape[1] + 1), np.float32)
        padded[:, :-1] = shares
        area = np.log(padded + _AREA_FLOOR).take(self.columns, axis=1)
        ahead, matter_ahead = self.rivals.likeness(alike)
        told = {
            **words,
            "meaning_request": requests,
            "meaning_description": descriptions,
            "meaning_title": titles,
            "log_area": area,
            "behind_nearest": alike - alike.max(axis=1, keepdims=True),
            # Of the three texts of a cooperation the nearest; likeness says less in another area,
            # and more where the text names no matter by the words of the trade.
            "meaning_best": np.maximum(np.maximum(requests, descriptions), titles),
            "meaning_in_area": area * requests,
            "meaning_unnamed": (1 - words["names_any"]) * requests,
            "ahead_of_matters": ahead,
            "matter_ahead": matter_ahead,
        }
        # Feature by feature in memory: each is written, and read, as it lies.
        pairs = np.empty((len(PAIR_NAMES), *alike.shape), np.float32)
        for place, name in enumerate(PAIR_NAMES):
            pairs[place] = told[name]
        return pairs.transpose(1, 2, 0)

    def _shared(self, named: Floats, shape: tuple[int, ...]) -> Floats:
        """Return (4, m, c) share, cosine, best and missing of what texts name; see `PAIR_NAMES`."""
        shared = np.zeros((4, *shape), np.float32)
        for row in range(shape[0]):
            here = np.flatnonzero(named[row])  # a text names few of the matters
            if len(here):
                theirs, rarity = self.named[here], self.rarity[here]
                weighted = named[row, here] * rarity
                shared[0, row] = weighted @ np.minimum(theirs, _TITLE) / (weighted.sum() + 0.5)
                length = (np.sqrt(weighted @ weighted) + 0.5) * (self.weight + 0.5)
                shared[1, row] = weighted @ self.weighed[here] / length
                asked = (np.minimum(named[row, here], 1) * rarity)[:, None]
                there = np.minimum(theirs, 1)
                shared[2, row] = (asked * there).max(axis=0)
                shared[3, row] = (asked * (1 - there)).max(axis=0)
        return shared

    def _signs(self, meaning: Floats, shares: Floats, worded: WordedTexts) -> Floats:
        request, description = _halves(meaning)
        worded_request, worded_description = _halves(worded.wording)
        ordered = np.sort(shares, axis=1)
        columns = [
            request.max(axis=1), description.max(axis=1),
            _mean_of_nearest(description), _mean_of_nearest(request),
            worded_description.max(axis=1), worded_request.max(axis=1),
            np.log(ordered[:, -1] + 1e-3), ordered[:, -1] - ordered[:, -2],
            -(shares * np.log(shares + 1e-9)).sum(axis=1),
        ]  # fmt: skip
        return np.concatenate([_side_by_side(columns), worded.signs], axis=1)

    def _word_signs(self, texts: Sequence[str], named: Floats) -> Floats:
        words = [_WORD.findall(text.lower()) for text in texts]
        columns = [
            [sum(w in self.vocabulary for w in found) / max(len(found), 1) for found in words],
            np.log([len(text) + 1 for text in texts]), [len(found) for found in words],
            np.minimum(named.max(axis=1), 1), np.minimum(named.sum(axis=1), 3),
            [self.words.has_abbreviation(text) for text in texts],
            *worded(texts),
        ]  # fmt: skip
        return _side_by_side(columns)


def _halves(cosines: Floats) -> tuple[Floats, Floats]:
    """Return cosines with requests and with descriptions, (m, c) each, of (m, 2c)."""
    count = cosines.shape[1] // 2
    return cosines[:, :count], cosines[:, count:]


def _mean(one: Floats, other: Floats, third: Floats) -> Floats:
    return np.asarray((one + other + third) / 3, np.float32)


def _mean_of_nearest(cosines: Floats) -> Floats:
    nearest = np.partition(cosines, -_NEAR, axis=1)[:, -_NEAR:]
    return np.asarray(nearest.sum(axis=1) / _NEAR, np.float32)


def _side_by_side(columns: Sequence[Floats | Sequence[float]]) -> Floats:
    table = np.empty((len(columns[0]), len(columns)), np.float32)
    for place, column in enumerate(columns):
        table[:, place] = column
    return table


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
