"""How alike two texts are: meaning and wording, both centred on what the known texts share."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from scipy.sparse import csr_matrix

from models.derived import Arrays, Derived
from models.unit import unit
from models.wording import Wording

Floats = npt.NDArray[np.float32]

# Shares of meaning and wording in a likeness, and how far the spread of the vectors is evened out:
# picked among 14 settings by the rank of a request's own description in folds of `make evaluate`.
MEANING, WORDING = 33 / 43, 10 / 43
_EVENING = 0.15
_FLOOR = 0.1  # of the mean variance: directions that hardly vary are not blown up

# Requests in the data have up to 333 characters; of 400 and 600 the better limit in two folds.
GIST_CHARACTERS = 400
_NGRAMS = (3, 5)
_NEAREST = 5  # known texts that a telling sentence comes near to
_SENTENCE = re.compile(r"[^.!?\n;]{1,300}(?:[.!?;]+|\n|\s|$)|\S{300}")


class TextSpace(Struct, frozen=True):
    """Compares texts with the known requests and descriptions.

    e5's vectors crowd in a narrow cone: every pair of texts is alike. Here the mean of each role is
    taken away and the spread is evened out in part (Mu and Viswanath 2018, All-but-the-top;
    Su et al. 2021, Whitening sentence representations). Character n-grams (TF-IDF) add the
    wording, which a vector blurs ("Nachbarkreis", "Dreierturnus").

    Nothing is learned from labels; the space is made anew from the known texts wherever they
    change, in each fold of the evaluation too.

    Attributes
    ----------
    centres
        (2, d) mean vector of requests and of descriptions.
    evening
        (d, d) what evens out the spread.
    words
        TF-IDF over both.
    points
        (2c, d) unit vectors of the known texts, requests first. One product with all of them is
        exact and takes less than a millisecond for 2,000.
    known_words
        (vocabulary, 2c) TF-IDF of the known texts, laid out by n-gram: a new text looks up its own.
    """

    centres: Floats
    evening: Floats
    words: Wording
    points: Floats
    known_words: csr_matrix

    @classmethod
    def fit(
        cls,
        request_vectors: Floats,
        description_vectors: Floats,
        requests: Sequence[str],
        descriptions: Sequence[str],
        derived: Derived | None = None,
    ) -> TextSpace:
        """Make the space of c known cooperations.

        Parameters
        ----------
        request_vectors, description_vectors
            (c, d) unit vectors, encoded as queries and as passages.
        requests, descriptions
            c texts each.
        derived
            Where n-grams of the same texts, and what evens their vectors, may be kept.
        """
        centres = np.stack([request_vectors.mean(axis=0), description_vectors.mean(axis=0)])
        shifted = np.vstack([request_vectors - centres[0], description_vectors - centres[1]])
        derived = derived or Derived()
        evening = derived.get(
            "evening",
            [str((_FLOOR, _EVENING)), request_vectors, description_vectors],
            lambda: {"matrix": _evening(shifted)},
        )["matrix"]
        texts = [*requests, *descriptions]
        counted = derived.get("wording", [str(_NGRAMS), *texts], lambda: _counted(texts))
        words = Wording(counted["vocabulary"].tolist(), counted["idf"], _NGRAMS)
        known_words = csr_matrix(
            (counted["values"], counted["columns"].astype(np.int32), counted["ends"]),
            shape=(len(texts), len(words)),
        )
        return cls(centres, evening, words, unit(shifted @ evening), known_words.T.tocsr())

    def __len__(self) -> int:
        return len(self.points) // 2

    def gist(self, text: str) -> str:
        """Return what of a text is read: all of a short one, the telling sentences of a long one.

        A letter of several pages says little about its matter in most sentences, and would be
        read as what it mostly says. Kept are the sentences whose wording comes nearest to known
        texts, in their order, up to `GIST_CHARACTERS`. Capitals alone are read as small letters.
        """
        text = text.lower() if text.isupper() else text
        if len(text) <= GIST_CHARACTERS:
            return text
        sentences = list(dict.fromkeys(_sentences(text)))
        near = (self.words.rows(sentences) @ self.known_words).toarray()
        telling = -np.sort(-near, axis=1)[:, :_NEAREST].mean(axis=1)
        kept: set[int] = set()
        length = 0
        for place in np.argsort(-telling, kind="stable").tolist():
            if kept and length + len(sentences[place]) > GIST_CHARACTERS:
                break
            kept.add(place)
            length += len(sentences[place])
        return " ".join(sentences[place] for place in sorted(kept))

    def compare(self, vectors: Floats, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Compare new requests with all known texts.

        Parameters
        ----------
        vectors
            (m, d) unit vectors of the texts, encoded as queries.
        texts
            m texts.

        Returns
        -------
        meaning, wording : ndarray
            (m, 2c) cosines each, requests first, then descriptions.
        """
        points, rows = self.place(vectors, texts)
        meaning = np.asarray(points @ self.points.T, np.float32)
        return meaning, np.asarray((rows @ self.known_words).toarray(), np.float32)

    def wording(self, text: str) -> Floats:
        """Compare the words of one new text with all known texts; (2c,) cosines as `compare`."""
        return np.asarray((self.words.rows([text]) @ self.known_words).toarray()[0], np.float32)

    def place(
        self, vectors: Floats, texts: Sequence[str], descriptions: bool = False
    ) -> tuple[Floats, csr_matrix]:
        """Return where texts lie: (m, d) unit vectors and (m, vocabulary) TF-IDF rows.

        `descriptions` says that they are such, encoded as passages; else they are requests.
        """
        return self.points_of(vectors, descriptions), self.words.rows(texts)

    def points_of(self, vectors: Floats, descriptions: bool = False) -> Floats:
        """Return the first half of `place`."""
        return unit((vectors - self.centres[int(descriptions)]) @ self.evening)

    def compare_known(self) -> tuple[Floats, Floats]:
        """Compare all known texts with each other; (2c, 2c) cosines each, as `compare`."""
        wording = (self.known_words.T @ self.known_words).toarray()
        meaning = self.points @ self.points.T
        return np.asarray(meaning, np.float32), np.asarray(wording, np.float32)


def likeness(meaning: Floats, wording: Floats) -> Floats:
    """Blend both cosines into one, -1 … 1."""
    return np.asarray(MEANING * meaning + WORDING * wording, np.float32)


def _counted(texts: Sequence[str]) -> Arrays:
    words, rows = Wording.fit(texts, _NGRAMS)
    # Two bytes hold a column of 65,536 n-grams.
    columns = rows.indices.astype(np.uint16 if len(words) < 2**16 else np.int32)
    return {
        "vocabulary": np.array(words.vocabulary),
        "idf": words.idf,
        "values": rows.data,
        "columns": columns,
        "ends": rows.indptr,
    }


def _sentences(text: str) -> list[str]:
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if sentence]


def _evening(shifted: Floats) -> Floats:
    values, vectors = np.linalg.eigh(shifted.T.astype(np.float64) @ shifted / len(shifted))
    raised = np.maximum(values, 0) + _FLOOR * values.mean()
    return np.asarray((vectors * raised**-_EVENING) @ vectors.T, np.float32)
