"""From scores and rows to what is answered: explained matches and similar cooperations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from matcher import reasons
from matcher.beyond import note
from matcher.known.bodies import Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.reasons.asked import Asked
from matcher.reasons.evidence import evidence, ties
from matcher.reasons.pair import Pair
from matcher.result import Factor, Match, Reason, SimilarCooperation

Scores = npt.NDArray[np.float64]
NAMED = "named"
"""Code of the reason that a text names the body."""
CARRIES = "carries"
"""Code of the reason that a body has the task of the text by law."""
_CARRIER_AMONG = 3  # places; by judgement: who has the task by law is asked before the others
BEYOND = "beyond_border"
"""Code of the reason that a text seeks partners beyond the border, where the body lies."""
_NAMED_LIFT = 3.0  # log-odds; by judgement: who is named is the likeliest partner there is


class Context(Struct, frozen=True):
    """What is the same for all bodies of an answer.

    Attributes
    ----------
    lift
        (n,) log-odds that the text adds to bodies which it names, else 0; see `lift`.
    carrier, carrier_lift
        Row of the Kreis that has the task of the text by law, -1 for none, and what that adds.
    wanted
        Rows of the bodies that it names.
    certainty
        Probability that the text is a matter, 1 where nothing judges it.
    fitting
        (c,) known cooperations of the same or a related matter; None without a text model.
    together
        (n,) who shares the matter with the searcher already.
    """

    lift: Scores
    carrier: int
    carrier_lift: float
    wanted: Ints
    certainty: float
    fitting: Bools | None
    together: Bools


def lift(scores: Scores, wanted: Ints) -> Scores:
    """Return (n,) log-odds that put the bodies which a text names ahead of all others.

    All of them get the same, so that their order among themselves stays.
    """
    lifted = np.zeros_like(scores)
    if len(wanted):
        others = np.delete(scores, wanted)
        lifted[wanted] = max(_NAMED_LIFT, float(others.max() - scores[wanted].min()) + 0.1)
    return lifted


def carrier_lift(scores: Scores, passing: Bools, carrier: int) -> float:
    """Return the log-odds that put who has the task by law among the first three that pass.

    Known cooperations do not ask for more: of 24 such requests of municipalities, 13 had their
    Kreis among the partners, and on folds each lift of all carriers cost nDCG@10.
    """
    if carrier < 0 or not passing[carrier]:
        return 0.0
    others = scores[passing & (np.arange(len(scores)) != carrier)]
    if len(others) < _CARRIER_AMONG:
        return 0.0
    last = float(np.partition(others, -_CARRIER_AMONG)[-_CARRIER_AMONG])
    return max(last - float(scores[carrier]) + 1e-3, 0.0)


def explain(
    base: float, parts: Scores, pairs: Sequence[Pair], asked: Asked, context: Context
) -> tuple[Match, ...]:
    """Put the scores of the bodies shown into words.

    Parameters
    ----------
    base
        Log-odds before anything is known about a body.
    parts
        (k, features) what each feature adds to the score of each body shown.
    pairs
        The searcher with each body shown, best first.
    asked
        The matter.
    context
        What is the same for all.

    Returns
    -------
    tuple of Match
        score = base + sum of all contributions.
    """
    rows = np.array([pair.candidate for pair in pairs], np.int64)
    sums = reasons.group(parts)
    scores = base + sums.sum(axis=1) + context.lift[rows]
    scores += context.carrier_lift * (rows == context.carrier)
    return _matches(pairs, rows, scores, reasons.explain(sums, pairs, asked), asked, context)


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
            status=known[index].status.value,
        )
        for index, cosine in zip(indices, similarity, strict=True)
    )


def _matches(
    pairs: Sequence[Pair],
    rows: Ints,
    scores: Scores,
    told: Sequence[tuple[Reason, ...]],
    asked: Asked,
    context: Context,
) -> tuple[Match, ...]:
    searcher, land = asked.searcher, asked.knowledge.bodies
    named = set(context.wanted.tolist())
    speaking = evidence(asked, rows, context.fitting)
    columns = zip(
        pairs,
        scores.tolist(),
        (context.certainty / (1 + np.exp(-scores))).tolist(),
        land.seat_km[searcher, rows].tolist(),
        (land.border_km[searcher, rows] > 0).tolist(),
        (land.district[rows] == land.district[searcher]).tolist(),
        told,
        context.lift[rows].tolist(),
        speaking,
        ties(asked, rows, speaking),
        context.together[rows].tolist(),
        strict=True,
    )
    matches = []
    for rank, (
        pair, score, probability, km, adjacent, same, parts, lifted, shown, tied, shares
    ) in enumerate(columns, start=1):  # fmt: skip
        body = pair.theirs
        matches.append(
            Match(
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
                probability=probability,
                distance_km=km,
                adjacent=adjacent,
                same_district=same,
                reasons=_with_said(parts, pair.candidate, lifted, pair.candidate in named, context),
                evidence=shown,
                ties=tied,
                together=shares,
                beyond_border=body.beyond_border,
                border_note=note(body),
            )
        )
    return tuple(matches)


def _with_said(
    parts: tuple[Reason, ...], row: int, lifted: float, named: bool, context: Context
) -> tuple[Reason, ...]:
    """Put the reasons that the text and the law give before the lesser ones of the ranking."""
    found: list[Reason] = []
    if lifted:
        found.append(_asked_for(lifted, named))
    if row == context.carrier and context.carrier_lift:
        text = "Für diese Aufgabe nach dem Gesetz zuständig"
        found.append(Reason(CARRIES, Factor.TASK, text, context.carrier_lift))
    if not found:
        return parts
    least = min(reason.contribution for reason in found)
    ahead = [part for part in parts if part.code != reasons.OTHER and _weight(part) > least]
    rest = parts[len(ahead) :]
    return (*sorted([*found, *ahead], key=_weight, reverse=True), *rest)


def _weight(reason: Reason) -> float:
    return abs(reason.contribution)


def _asked_for(lifted: float, named: bool) -> Reason:
    if named:
        return Reason(NAMED, Factor.TASK, "Im Text als Partner genannt", lifted)
    text = "Der Text sucht Partner auch jenseits der Landesgrenze"
    return Reason(BEYOND, Factor.TASK, text, lifted)
