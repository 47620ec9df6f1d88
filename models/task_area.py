"""The task area of a text: a linear support vector machine on its vector and its wording."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct, structs
from scipy.sparse import csr_matrix, hstack

from data.matter_tables import MatterName
from data.terms import TaskArea
from models.matter_words import MatterWords
from models.store import reading, write_arrays
from models.unit import lengths, unit
from models.wording import Wording

TASK_AREAS = "task_area.npz"
_WHAT = "Die Zuordnung der Aufgabenbereiche"
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
# Picked among 33 settings on folds of near-duplicates: support vector machine, logistic and ridge
# regression; C; weights of areas, roles and wording; lengths of n-grams; evening out the spread of
# the vectors; labels of the areas as documents. The last 18 were compared on other folds than those
# of `make evaluate`. What gained was to weight rare areas up: of requests in areas with at most 15
# cooperations 78 % are told instead of 69 %, of all others as many as before.
_C = 0.3
_CLASS_WEIGHT = "balanced"
_SEED = 20_260_101
_FOLDS = 5
# Weight of the named matters beside vector and wording; of 0 and 0.5 the better on folds.
_NAMED = 0.5
_NGRAMS = (3, 5)
_MAX_CHARACTERS = 2_000  # as much as the text model reads


class Terse(Struct, frozen=True):
    """Short texts whose area is known, with their unit vectors (t, d), encoded as queries."""

    texts: Sequence[str]
    vectors: Floats
    areas: Sequence[str]


class TaskAreaModel:
    """Tells the task area of a request.

    One support vector machine for each area against all others, on the vector of a text beside its
    TF-IDF row: vectors know synonyms, n-grams know the terms of the trade. e5's vectors crowd in a
    narrow cone, another one for each role, so the mean of the role is taken away before.

    Parameters
    ----------
    areas
        Codes of the task areas that occurred in training, in the order of the classes.
    words
        Fitted TF-IDF over character n-grams.
    centre
        (d,) float32, mean vector of the requests.
    coefficients, intercepts
        (areas, d + vocabulary) and (areas,) float32.
    temperature
        Margins over it act as log-odds.
    names
        Finds the matters that a text names by the words of the trade; their scores are further
        columns. None: the model was learned without.
    """

    def __init__(
        self,
        areas: tuple[str, ...],
        words: Wording,
        centre: Floats,
        coefficients: Floats,
        intercepts: Floats,
        temperature: float,
        names: MatterWords | None = None,
    ) -> None:
        named = len(names.matters) if names else 0
        if coefficients.shape != (len(areas), len(centre) + len(words) + named):
            raise ValueError(f"coefficients of shape {coefficients.shape} fit no vocabulary")
        self.areas, self._words, self._centre = areas, words, centre
        self._coefficients, self._intercepts = coefficients, intercepts
        self._temperature, self._names = temperature, names
        # Row by row in memory: a sparse product would copy the transposed view at each call.
        ends = [len(centre), len(centre) + len(words)]
        self._by_vector, self._by_word, self._by_name = np.split(
            np.ascontiguousarray(coefficients.T), ends
        )

    @classmethod
    def fit(
        cls,
        documents: Sequence[Sequence[str]],
        vectors: Sequence[Floats],
        areas: Sequence[str],
        groups: npt.NDArray[np.int64],
        terse: Terse | None = None,
        names: MatterWords | None = None,
    ) -> TaskAreaModel:
        """Train on c cooperations, each with a document in every role.

        Parameters
        ----------
        documents
            For each role c texts: requests first, as they are what is asked later; then
            descriptions and titles.
        vectors
            For each role (c, d) unit vectors, float32: requests and titles encoded as queries,
            descriptions as passages.
        areas
            Code of the task area of each cooperation; at least three areas.
        groups
            (c,) near-duplicates have the same number, at least five numbers; margins that fit the
            temperature are made without the group.
        terse
            Short texts of known areas that are learned beside the cooperations.
        names
            See the class.
        """
        from sklearn.model_selection import GroupKFold

        truth = np.array(areas)
        classes = np.unique(truth)
        taught = _Taught.of(documents, vectors, terse, names)
        margins = np.full((len(truth), len(classes)), -np.inf)
        for kept, left in GroupKFold(_FOLDS).split(truth, groups=groups):
            known = np.unique(truth[kept])
            part = cls._train(taught.among(kept), truth[kept], names)
            columns = np.searchsorted(classes, known)
            asked = [documents[0][i] for i in left]
            margins[np.ix_(left, columns)] = part.margins(asked, vectors[0][left])
        model = cls._train(taught, truth, names)
        model._temperature = _temperature(margins, np.searchsorted(classes, truth))
        return model

    @classmethod
    def _train(
        cls, taught: _Taught, truth: npt.NDArray[np.str_], names: MatterWords | None
    ) -> TaskAreaModel:
        from sklearn.svm import LinearSVC

        texts = [text for role in taught.documents for text in role]
        placed = [unit(role - role.mean(axis=0)) for role in taught.vectors]
        labels, named = np.tile(truth, len(taught.documents)), list(taught.named)
        if taught.terse is not None:
            terse = taught.terse
            known = np.isin(terse.areas, truth)
            texts += [text for text, here in zip(terse.texts, known, strict=True) if here]
            placed.append(unit(terse.vectors[known] - taught.vectors[0].mean(axis=0)))
            labels = np.concatenate([labels, np.array(terse.areas)[known]])
            named.append(taught.terse_named[known])
        words, wording = Wording.fit(texts, _NGRAMS)
        parts = [csr_matrix(np.vstack(placed)), wording]
        if names is not None:
            parts.append(csr_matrix(np.vstack(named)))
        rows = hstack(parts).tocsr()
        machine = LinearSVC(C=_C, class_weight=_CLASS_WEIGHT, random_state=_SEED)
        machine.fit(rows, labels)
        return cls(
            tuple(str(area) for area in machine.classes_),
            words,
            taught.vectors[0].mean(axis=0),
            # Rounded here already, so that a saved model tells the same as this one.
            machine.coef_.astype(np.float16).astype(np.float32),
            machine.intercept_.astype(np.float32),
            1.0,
            names,
        )

    def searches(self, names: MatterWords) -> bool:
        """Tell whether it looks for the same words of the same matters as `names`."""
        return self._names is not None and self._names.matters == names.matters

    def margins(self, texts: Sequence[str], vectors: Floats) -> Doubles:
        """Return how far m requests are on the side of each area, (m, areas); see `predict`."""
        return self._margins(vectors, self.wording(texts))

    def wording(self, texts: Sequence[str], scores: Floats | None = None) -> Floats:
        """Return what words alone say for each area, (m, areas) log-odds.

        Parameters
        ----------
        texts
            m requests.
        scores
            (m, matters) what `MatterWords.score` gives of them, where that is known already; see
            `searches`.
        """
        wording = self._words.times([text[:_MAX_CHARACTERS] for text in texts], self._by_word)
        if self._names is None:
            return wording
        scores = self._names.score(texts) if scores is None else scores
        return wording + _shortened(scores) @ self._by_name

    def predict(self, texts: Sequence[str], vectors: Floats) -> Doubles:
        """Return the probability of each area.

        Parameters
        ----------
        texts
            m requests.
        vectors
            (m, d) unit vectors, float32, encoded as queries.

        Returns
        -------
        ndarray
            (m, areas) float64 in the order of `areas`; rows sum to 1.
        """
        return self.shares(vectors, self.wording(texts))

    def shares(self, vectors: Floats, wording: Floats) -> Doubles:
        """Return the same as `predict` where the words were read; see `wording`."""
        return _softmax(self._margins(vectors, wording) / self._temperature)

    def _margins(self, vectors: Floats, wording: Floats) -> Doubles:
        meaning = unit(vectors - self._centre) @ self._by_vector
        return np.asarray(meaning + wording + self._intercepts, np.float64)

    def save(self, folder: Path) -> None:
        """Write vocabulary and coefficients."""
        arrays = {
            "areas": np.array(self.areas),
            "vocabulary": np.array(self._words.vocabulary),
            "idf": self._words.idf,
            "centre": self._centre,
            "coefficients": self._coefficients.astype(np.float16),
            "intercepts": self._intercepts,
            "temperature": np.float64(self._temperature),
            "names": np.array(_to_json(self._names)),
        }
        write_arrays(folder / TASK_AREAS, arrays)

    @classmethod
    def load(cls, folder: Path) -> TaskAreaModel:
        """Read a saved model.

        Raises
        ------
        MissingModelError
            The file is missing or broken.
        """
        path = folder / TASK_AREAS
        with reading(path, _WHAT), np.load(path, allow_pickle=False) as stored:
            words = Wording(stored["vocabulary"].tolist(), stored["idf"], _NGRAMS)
            return cls(
                tuple(stored["areas"].tolist()),
                words,
                stored["centre"],
                stored["coefficients"].astype(np.float32),
                stored["intercepts"],
                float(stored["temperature"]),
                _from_json(str(stored["names"])) if "names" in stored else None,
            )


class _Taught(Struct, frozen=True):
    """What is learned from: each role's texts, vectors and scores of the matters they name.

    To look for all matters takes longer than to learn: it is done once for all folds.
    """

    documents: Sequence[Sequence[str]]
    vectors: Sequence[Floats]
    named: Sequence[Floats]
    terse: Terse | None
    terse_named: Floats

    @classmethod
    def of(
        cls,
        documents: Sequence[Sequence[str]],
        vectors: Sequence[Floats],
        terse: Terse | None,
        names: MatterWords | None,
    ) -> _Taught:
        found = names or MatterWords((), ())
        by_role = [_named(found, role) for role in documents]
        return cls(
            documents, vectors, by_role, terse, _named(found, () if terse is None else terse.texts)
        )

    def among(self, kept: npt.NDArray[np.int64]) -> _Taught:
        """Return what some cooperations teach, beside all that is terse."""
        return structs.replace(
            self,
            documents=[[role[i] for i in kept] for role in self.documents],
            vectors=[role[kept] for role in self.vectors],
            named=[role[kept] for role in self.named],
        )


def _named(names: MatterWords, texts: Sequence[str]) -> Floats:
    """Return scores of the matters that texts name, (m, matters), as `_shortened`."""
    return _shortened(names.score(texts))


def _shortened(scores: Floats) -> Floats:
    """Return scores of matters (m, matters) in rows of at most length 0.5."""
    return np.asarray(_NAMED * scores / np.maximum(lengths(scores), 1), np.float32)


def _to_json(names: MatterWords | None) -> str:
    matters = names.matters if names else ()
    return json.dumps([[m.name, m.task_area.value, m.words, m.weak_words] for m in matters])


def _from_json(text: str) -> MatterWords | None:
    matters = [
        MatterName(name, TaskArea.parse(area), tuple(words), tuple(weak))
        for name, area, words, weak in json.loads(text)
    ]
    return MatterWords(matters, ()) if matters else None


def _temperature(margins: Doubles, truth: npt.NDArray[np.int64]) -> float:
    """Minimise the log-loss of out-of-group margins (Guo et al. 2017, temperature scaling)."""
    from scipy.optimize import minimize_scalar

    told = np.isfinite(margins[np.arange(len(truth)), truth])
    margins, truth = margins[told], truth[told]

    def loss(log_temperature: float) -> float:
        shares = _softmax(margins / np.exp(log_temperature))
        return float(-np.log(np.maximum(shares[np.arange(len(truth)), truth], 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))


def _softmax(logits: Doubles) -> Doubles:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
