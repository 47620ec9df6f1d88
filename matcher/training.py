"""Training rows from known cooperations, each seen as if it were not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.progress import track
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from data import LegalStatus
from matcher.features import FEATURES, NAMES, features, make_query
from matcher.known.bodies import Floats, Ints
from matcher.known.knowledge import Knowledge, Vectors
from matcher.known.matter import Matter
from models import Examples, Provenance, Ranker, Shape, TaskAreaModel
from models.additive_descent import SETTINGS, Settings
from models.additive_fit import Leaning, fit_additive
from models.matter_words import MatterWords
from models.task_area import Terse

MAX_SEARCHERS = 6
_SEED = 20_260_101
_SAME_PARTNERS = 0.6
_SAME_MATTER = 0.9
SHAPES: dict[str, Shape] = {feature.name: feature.shape for feature in FEATURES}
"""What is certain about each feature, in the order of the columns."""
FOR_MANY: Leaning = {
    ("expected_log_size", None): 1.0,
    ("group_size", None): 0.5,
    ("searcher_status", float(LegalStatus.DISTRICT.row)): 2.0,
}
"""Where the two curves of a feature part, to begin with: searches that foretell a large group, and
those of a Kreis, look for many. By judgement, not tuned; learning moves it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of features with labels.

    Attributes
    ----------
    features
        (queries, bodies, features) float32; the searcher's own row stands in with label NaN.
    labels
        (queries, bodies) float32: 1 partner, 0 other, NaN the searcher.
    weights
        (queries,) float32: 1 / searchers of the cooperation.
    cooperation, searcher
        (queries,) index of the cooperation, row of the body.
    """

    features: Floats
    labels: Floats
    weights: Floats
    cooperation: Ints
    searcher: Ints


def near_duplicates(knowledge: Knowledge) -> Ints:
    """Group cooperations that are nearly the same: same partners and same matter.

    Two belong together when their participants overlap by at least 0.6 (Jaccard) and they are of
    one task area or their descriptions are nearly alike (cosine at least 0.9); groups are closed
    under this.

    Returns
    -------
    ndarray
        (c,) number of the group of each cooperation.
    """
    took_part = knowledge.participation
    both = took_part @ took_part.T
    size = took_part.sum(axis=1)
    jaccard = both / (size[:, None] + size[None, :] - both)
    same_matter = knowledge.areas @ knowledge.areas.T > 0
    if knowledge.passages is not None:
        same_matter |= knowledge.passages @ knowledge.passages.T >= _SAME_MATTER
    linked = csr_matrix((jaccard >= _SAME_PARTNERS) & same_matter)
    return np.asarray(connected_components(linked, directed=False)[1], np.int64)


def searchers(knowledge: Knowledge, index: int) -> Ints:
    """Return the rows of the participants that search: all, at most six, drawn by a fixed seed."""
    rows = np.flatnonzero(knowledge.participation[index])
    if len(rows) <= MAX_SEARCHERS:
        return rows.astype(np.int64)
    # Seeded by the id, so that a draw does not depend on which other cooperations are there.
    name = np.frombuffer(knowledge.cooperations[index].id.encode(), np.uint8)
    rng = np.random.default_rng([_SEED, *name.tolist()])
    return np.sort(rng.choice(rows, MAX_SEARCHERS, replace=False)).astype(np.int64)


def learnable(knowledge: Knowledge) -> Ints:
    """Return the indices of cooperations with at least two known participants."""
    return np.flatnonzero(knowledge.patterns.size >= 2).astype(np.int64)


def training_rows(
    knowledge: Knowledge, groups: Ints, indices: Ints, show_progress: bool = True
) -> Rows:
    """Make rows for known cooperations, each seen as if it and its near-duplicates were unknown.

    Parameters
    ----------
    knowledge
        What is known; has to be able to read.
    groups
        (c,) from `near_duplicates`.
    indices
        Which cooperations to make rows for.
    """
    assert knowledge.reader is not None
    matters = knowledge.reader.read_known(groups)

    def states() -> Iterator[tuple[int, Knowledge, Matter]]:
        for index in track(
            indices,
            description="Merkmale berechnen",
            console=Console(stderr=True),
            disable=not show_progress,
        ):
            same = groups == groups[index]
            state = knowledge.without(np.flatnonzero(same))
            yield int(index), state, matters[index].among(np.flatnonzero(~same))

    return stack_rows(knowledge, states())


def stack_rows(
    knowledge: Knowledge, states: Iterable[tuple[int, Knowledge, Matter | None]]
) -> Rows:
    """Ask the searchers of each cooperation, in the given state of knowledge; stack the rows."""
    views, labels, weights, cooperation, searching = [], [], [], [], []
    for index, state, matter in states:
        rows = searchers(knowledge, index)
        views.append(features(make_query(state, rows, matter), state))
        label = np.repeat(knowledge.participation[[index]], len(rows), axis=0)
        label[np.arange(len(rows)), rows] = np.nan
        labels.append(label)
        weights += [1 / len(rows)] * len(rows)
        cooperation += [index] * len(rows)
        searching.append(rows)
    return Rows(
        np.concatenate(views),
        np.concatenate(labels),
        np.array(weights, np.float32),
        np.array(cooperation, np.int64),
        np.concatenate(searching),
    )


def fit(
    rows: Rows,
    groups: Ints,
    data_version: str,
    fingerprint: str,
    text_model: str,
    today: str,
) -> Ranker:
    """Train a ranker on rows; all bodies but the searcher are candidates.

    `groups` (c,) are those of `near_duplicates`, so that what scales the score is held out whole.
    """
    provenance = Provenance(
        data_version=data_version,
        feature_fingerprint=fingerprint,
        text_model=text_model,
        cooperations=len(np.unique(rows.cooperation)),
        queries=len(rows.labels),
        rows=int((~np.isnan(rows.labels)).sum()),
        trained_on=today,
    )
    examples = Examples(rows.features, rows.labels, rows.weights, groups[rows.cooperation])
    return fit_ranker(examples, NAMES, provenance)


def fit_ranker(
    examples: Examples,
    names: Sequence[str],
    provenance: Provenance,
    settings: Settings = SETTINGS,
) -> Ranker:
    """Train on examples of some features, by their declared shapes."""
    shapes = {name: SHAPES.get(name, Shape.FREE) for name in names}
    return fit_additive(examples, shapes, FOR_MANY, provenance, settings)


def fit_task_areas(
    knowledge: Knowledge,
    titles: Vectors,
    groups: Ints,
    terse: Terse | None = None,
    words: MatterWords | None = None,
) -> TaskAreaModel:
    """Learn the task area from requests, descriptions and titles of all known cooperations.

    `titles` (c, d) are encoded as queries; `groups` (c,) are those of `near_duplicates`; `terse`
    are short texts learned beside them, `words` the names of matters.
    """
    assert knowledge.requests is not None
    assert knowledge.passages is not None
    known = knowledge.cooperations
    return TaskAreaModel.fit(
        [[c.request for c in known], [c.description for c in known], [c.title for c in known]],
        [knowledge.requests, knowledge.passages, titles],
        [c.task_area.value for c in known],
        groups,
        terse,
        words,
    )
