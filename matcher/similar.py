"""Similar past cooperations: exact search over unit vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.knowledge import Knowledge, Vectors
from matcher.landscape import Floats, Ints

# By judgement, not tuned: e5's cosines crowd between 0.75 and 0.95, so a small temperature is
# needed to tell near from far; beyond 60 neighbours the weights are next to nothing.
NEIGHBOURS = 60
TEMPERATURE = 0.02


@dataclass(frozen=True, slots=True)
class Similar:
    """Past cooperations nearest to a matter.

    Attributes
    ----------
    indices
        (k,) indices of cooperations, nearest first.
    similarity
        (k,) cosine.
    weight
        (k,) softmax of similarity / temperature; sums to 1.
    """

    indices: Ints
    similarity: Floats
    weight: Floats


def find_similar(knowledge: Knowledge, vector: Vectors, count: int = NEIGHBOURS) -> Similar:
    """Return the `count` cooperations whose descriptions are nearest to `vector` (d,).

    Raises
    ------
    ValueError
        The knowledge has no vectors (text model switched off).
    """
    if knowledge.passages is None:
        raise ValueError("No vectors: the text model is switched off.")
    index = knowledge.index
    similarity, indices = index.search(vector[None, :], min(count, index.ntotal))
    scaled = (similarity[0] - similarity[0].max()) / TEMPERATURE
    weight = np.exp(scaled)
    return Similar(
        indices[0].astype(np.int64), similarity[0], (weight / weight.sum()).astype(np.float32)
    )


def of_area(knowledge: Knowledge, area: int | None) -> Similar:
    """Stand in for a text: all cooperations of a task area (or all there are) weigh the same.

    Used when no text model is at hand; `similarity` is 0 throughout.
    """
    indices = np.arange(len(knowledge.cooperations))
    if area is not None and knowledge.areas[:, area].any():
        indices = np.flatnonzero(knowledge.areas[:, area])
    count = len(indices)
    return Similar(
        indices.astype(np.int64), np.zeros(count, np.float32), np.full(count, 1 / count, np.float32)
    )


def narrow_to_area(similar: Similar, knowledge: Knowledge, area: int) -> Similar:
    """Give half of the weight to similar cooperations of the task area that was named."""
    inside = knowledge.areas[similar.indices, area] * similar.weight
    if inside.sum() == 0:
        return similar
    weight = 0.5 * similar.weight + 0.5 * inside / inside.sum()
    return Similar(similar.indices, similar.similarity, weight.astype(np.float32))
