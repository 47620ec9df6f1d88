"""Geography: how near a body lies to the searcher, and in which borders both lie."""

from __future__ import annotations

import numpy as np

from data.land import LAND
from matcher.features.axis import Axis, log, log1p, named, share
from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.relation import Relation
from models import Shape

GEOGRAPHY = Family("geography", of_matter=False)
RELATIONS = {
    Relation.OWN_DISTRICT: "der eigene Kreis",
    Relation.MEMBER: "kreisangehörige Kommunen",
    Relation.ASSOCIATION: LAND.association_words,
    Relation.NEIGHBOUR_SAME_DISTRICT: "Nachbarn im selben Kreis",
    Relation.SAME_DISTRICT: "weitere Kommunen desselben Kreises",
    Relation.NEIGHBOUR: "Nachbarn jenseits der Kreisgrenze",
    Relation.OTHER_DISTRICT: "ein anderer Kreis",
    Relation.SAME_REGION: "Partner aus demselben Regierungsbezirk ohne gemeinsame Grenze",
    Relation.SAME_ASSOCIATION: "Partner aus einem anderen Regierungsbezirk des Landesteils",
    Relation.OTHER: "Partner aus dem anderen Landesteil",
}
"""How a body stands to the searcher, in German."""


@GEOGRAPHY.feature(
    "distance",
    Shape.FALLING,
    Axis("Luftlinie zwischen den Verwaltungssitzen", (0, 5, 10, 25, 50, 100, 200), "km", log1p),
)
def log_seat_km(query: Query, knowledge: Knowledge) -> Floats:
    """Distance between the seats, log(1 + km)."""
    return np.asarray(np.log1p(knowledge.bodies.seat_km[query.searchers]))


@GEOGRAPHY.feature(
    "distance",
    Shape.FALLING,
    Axis("Abstand der Gebiete", (0, 5, 10, 25, 50, 100, 200), "km", log1p),
)
def log_gap_km(query: Query, knowledge: Knowledge) -> Floats:
    """Distance between the nearest borders, log(1 + km)."""
    return np.asarray(np.log1p(knowledge.bodies.gap_km[query.searchers]))


@GEOGRAPHY.feature(
    "distance",
    Shape.FALLING,
    Axis("Wie viele gleicher Art näher liegen", (0, 1, 3, 10, 30, 100, 300), "", log1p),
)
def log_rank(query: Query, knowledge: Knowledge) -> Floats:
    """Bodies of its kind that are nearer, log(1 + count)."""
    return np.asarray(np.log1p(knowledge.bodies.rank[query.searchers]))


@GEOGRAPHY.feature(
    "distance",
    Shape.FALLING,
    Axis(
        "Entfernung, gemessen am üblichen Abstand der Nachbarn",
        (0.1, 0.5, 1, 2, 5, 10, 50),
        "mal so weit",
        log,
    ),
)
def relative_km(query: Query, knowledge: Knowledge) -> Floats:
    """Distance over how far neighbours lie apart where the searcher is, logarithm."""
    local = knowledge.bodies.local_km(query.searchers)[:, None]
    return np.asarray(np.log((knowledge.bodies.seat_km[query.searchers] + 1) / (local + 1)))


@GEOGRAPHY.feature(
    "adjacent", Shape.RISING, Axis("Gemeinsame Grenze", (0, 5, 10, 25, 50, 100, 200), "km")
)
def border_km(query: Query, knowledge: Knowledge) -> Floats:
    """Length of the common border, km."""
    return np.asarray(knowledge.bodies.border_km[query.searchers])


@GEOGRAPHY.feature(
    "adjacent",
    Shape.RISING,
    Axis("Gemeinsamer Teil Ihrer Grenze", (0, 10, 20, 30, 50, 100), "%", share),
)
def border_share(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the searcher's border with its own kind that is common, at most 1."""
    return _of_border(query, knowledge, knowledge.bodies.border_total[query.searchers, None])


@GEOGRAPHY.feature("adjacent", Shape.RISING)
def border_share_back(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the body's border with its own kind that is common, at most 1."""
    return _of_border(query, knowledge, knowledge.bodies.border_total)


@GEOGRAPHY.feature(
    "distance", Shape.FALLING, Axis("Grenzen, die dazwischen liegen", (1, 2, 3, 4, 5, 6))
)
def hops(query: Query, knowledge: Knowledge) -> Floats:
    """Borders to cross, at most 6."""
    return np.asarray(knowledge.bodies.hops[query.searchers])


@GEOGRAPHY.feature("adjacent", Shape.RISING, Axis("Gemeinsame Nachbarn", (0, 1, 2, 3)))
def common_neighbours(query: Query, knowledge: Knowledge) -> Floats:
    """Bodies that border on both."""
    return np.asarray(knowledge.bodies.common_neighbours[query.searchers])


@GEOGRAPHY.feature(
    "district", Shape.RISING, named("Kreis", "verschiedene Kreise", "derselbe Kreis")
)
def same_district(query: Query, knowledge: Knowledge) -> Bools:
    """Whether both belong to one Kreis."""
    district = knowledge.bodies.district
    return np.asarray(district == district[query.searchers, None])


@GEOGRAPHY.feature(
    "region", Shape.RISING, named("Regierungsbezirk", "verschiedene Bezirke", "derselbe Bezirk")
)
def same_region(query: Query, knowledge: Knowledge) -> Bools:
    """Whether both lie in one Regierungsbezirk."""
    return _same(knowledge.bodies.region, query.searchers)


@GEOGRAPHY.feature("region", Shape.RISING, named("LEADER-Region", "keine gemeinsame", "dieselbe"))
def same_leader(query: Query, knowledge: Knowledge) -> Bools:
    """Whether both belong to one LEADER region."""
    return _same(knowledge.bodies.leader, query.searchers)


@GEOGRAPHY.feature(
    "district",
    Shape.LEVELS,
    named("Verhältnis zu Ihrer Kommune", *(RELATIONS[relation] for relation in Relation)),
)
def relation(query: Query, knowledge: Knowledge) -> Ints:
    """How the body stands to the searcher, `bodies.Relation`."""
    return np.asarray(knowledge.bodies.relation[query.searchers])


def _of_border(query: Query, knowledge: Knowledge, total: Floats) -> Floats:
    # Who borders on none of its own kind may still border on others: all of it, not many times it.
    return np.asarray(np.minimum(border_km(query, knowledge) / np.maximum(total, 1), 1))


def _same(codes: Ints, searchers: Ints) -> Bools:
    # -1 is unknown: two unknowns are not the same region.
    return np.asarray((codes == codes[searchers, None]) & (codes >= 0))
