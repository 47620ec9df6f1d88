"""From scores and rows to what is answered: explained matches and similar cooperations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher import reasons
from matcher.known.bodies import Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.reasons.evidence import evidence
from matcher.reasons.pair import Pair
from matcher.result import Match, SimilarCooperation
from models import Ranker

Scores = npt.NDArray[np.float64]


def explain(
    ranker: Ranker, views: Floats, shown: Ints, pairs: Sequence[Pair]
) -> tuple[float, tuple[Match, ...]]:
    """Take the scores of the bodies shown apart and put them into words.

    Parameters
    ----------
    ranker
        What scored.
    views
        (searchers, bodies, features) from the view of each body on board; the searcher's first.
    shown
        Rows of the bodies shown, best first.
    pairs
        The searcher with each of them.

    Returns
    -------
    base : float
        Log-odds before anything is known about a body.
    matches : tuple of Match
        score = base + sum of all contributions, the mean over the views.
    """
    if not len(shown):
        base, _ = ranker.contributions(views[0, :1])
        return base, ()
    taken_apart = [ranker.contributions(view[shown]) for view in views]
    base = taken_apart[0][0]
    sums = reasons.group(np.mean([parts for _, parts in taken_apart], axis=0))
    return base, tuple(
        _match(rank, pair, base, row)
        for rank, (pair, row) in enumerate(zip(pairs, sums, strict=True), start=1)
    )


def entries(
    knowledge: Knowledge, indices: Ints, similarity: Floats
) -> tuple[SimilarCooperation, ...]:
    """Return cooperations with their likeness, (k,) each."""
    known = knowledge.cooperations
    return tuple(
        SimilarCooperation(
            cooperation=known[index].id,
            title=known[index].title,
            task_area=known[index].task_area,
            legal_form=known[index].legal_form,
            similarity=float(cosine),
            year=known[index].start_year,
            participants=known[index].participants,
            source_url=known[index].source_url,
        )
        for index, cosine in zip(indices, similarity, strict=True)
    )


def _match(rank: int, pair: Pair, base: float, sums: Scores) -> Match:
    row, searcher, bodies, body = pair.candidate, pair.searcher, pair.bodies, pair.theirs
    score = base + float(sums.sum())
    return Match(
        rank=rank,
        body=body.key,
        name=body.name,
        kind=body.kind.value,
        legal_status=body.legal_status.value,
        district=body.district_name,
        population=body.population,
        longitude=body.longitude,
        latitude=body.latitude,
        score=score,
        probability=float(1 / (1 + np.exp(-score))),
        distance_km=float(bodies.seat_km[searcher, row]),
        adjacent=bool(bodies.border_km[searcher, row] > 0),
        same_district=bool(bodies.district[searcher] == bodies.district[row]),
        reasons=reasons.explain(sums, pair),
        evidence=evidence(pair),
    )
