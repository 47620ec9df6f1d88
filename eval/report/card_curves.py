"""The model card on the curves that surprise: what they look like, why, and what would mend them.

All figures are read from the ranker that ships; the reasons were found by looking at it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eval.report.markdown import markdown_table
from models.additive import AdditiveRanker

_FEW, _MANY = 0, 1
Doubles = npt.NDArray[np.float64]


def surprising(ranker: AdditiveRanker) -> str:
    """Show five curves that contradict a first guess, each with its reason and its mend."""
    unknown = np.exp(ranker.curve("fiscal_gap").missing)
    widest = ranker.curve("border_share_back").knots[-1]
    sizes = _sizes(ranker)
    rows = [
        ["budget unknown (`fiscal_gap`)", _pair(unknown),
         "Only Kreise and associations have no fiscal level, so it stands for their standing, "
         "which `status` and `relation` take back. The score is right, the reason is not. "
         "Mend: unknown counts 0."],
        ["share of the body's border (`border_share_back`)", _at(ranker, "border_share_back", 1.0),
         f"Learned over 0 … {widest:.0f} although a share ends at 1: an "
         "association that borders on none of its kind is divided by 1 km. Mend: at most 1."],
        ["same LEADER region (`same_leader`)", _at(ranker, "same_leader", 1.0),
         "Members of a region work together as a region; near and tied they are anyway, which "
         "other curves have counted. For few it corrects them. Mend: rising, as for the border."],
        ["ten times, as many, a tenth of the inhabitants (`size_ratio` + `size_gap`)",
         "; ".join(_pair(values) for values in sizes),
         "For few a small body next to a large one counts more than two equals: the searcher's "
         "neighbours are mostly smaller, and the large one carries the task. In large groups "
         "it is the other way round. Equal standing is counted by `standing_pattern` besides. "
         "Four curves share what is one fact; mend: one curve of the ratio."],
        ["no cooperation known (`activity`)", _at(ranker, "activity", 0.0),
         "The idle count more. Ties count the active already; and each search is learned as if its "
         "own cooperation were unknown, so partners look less active than the same body elsewhere. "
         "Mend: ties to others only, or rising."],
    ]  # fmt: skip
    flat = sum(_span(ranker, curve.feature) < np.log(1.05) for curve in ranker.curves)
    return (
        "## Curves\n\n"
        f"{len(ranker.curves)} features have a curve for few and one for many; `/methode` and\n"
        "`eval/notebooks/curves.ipynb` draw them. Factors of the odds against the mean, other\n"
        f"things equal. {flat} of the curves change the odds by less than 5 % from end to end.\n"
        "Five that surprise, looked at one by one; the mends are proposed, not made:\n\n"
        + markdown_table(["value", "few / many", "why, and what would mend it"], rows)
    )


def _span(ranker: AdditiveRanker, feature: str) -> float:
    curve = ranker.curve(feature)
    return float(max(np.ptp(curve.few), np.ptp(curve.many)))


def _log_odds(ranker: AdditiveRanker, feature: str, value: float) -> Doubles:
    curve = ranker.curve(feature)
    return np.array([np.interp(value, curve.knots, line) for line in (curve.few, curve.many)])


def _sizes(ranker: AdditiveRanker) -> list[Doubles]:
    """Return the factors of both curves of size at ten times, as many and a tenth."""
    return [
        np.exp(_log_odds(ranker, "size_ratio", r) + _log_odds(ranker, "size_gap", abs(r)))
        for r in (np.log(10), 0.0, -np.log(10))
    ]


def _at(ranker: AdditiveRanker, feature: str, value: float) -> str:
    return _pair(np.exp(_log_odds(ranker, feature, value)))


def _pair(factors: Doubles) -> str:
    return f"{factors[_FEW]:.2f} / {factors[_MANY]:.2f}"
