"""How alike the matters of texts are that nobody knows yet: two bodies that ask for the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data import TaskArea
from matcher.understanding.matter_features import Floats, MatterReader
from models import likeness
from models.matter_words import NAMED

# Of 1,047 known requests all pairs were compared, each with its area, in one matter or in two (see
# `tests/matcher/understanding/test_two_texts.py`). Meaning and wording alone tell the same matter
# with AUC 0.903, with the area 0.985, with area and words of the trade 0.990; of six pairs of
# weights these are the best.
_BY_WORDS, _BY_AREA = 0.3, 0.2
_AS_MANY = 0.5  # cosine of the matters named at which words speak neither for nor against
_NONE = 0.05
UNRELATED, SAME = 0.15, 0.4
"""Between these likeness turns from another matter into the same.

Of pairs in one matter 90 % and 48 % lie above, of those in two matters 2 % and 0.2 %.
"""


def alike(
    reader: MatterReader,
    texts: Sequence[str],
    vectors: Floats,
    areas: Sequence[TaskArea | None],
) -> Floats:
    """Return how like the matter of the first text each other one is, (m - 1,), about -1 … 1.5.

    Likeness of meaning and wording, and more or less of it by what both name: words of the same or
    of other matters, the same task area.

    Parameters
    ----------
    reader
        Knows meaning, wording and the words of the trade.
    texts
        m gists, see `MatterReader.gist`.
    vectors
        (m, d) their unit vectors, encoded as queries.
    areas
        m task areas, None where not known.
    """
    points, rows = reader.space.place(vectors, texts)
    wording = (rows[1:] @ rows[0].T).toarray()[:, 0]
    found = likeness(points[1:] @ points[0], wording)
    scores = reader.words.score(texts)
    names = np.asarray((scores >= NAMED).any(axis=1))
    weighed = scores * reader.rarity
    weighed /= np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9)
    both, shared = names[0] & names[1:], weighed[1:] @ weighed[0]
    same = np.array([area is not None and area is areas[0] for area in areas[1:]], bool)
    found += _BY_WORDS * (shared - _AS_MANY) * both + _BY_AREA * same
    # In short texts "gemeinsam betreiben" is most of what is said. Who names other matters in
    # another area asks for something else: that is so of 0.3 % of the pairs in one matter.
    found[both & (shared < _NONE) & ~same] = -1
    return np.asarray(found, np.float32)


def sameness(found: Floats) -> Floats:
    """Return how far likeness speaks for the same matter, 0 … 1."""
    return np.asarray(np.clip((found - UNRELATED) / (SAME - UNRELATED), 0, 1), np.float32)
