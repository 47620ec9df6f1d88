"""Past cooperations that speak for a candidate: known ties, then who has done the like."""

from __future__ import annotations

import numpy as np

from matcher.reasons.pair import Pair
from matcher.result import Evidence

_MOST = 3


def evidence(pair: Pair) -> tuple[Evidence, ...]:
    """Return up to three cooperations.

    First the one that searcher and candidate share and that is most like the matter, then similar
    ones in which the candidate took part; where the candidate has none, the most similar one that
    joined bodies which stood to each other as these two do. Without a text there is no likeness to
    order by or to show.
    """
    with_text = pair.knowledge.reader is not None
    shared = pair.shared
    if with_text and shared:
        order = np.argsort(-pair.query.likeness[shared], kind="stable")
        shared = [shared[i] for i in order]
    took_part = pair.knowledge.participation[:, pair.candidate] > 0
    similar = [int(i) for i in pair.query.similar.indices if took_part[i]]
    chosen = list(dict.fromkeys([*shared[:1], *similar, *shared]))[:_MOST]
    if not chosen:
        chosen = _same_pattern(pair)
    return tuple(_entry(pair, index, with_text, index in shared) for index in chosen)


def _same_pattern(pair: Pair) -> list[int]:
    relation = pair.bodies.relation[pair.searcher, pair.candidate]
    side = int(pair.bodies.side[pair.searcher])
    indices = pair.query.similar.indices
    table = pair.knowledge.patterns.histograms["relation"][indices, side]
    return [int(indices[i]) for i in np.flatnonzero(table[:, relation] > 0)[:1]]


def _entry(pair: Pair, index: int, with_text: bool, shared: bool) -> Evidence:
    cooperation = pair.knowledge.cooperations[index]
    return Evidence(
        cooperation=cooperation.id,
        title=cooperation.title,
        similarity=float(pair.query.likeness[index]) if with_text else None,
        year=cooperation.start_year,
        source_url=cooperation.source_url,
        shared=shared,
    )
