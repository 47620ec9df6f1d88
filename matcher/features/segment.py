"""Segment: standing, size, budget and structure; likeness and direction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from data import LegalStatus
from matcher.features.axis import Axis, log, log_share, named
from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import AGEING, Floats, Ints
from matcher.known.knowledge import Knowledge
from models import Shape

SEGMENT = Family("segment", of_matter=False)


def _place(readable: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Store the first place as 0."""
    return np.asarray(readable, np.float64) - 1


@SEGMENT.feature(
    "standing", Shape.LEVELS, named("Rechtsstellung", *(status.label for status in LegalStatus))
)
def status(query: Query, knowledge: Knowledge) -> Ints:
    """Standing of the body, row in `LegalStatus`."""
    return knowledge.bodies.status


@SEGMENT.feature("standing", Shape.CONSTANT_LEVELS)
def searcher_status(query: Query, knowledge: Knowledge) -> Ints:
    """Standing of the searcher."""
    return np.asarray(knowledge.bodies.status[query.searchers, None])


@SEGMENT.feature(
    "size",
    Shape.FREE,
    Axis("Einwohner der Kommune", (5_000, 10_000, 25_000, 50_000, 100_000, 500_000), "", log),
)
def log_population(query: Query, knowledge: Knowledge) -> Floats:
    """Inhabitants of the body, natural logarithm."""
    return knowledge.bodies.log_population


@SEGMENT.feature("size", Shape.CONSTANT)
def searcher_log_population(query: Query, knowledge: Knowledge) -> Floats:
    """Inhabitants of the searcher, natural logarithm."""
    return np.asarray(knowledge.bodies.log_population[query.searchers, None])


@SEGMENT.feature(
    "size",
    Shape.FREE,
    Axis("Platz nach Einwohnern in ihrem Kreis", (1, 2, 3, 5, 10, 20), "", _place),
)
def population_rank(query: Query, knowledge: Knowledge) -> Floats:
    """Place by inhabitants among the municipalities of its Kreis, 0 the largest."""
    return knowledge.bodies.population_rank


@SEGMENT.feature(
    "size",
    Shape.FREE,
    Axis(
        "Einwohner im Vergleich zu Ihrer Kommune", (10, 25, 50, 100, 200, 400, 1000), "%", log_share
    ),
)
def size_ratio(query: Query, knowledge: Knowledge) -> Floats:
    """Inhabitants of the body over those of the searcher, natural logarithm."""
    return np.asarray(knowledge.bodies.log_population - searcher_log_population(query, knowledge))


@SEGMENT.feature(
    "fiscal",
    Shape.FREE,
    Axis("Haushaltsstatus, 1 ausgeglichen bis 7 überschuldet", (1, 2, 3, 4, 5, 6, 7)),
)
def fiscal(query: Query, knowledge: Knowledge) -> Floats:
    """Fiscal level of the body, 1 balanced … 7 worst; NaN unknown."""
    return knowledge.bodies.fiscal


@SEGMENT.feature(
    "fiscal", Shape.FREE, Axis("Abstand im Haushaltsstatus", (0, 1, 2, 3, 4, 5, 6), "Stufen")
)
def fiscal_gap(query: Query, knowledge: Knowledge) -> Floats:
    """How many fiscal levels both are apart; NaN unknown."""
    level = knowledge.bodies.fiscal
    return np.asarray(np.abs(level - level[query.searchers, None]))


@SEGMENT.feature(
    "structure",
    Shape.FREE,
    Axis("Unterschied der Struktur", (0, 0.5, 1, 1.5, 2, 3, 5), "Standardabweichungen"),
)
def structure_gap(query: Query, knowledge: Knowledge) -> Floats:
    """Root mean square of the differences in `Bodies.structure`, z-scores."""
    structure = knowledge.bodies.structure
    gap = structure[None] - structure[query.searchers, None]
    return np.asarray(np.sqrt((gap**2).mean(axis=2)))


@SEGMENT.feature(
    "ageing",
    Shape.FREE,
    Axis(
        "Anteil der Älteren gegenüber dem Mittel", (-3, -2, -1, 0, 1, 2, 3), "Standardabweichungen"
    ),
)
def ageing(query: Query, knowledge: Knowledge) -> Floats:
    """Share of people aged 67 or more in the body, z-score."""
    return np.asarray(knowledge.bodies.structure[:, AGEING])
