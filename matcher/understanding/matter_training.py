"""Learning from the labelled texts: what is a matter, which matters are the same or related."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from data import Cooperation
from data.matter_tables import LabelledText, MatterTables
from matcher.understanding.matter_features import MatterReader
from matcher.understanding.matter_texts import PAIR_NAMES, ReadTexts
from models.is_matter import IsMatter, TextExamples
from models.matter_words import MatterWords
from models.same_matter import RELATED_MATTER, PairExamples, SameMatter, held_out
from models.task_area import Terse

if TYPE_CHECKING:
    from pathlib import Path

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Encode = Callable[[Sequence[str]], Floats]

# Share of matters that may be refused, of texts that are harder than most: what officials wrote who
# saw nothing of this is refused three to four times as often, and 0.03 are asked of them.
REFUSED = 0.01
FALSE_ALARMS = 0.05  # share of other matters for which an own cooperation may be told; asked: 0.06
_NEAREST = 30
_REQUESTS, _REQUEST_WEIGHT = 300, 0.3
_SEARCHERS, _STRANGERS = 3, 2  # bodies that ask, for each text
_SEED = 20_261_126


class Decisions(Struct, frozen=True):
    """Whether existing cooperations were told, each text asked by bodies, models without the text.

    Attributes
    ----------
    logits, labels
        Log-odds and truth of each pair of a text and a cooperation of the asking body.
    told, alarms
        Greatest probability among the body's cooperations: of the text's matter where the body has
        one, and of any where it has none but one of the same task area.
    """

    logits: npt.NDArray[np.float64]
    labels: Ints
    told: npt.NDArray[np.float64]
    alarms: npt.NDArray[np.float64]


class MatterModels(Struct, frozen=True):
    """What was learned, and the figures measured on texts that were left out.

    `measured` holds shares (0 … 1) and the expected calibration error.
    """

    is_matter: IsMatter
    same: SameMatter
    related: SameMatter
    measured: dict[str, float]

    def save(self, folder: Path) -> None:
        """Write the three artifacts."""
        self.is_matter.save(folder)
        self.same.save(folder)
        self.related.save(folder, RELATED_MATTER)


def made_of(tables: MatterTables, data_version: str, text_model: str) -> str:
    """Return what the models are learned from, so that a stale one is refused."""
    return f"{tables.version}|{data_version}|{text_model}"


def terse_texts(tables: MatterTables, words: MatterWords, encode: Encode) -> Terse:
    """Return the labelled texts of known areas without a cooperation, abbreviations spelled out.

    They are learned by `TaskAreaModel.fit` beside the cooperations.
    """
    chosen = [(t.text, t.task_area) for t in tables.texts if t.task_area and not t.cooperation]
    texts = [words.spell_out(text) for text, _ in chosen]
    return Terse(texts, encode(texts), [area.value for _, area in chosen])


def fit(
    tables: MatterTables,
    cooperations: Sequence[Cooperation],
    participation: Floats,
    groups: Ints,
    reader: MatterReader,
    encode: Encode,
    version: str,
) -> MatterModels:
    """Learn all three models.

    Parameters
    ----------
    tables
        Labelled texts and families of matters.
    cooperations, participation, groups
        The c known ones, (c, n) who takes part, (c,) number of near-duplicates.
    reader
        Reads texts in their light.
    encode
        Gives unit vectors (m, d) of m texts as queries.
    version
        From `made_of`.
    """
    truth = _Truth(tables, cooperations, participation > 0, groups, reader.rivals.matter)
    texts = truth.texts
    gists = [reader.gist(text.text) for text in texts]
    vectors = encode(gists)
    reading = reader.read(gists, vectors)
    same, measured = _fit_same(truth, reading, version)
    pairs, _ = truth.related_pairs(reading)
    related = SameMatter.fit(pairs, PAIR_NAMES, version)
    is_matter, figures = _fit_is_matter(tables, cooperations, reader, encode, version)
    return MatterModels(is_matter, same, related, measured | figures)


class _Truth:
    """Which cooperations are the matter of each text, which another one, and which is unclear."""

    def __init__(
        self,
        tables: MatterTables,
        cooperations: Sequence[Cooperation],
        takes_part: Bools,
        groups: Ints,
        matter: Ints,
    ) -> None:
        place = {c.id: i for i, c in enumerate(cooperations)}
        self.texts: list[LabelledText] = [
            text
            for text in tables.texts
            if text.cooperation in place or (text.style == "absent" and text.task_area)
        ]
        self.own = np.array([place.get(t.cooperation or "", -1) for t in self.texts], np.int64)
        self.takes_part, self.groups = takes_part, groups
        areas = np.array([c.task_area.value for c in cooperations])
        self.same_area = np.array([areas == (t.task_area or "") for t in self.texts])
        families = _families(tables, [f"{c.title} {c.description}" for c in cooperations])
        asked = _families(tables, [t.text for t in self.texts])
        has = self.own >= 0
        asked[has] = families[self.own[has]]
        # Read by hand which is of which matter; the patterns tell texts of no known cooperation.
        matters = has[:, None] & (matter[self.own][:, None] == matter[None, :])
        self.same_family = (asked @ families.T > 0) | matters
        here = np.arange(len(self.texts))
        duplicates = (groups[None, :] == groups[self.own][:, None]) & self.same_family
        self.same = duplicates & has[:, None]
        self.same[here[has], self.own[has]] = True
        # Of one matter, or family and area, it may be the same elsewhere: no example for either.
        alike = self.same_family & (self.same_area | ~has[:, None])
        self.unclear = (alike | matters) & ~self.same
        self.group = np.where(has, groups[self.own], groups.max() + 1 + here)

    def pairs(self, reading: ReadTexts) -> PairExamples:
        """Return pairs whose label is sure: those of the area, of the partners, and the nearest."""
        chosen = self._chosen(reading) & ~self.unclear
        return self._examples(reading, chosen, self.same)

    def related_pairs(self, reading: ReadTexts) -> tuple[PairExamples, Bools]:
        """Return pairs labelled by whether the matters are the same or related."""
        chosen = self._chosen(reading)
        return self._examples(reading, chosen, self.same | self.same_family), chosen

    def _chosen(self, reading: ReadTexts) -> Bools:
        behind = reading.pairs[:, :, PAIR_NAMES.index("behind_nearest")]
        nearest = np.zeros_like(self.same)
        order = np.argsort(-behind, axis=1, kind="stable")[:, :_NEAREST]
        np.put_along_axis(nearest, order, True, axis=1)
        members = self.takes_part[self.own] & (self.own >= 0)[:, None]
        partners = (members.astype(np.float32) @ self.takes_part.T.astype(np.float32)) > 0
        return np.asarray(nearest | partners | self.same_area)

    def _examples(self, reading: ReadTexts, chosen: Bools, labels: Bools) -> PairExamples:
        rows, columns = np.nonzero(chosen)
        return PairExamples(
            reading.pairs[rows, columns],
            labels[rows, columns].astype(np.int64),
            self.group[rows].astype(np.int64),
        )

    def askers(self, row: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Return bodies that have the matter of a text, and such with only others of its area."""
        has = self.takes_part[self.same[row]].any(axis=0)
        near = self.takes_part[self.same[row] | self.same_family[row]].any(axis=0)
        lacks = self.takes_part[self.same_area[row]].any(axis=0) & ~near
        drawn = rng.permutation(np.flatnonzero(has))[:_SEARCHERS]
        return drawn, rng.permutation(np.flatnonzero(lacks))[:_STRANGERS]


def _families(tables: MatterTables, texts: Sequence[str]) -> Floats:
    found = [[bool(p.search(text)) for p in tables.families] for text in texts]
    return np.array(found, np.float32)


def _fit_same(
    truth: _Truth, reading: ReadTexts, version: str
) -> tuple[SameMatter, dict[str, float]]:
    examples = truth.pairs(reading)
    decided = decide(truth, reading, held_out(examples, PAIR_NAMES))
    scaled = SameMatter.fit(examples, PAIR_NAMES, version).calibrated(
        decided.logits, decided.labels, 0.5
    )
    alarms = scaled.probability(decided.alarms, own=True)
    threshold = float(np.quantile(alarms, 1 - FALSE_ALARMS))
    model = scaled.calibrated(decided.logits, decided.labels, threshold)
    told = model.probability(decided.told, own=True)
    chances = model.probability(decided.logits, own=True)
    return model, {
        "existing_told": float((told >= threshold).mean()),
        "existing_false_alarms": float((alarms >= threshold).mean()),
        "existing_auc": _auc(chances, decided.labels),
        "existing_ece": calibration_error(chances, decided.labels),
        "existing_cases": float(len(told)),
        "not_existing_cases": float(len(alarms)),
    }


def decide(
    truth: _Truth, reading: ReadTexts, models: list[tuple[set[int], SameMatter]]
) -> Decisions:
    """Let bodies ask each text, answered by the model that has not seen its group."""
    rng = np.random.default_rng(_SEED)
    logits: list[npt.NDArray[np.float64]] = []
    labels: list[Bools] = []
    told: list[float] = []
    alarms: list[float] = []
    for row, group in enumerate(truth.group):
        model = next((m for seen, m in models if int(group) in seen), models[0][1])
        scores = model.logits(reading.pairs[row])
        for has, bodies in zip((True, False), truth.askers(row, rng), strict=True):
            for body in bodies:
                own = np.flatnonzero(truth.takes_part[:, body])
                right = truth.same[row, own]
                sure = right | ~truth.unclear[row, own]
                logits.append(scores[own[sure]])
                labels.append(right[sure])
                (told if has else alarms).append(float(scores[own[right] if has else own].max()))
    return Decisions(
        np.concatenate(logits),
        np.concatenate(labels).astype(np.int64),
        np.array(told),
        np.array(alarms),
    )


def _fit_is_matter(
    tables: MatterTables,
    cooperations: Sequence[Cooperation],
    reader: MatterReader,
    encode: Encode,
    version: str,
) -> tuple[IsMatter, dict[str, float]]:
    gists = [reader.gist(t.text) for t in tables.texts]
    vectors = encode(gists)
    rng = np.random.default_rng(_SEED)
    drawn = np.sort(rng.permutation(len(cooperations))[:_REQUESTS]).astype(np.int64)
    requests = [reader.gist(cooperations[i].request) for i in drawn]
    request_vectors = encode(requests)
    signs = reader.read(gists, vectors).signs
    # A known request is its own nearest text; it is read as if it were not known.
    known = reader.read(requests, request_vectors, known=drawn).signs
    labels = np.array([t.is_matter for t in tables.texts] + [True] * len(drawn), np.int64)
    examples = TextExamples(
        gists + requests,
        np.vstack([vectors, request_vectors]),
        np.vstack([signs, known]),
        labels,
        [t.style for t in tables.texts] + ["known"] * len(drawn),
        np.array([1.0] * len(gists) + [_REQUEST_WEIGHT] * len(drawn), np.float32),
    )
    model, chances = IsMatter.fit(examples, REFUSED, version)
    none, some = chances[labels == 0], chances[labels == 1]
    return model, {
        "no_matter_caught": float((none < model.threshold).mean()),
        "matter_refused": float((some < model.threshold).mean()),
        "matter_auc": _auc(chances, labels),
        "matter_ece": calibration_error(chances, labels),
    }


def calibration_error(chances: npt.NDArray[np.float64], labels: Ints, bins: int = 10) -> float:
    """Return the expected calibration error over equally wide bins (Guo et al. 2017)."""
    places = np.minimum((chances * bins).astype(int), bins - 1)
    error = 0.0
    for place in np.unique(places):
        here = places == place
        error += here.mean() * abs(chances[here].mean() - labels[here].mean())
    return float(error)


def _auc(chances: npt.NDArray[np.float64], labels: Ints) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(labels, chances))
