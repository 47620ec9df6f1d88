"""Past cooperations that speak for a candidate: known ties, then who has done the like."""

from __future__ import annotations

import numpy as np

from matcher.facts import Pair, shared_cooperations
from matcher.knowledge import Vectors
from matcher.result import Evidence

_MOST = 3


def evidence(pair: Pair, vector: Vectors | None) -> tuple[Evidence, ...]:
    """Return up to three cooperations.

    First the one that searcher and candidate share and that is most like the matter, then similar
    ones in which the candidate took part; where the candidate has none, the most similar one that
    joined bodies which stood to each other as these two do.
    """
    shared = shared_cooperations(pair)
    if vector is not None and pair.knowledge.passages is not None and shared:
        alike = pair.knowledge.passages[shared] @ vector
        shared = [shared[i] for i in np.argsort(-alike, kind="stable")]
    took_part = pair.knowledge.participation[:, pair.candidate] > 0
    similar = [int(i) for i in pair.query.similar.indices if took_part[i]]
    chosen = list(dict.fromkeys([*shared[:1], *similar, *shared]))[:_MOST]
    if not chosen:
        chosen = _same_pattern(pair)
    return tuple(_entry(pair, index, vector, index in shared) for index in chosen)


def _same_pattern(pair: Pair) -> list[int]:
    relation = pair.land.relation[pair.query.searcher, pair.candidate]
    side = int(pair.land.kind[pair.query.searcher] > 0)
    indices = pair.query.similar.indices
    table = pair.knowledge.patterns.histograms["relation"][indices, side]
    return [int(indices[i]) for i in np.flatnonzero(table[:, relation] > 0)[:1]]


def _entry(pair: Pair, index: int, vector: Vectors | None, shared: bool) -> Evidence:
    cooperation = pair.knowledge.cooperations[index]
    passages = pair.knowledge.passages
    return Evidence(
        cooperation=cooperation.id,
        title=cooperation.title,
        similarity=None if vector is None or passages is None else float(passages[index] @ vector),
        year=cooperation.start_year,
        source_url=cooperation.source_url,
        shared=shared,
    )
