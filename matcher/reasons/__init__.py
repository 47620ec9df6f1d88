"""Contributions of features, summed into the reasons that an official recognises."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.features import NAMES
from matcher.reasons.sentences import SENTENCES, Pair
from matcher.result import Factor, Reason

_GROUPS: dict[str, tuple[Factor, tuple[str, ...]]] = {
    "distance": (
        Factor.PROXIMITY,
        ("log_seat_km", "log_gap_km", "log_rank", "relative_km", "hops", "distance_pattern",
         "rank_pattern", "expected_distance", "expected_rank"),
    ),
    "adjacent": (
        Factor.PROXIMITY,
        ("border_km", "border_share", "border_share_back", "common_neighbours"),
    ),
    "district": (Factor.PROXIMITY, ("same_district", "relation")),
    "region": (Factor.PROXIMITY, ("same_region", "same_leader")),
    "standing": (
        Factor.EQUALITY,
        ("status", "searcher_status", "standing_pattern", "standing_share", "expected_standing"),
    ),
    "size": (
        Factor.EQUALITY,
        ("log_population", "searcher_log_population", "population_rank", "size_ratio", "size_gap",
         "size_pattern", "expected_size"),
    ),
    "structure": (Factor.EQUALITY, ("structure_gap",)),
    "ties": (Factor.TRUST, ("shared", "close_ties", "jaccard", "tie_share")),
    "partners": (
        Factor.TRUST,
        ("common_partners", "walk", "walk_back", "embedding_cosine", "embedding_product"),
    ),
    "surroundings": (
        Factor.TRUST,
        ("close_to_neighbours", "neighbours_close", "between_surroundings"),
    ),
    "activity": (Factor.TRUST, ("activity", "searcher_activity")),
    "fiscal": (Factor.PRESSURE, ("fiscal", "fiscal_gap")),
    "ageing": (Factor.PRESSURE, ("ageing",)),
    "pattern": (
        Factor.TASK,
        ("relation_pattern", "expected_relation", "expected_relation_share", "whole_district",
         "with_district", "expected_whole_district", "expected_with_district"),
    ),
    "group_size": (
        Factor.TASK,
        ("group_size", "group_size_broad", "group_size_spread", "expected_log_size",
         "expected_with_lead"),
    ),
    "experience": (
        Factor.TASK,
        ("similar_votes", "request_votes", "votes_around", "similar_ties", "request_ties",
         "nearest_tie", "area_activity", "area_ties", "expected_body", "expected_body_relative"),
    ),
}  # fmt: skip
_SMALL = 0.05  # log-odds: about one percentage point at even odds
_OTHER = "other"


def codes() -> tuple[str, ...]:
    """Return the codes of all reasons, in their fixed order, `other` last."""
    return (*_GROUPS, _OTHER)


def members(code: str) -> tuple[str, ...]:
    """Return the names of the features that a reason sums up."""
    return _GROUPS[code][1]


def group(parts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Sum feature contributions into reasons.

    Parameters
    ----------
    parts
        (n, features) log-odds, columns in the order of `features.NAMES`.

    Returns
    -------
    ndarray
        (n, reasons) log-odds, columns in the order of `codes()` without `other`.
    """
    return parts @ _MEMBERSHIP


def explain(sums: npt.NDArray[np.float64], pair: Pair) -> tuple[Reason, ...]:
    """Put one row of `group` into words.

    Reasons come by absolute contribution; what is small is summed in one last reason, so that all
    contributions still add up to the score.
    """
    names = list(_GROUPS)
    shown = [i for i in np.argsort(-np.abs(sums), kind="stable") if abs(sums[i]) >= _SMALL]
    reasons = [
        Reason(names[i], _GROUPS[names[i]][0], SENTENCES[names[i]](pair), float(sums[i]))
        for i in shown
    ]
    rest = [i for i in range(len(names)) if i not in shown]
    if rest:
        strongest = max(rest, key=lambda i: abs(sums[i]))
        total = float(sums[rest].sum())
        text = f"{len(rest)} weitere Gesichtspunkte mit geringem Gewicht"
        reasons.append(Reason(_OTHER, _GROUPS[names[strongest]][0], text, total))
    return tuple(reasons)


def _membership() -> npt.NDArray[np.float64]:
    table = np.zeros((len(NAMES), len(_GROUPS)))
    for column, (_, members) in enumerate(_GROUPS.values()):
        for name in members:
            table[NAMES.index(name), column] = 1
    if not (table.sum(axis=1) == 1).all():
        missing = [name for name, total in zip(NAMES, table.sum(axis=1), strict=True) if total != 1]
        raise ValueError(f"Features without exactly one reason: {missing}")
    return table


_MEMBERSHIP = _membership()
