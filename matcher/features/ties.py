"""Ties: who has worked together before, directly, through others, or next door.

Counts are of known cooperations, most as log(1 + count).
"""

from __future__ import annotations

import numpy as np

from matcher.features.declare import Family
from matcher.features.query import Query
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge

TIES = Family("ties", of_matter=False)
_PERCENT = 100.0  # smoothed ties and chances are small: as percent before the logarithm


@TIES.feature("ties")
def shared(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both, log(1 + count)."""
    return np.asarray(np.log1p(knowledge.shared[query.searchers]))


@TIES.feature("ties")
def close_ties(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both, small groups counting more; see `Knowledge.close`."""
    return np.asarray(knowledge.close[query.searchers])


@TIES.feature("ties")
def jaccard(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of both over those of either."""
    together, known = knowledge.shared[query.searchers], knowledge.activity
    either = known + known[query.searchers, None] - together
    return np.asarray(together / np.maximum(either, 1))


@TIES.feature("partners")
def common_partners(query: Query, knowledge: Knowledge) -> Floats:
    """Partners of both, rare ones counting more, log(1 + `Knowledge.common_partners`)."""
    return np.asarray(np.log1p(knowledge.common_partners[query.searchers]))


@TIES.feature("activity")
def activity(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of the body, log(1 + count)."""
    return np.asarray(np.log1p(knowledge.activity))


@TIES.feature("activity")
def searcher_activity(query: Query, knowledge: Knowledge) -> Floats:
    """Cooperations of the searcher, log(1 + count)."""
    return np.asarray(np.log1p(knowledge.activity[query.searchers, None]))


@TIES.feature("ties")
def tie_share(query: Query, knowledge: Knowledge) -> Floats:
    """Share of the searcher's cooperations in which the body takes part."""
    total = np.maximum(knowledge.activity[query.searchers, None], 1)
    return np.asarray(knowledge.shared[query.searchers] / total)


@TIES.feature("partners")
def embedding_cosine(query: Query, knowledge: Knowledge) -> Floats:
    """Cosine of the positions in the graph of ties; see `Knowledge.embedding`."""
    length = np.maximum(np.linalg.norm(knowledge.embedding, axis=1), 1e-9)
    return np.asarray(
        embedding_product(query, knowledge) / (length * length[query.searchers, None])
    )


@TIES.feature("partners")
def embedding_product(query: Query, knowledge: Knowledge) -> Floats:
    """Inner product of the positions in the graph of ties."""
    position = knowledge.embedding
    return np.stack([position @ position[row] for row in query.searchers])


@TIES.feature("partners")
def walk(query: Query, knowledge: Knowledge) -> Floats:
    """Chance to come from searcher to body over ties, log(1 + percent); see `Knowledge.walk`."""
    return np.asarray(np.log1p(_PERCENT * knowledge.walk[query.searchers]))


@TIES.feature("partners")
def walk_back(query: Query, knowledge: Knowledge) -> Floats:
    """Chance to come from body to searcher over ties, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * knowledge.walk[:, query.searchers].T))


@TIES.feature("surroundings")
def close_to_neighbours(query: Query, knowledge: Knowledge) -> Floats:
    """Ties between the searcher's surroundings and the body, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * knowledge.close_to_neighbours[query.searchers]))


@TIES.feature("surroundings")
def neighbours_close(query: Query, knowledge: Knowledge) -> Floats:
    """Ties between the searcher and the body's surroundings, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * knowledge.close_to_neighbours[:, query.searchers].T))


@TIES.feature("surroundings")
def between_surroundings(query: Query, knowledge: Knowledge) -> Floats:
    """Ties between the surroundings of both, log(1 + percent)."""
    return np.asarray(np.log1p(_PERCENT * knowledge.between_surroundings[query.searchers]))
