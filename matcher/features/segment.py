"""Segment: standing, size, budget and structure; likeness and direction."""

from __future__ import annotations

import numpy as np

from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import AGEING, Floats, Ints
from matcher.known.knowledge import Knowledge
from models import Shape

SEGMENT = Family("segment", of_matter=False)


@SEGMENT.feature("standing", Shape.LEVELS)
def status(query: Query, knowledge: Knowledge) -> Ints:
    """Standing of the body, row in `LegalStatus`."""
    return knowledge.bodies.status


@SEGMENT.feature("standing", Shape.CONSTANT_LEVELS)
def searcher_status(query: Query, knowledge: Knowledge) -> Ints:
    """Standing of the searcher."""
    return np.asarray(knowledge.bodies.status[query.searchers, None])


@SEGMENT.feature("size")
def log_population(query: Query, knowledge: Knowledge) -> Floats:
    """Inhabitants of the body, natural logarithm."""
    return knowledge.bodies.log_population


@SEGMENT.feature("size", Shape.CONSTANT)
def searcher_log_population(query: Query, knowledge: Knowledge) -> Floats:
    """Inhabitants of the searcher, natural logarithm."""
    return np.asarray(knowledge.bodies.log_population[query.searchers, None])


@SEGMENT.feature("size")
def population_rank(query: Query, knowledge: Knowledge) -> Floats:
    """Place by inhabitants among the municipalities of its Kreis, 0 the largest."""
    return knowledge.bodies.population_rank


@SEGMENT.feature("size")
def size_ratio(query: Query, knowledge: Knowledge) -> Floats:
    """Inhabitants of the body over those of the searcher, natural logarithm."""
    return np.asarray(knowledge.bodies.log_population - searcher_log_population(query, knowledge))


@SEGMENT.feature("size")
def size_gap(query: Query, knowledge: Knowledge) -> Floats:
    """How far the sizes are apart, whichever is larger."""
    return np.asarray(np.abs(size_ratio(query, knowledge)))


@SEGMENT.feature("fiscal")
def fiscal(query: Query, knowledge: Knowledge) -> Floats:
    """Fiscal level of the body, 1 balanced … 7 worst; NaN unknown."""
    return knowledge.bodies.fiscal


@SEGMENT.feature("fiscal")
def fiscal_gap(query: Query, knowledge: Knowledge) -> Floats:
    """How many fiscal levels both are apart; NaN unknown."""
    level = knowledge.bodies.fiscal
    return np.asarray(np.abs(level - level[query.searchers, None]))


@SEGMENT.feature("structure")
def structure_gap(query: Query, knowledge: Knowledge) -> Floats:
    """Root mean square of the differences in `Bodies.structure`, z-scores."""
    structure = knowledge.bodies.structure
    gap = structure[None] - structure[query.searchers, None]
    return np.asarray(np.sqrt((gap**2).mean(axis=2)))


@SEGMENT.feature("ageing")
def ageing(query: Query, knowledge: Knowledge) -> Floats:
    """Share of people aged 67 or more in the body, z-score."""
    return np.asarray(knowledge.bodies.structure[:, AGEING])
