"""Words: what the wording of the matter itself foretells about the group, read at every body."""

from __future__ import annotations

import numpy as np

from data import LegalStatus
from matcher.features.declare import Family
from matcher.features.query import PRIOR_OF_WORDS, Query
from matcher.known.bodies import Floats
from matcher.known.forecast import SCALARS
from matcher.known.knowledge import Knowledge
from matcher.known.patterns import BANDS
from matcher.known.relation import Relation
from models import Shape

WORDS = Family("words", of_matter=True)
_LEAST_SHARE = 0.003
_RELATIONS = tuple(relation for relation in Relation if relation is not Relation.MEMBER)
_STANDINGS = [status.row for status in LegalStatus]
FORETOLD = "foretold_"
"""How the names of the features begin that tell gates who is foretold."""


@WORDS.feature("pattern", Shape.RISING)
def expected_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body that stands so to the searcher, logarithm."""
    return query.foretold["relation"]


@WORDS.feature("pattern", Shape.RISING)
def expected_standing_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body of this standing that stands so to the searcher, logarithm."""
    return query.foretold["standing_in_relation"]


@WORDS.feature("pattern", Shape.RISING)
def expected_rank_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body as near that stands so to the searcher, logarithm."""
    return query.foretold["rank_in_relation"]


@WORDS.feature("pattern", Shape.RISING)
def expected_size_in_relation(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body of such a size that stands so to the searcher, logarithm."""
    return query.foretold["size_in_relation"]


@WORDS.feature("distance", Shape.RISING)
def expected_distance(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body at this distance, logarithm."""
    return query.foretold["distance"]


@WORDS.feature("distance", Shape.RISING)
def expected_rank(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body at this rank by distance, logarithm."""
    return query.foretold["rank"]


@WORDS.feature("size", Shape.RISING)
def expected_size(query: Query, knowledge: Knowledge) -> Floats:
    """Partners foretold per body of this relative size, logarithm."""
    return query.foretold["size"]


@WORDS.feature("standing", Shape.RISING)
def expected_standing(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the members foretold to have this standing, per body of it, logarithm."""
    status, foretold = knowledge.bodies.status, query.expectation.standings
    bodies = knowledge.bodies.of_standing
    per_body = np.log(np.maximum(foretold, _LEAST_SHARE) / np.maximum(bodies, 1))
    return np.asarray(per_body[status])


@WORDS.feature("experience", Shape.RISING)
def expected_body(query: Query, knowledge: Knowledge) -> Floats:
    """How far the words foretell that this body takes part."""
    foretold = query.expectation.taking_part
    # Nobody beyond the border is known to have taken part in anything.
    everyone = np.zeros(len(knowledge.bodies), np.float32)
    everyone[: len(foretold)] = foretold
    return everyone


@WORDS.feature("pattern", Shape.RISING)
def expected_relation_share(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the partners foretold that stand so to the searcher."""
    shares, relations = _shares("relation", query, knowledge), knowledge.bodies.relation
    told = zip(shares, relations[query.searchers], strict=True)
    return np.stack([share[relation] for share, relation in told])


@WORDS.feature("group_size", Shape.CONSTANT)
def expected_log_size(query: Query, knowledge: Knowledge) -> float:
    """Members foretold, logarithm."""
    return _scalar("log_size", query)


@WORDS.feature("pattern", Shape.CONSTANT)
def expected_whole_district(query: Query, knowledge: Knowledge) -> float:
    """How far the words foretell a whole Kreis."""
    return _scalar("whole_district", query)


@WORDS.feature("pattern", Shape.CONSTANT)
def expected_with_district(query: Query, knowledge: Knowledge) -> float:
    """How far the words foretell a Kreis in the group."""
    return _scalar("with_district", query)


@WORDS.feature("group_size", Shape.CONSTANT)
def expected_with_lead(query: Query, knowledge: Knowledge) -> float:
    """How far the words foretell that one carries the task out for the others."""
    return _scalar("with_lead", query)


def _scalar(name: str, query: Query) -> float:
    return float(query.expectation.scalars[SCALARS.index(name)])


def _who_is_foretold() -> dict[str, str]:
    """Return names and meanings of what the group foretold looks like."""
    # The members of a Kreis are partners of a Kreis alone: the standing of the searcher tells it.
    meanings = {
        f"relation_{relation.name.lower()}": "Share of the partners foretold that stand to the "
        f"searcher as {relation.name.lower()}."
        for relation in _RELATIONS
    }
    meanings |= {
        f"distance_{band}": f"Share of the partners foretold in band {band} by distance, 0 the "
        "nearest."
        for band in range(BANDS["distance"])
    }
    meanings |= {
        f"size_{band}": f"Share of the partners foretold in band {band} by size, 0 far smaller."
        for band in range(BANDS["size"])
    }
    meanings |= {
        f"standing_{status.name.lower()}": "Share of the members foretold to be of the standing "
        f"{status.name}."
        for status in LegalStatus
    }
    return {FORETOLD + name: meaning for name, meaning in meanings.items()}


@WORDS.constants("pattern", _who_is_foretold())
def foretold_shares(query: Query, knowledge: Knowledge) -> Floats:
    """Return what the group foretold looks like: gates learn from it how much all else counts."""
    relations, distances, sizes = (
        _shares(name, query, knowledge) for name in ("relation", "distance", "size")
    )
    standings = np.tile(query.expectation.standings[_STANDINGS], (len(query.searchers), 1))
    return np.hstack([relations[:, _RELATIONS], distances, sizes, standings]).T[:, :, None]


def _shares(name: str, query: Query, knowledge: Knowledge) -> Floats:
    """Return the share of the partners foretold in each bin of a property, (s, bins)."""
    partners = query.expectation.histograms[name][knowledge.bodies.side[query.searchers]]
    total = np.maximum(partners.sum(axis=1, keepdims=True), PRIOR_OF_WORDS)
    return np.asarray(partners / total)
