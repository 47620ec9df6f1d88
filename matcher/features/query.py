"""One request as the feature families see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data import TaskArea
from matcher.knowledge import Knowledge, Vectors
from matcher.landscape import Floats
from matcher.similar import Similar, find_similar, narrow_to_area, of_area

_AREAS = {area: row for row, area in enumerate(TaskArea)}


@dataclass(frozen=True, slots=True)
class Query:
    """A searcher and a matter.

    Attributes
    ----------
    searcher
        Row of the searching body.
    similar
        Past cooperations like the matter, with weights.
    areas
        (31,) weight of each task area among them; sums to 1.
    """

    searcher: int
    similar: Similar
    areas: Floats


def make_query(
    knowledge: Knowledge, searcher: int, vector: Vectors | None, area: TaskArea | None = None
) -> Query:
    """Retrieve what is similar to a matter, once for all features.

    Parameters
    ----------
    knowledge
        The state to answer from.
    searcher
        Row of the searching body.
    vector
        (d,) unit vector of the text, None when the text model is off.
    area
        Task area, where the searcher named it.
    """
    row = None if area is None else _AREAS[area]
    if vector is None or knowledge.passages is None:
        similar = of_area(knowledge, row)
    else:
        similar = find_similar(knowledge, vector)
        if row is not None:
            similar = narrow_to_area(similar, knowledge, row)
    areas = similar.weight @ knowledge.areas[similar.indices]
    return Query(searcher, similar, np.asarray(areas, np.float32))
