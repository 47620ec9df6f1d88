"""The model card on the curves that surprise: what they look like, and why.

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
    """Show the curves that contradict a first guess, each with its reason."""
    sizes = [np.exp(_log_odds(ranker, "size_ratio", r)) for r in (np.log(10), 0.0, -np.log(10))]
    rows = [
        ["ten times, as many, a tenth of the inhabitants (`size_ratio`)",
         "; ".join(map(_pair, sizes)),
         "One curve, so that equals need not be its top: the searcher's neighbours are mostly of "
         "another size, and a large one carries the task. Equal standing is counted by "
         "`standing_pattern` and what similar projects tell of sizes by `size_pattern` besides."],
    ]  # fmt: skip
    flat = sum(_span(ranker, curve.feature) < np.log(1.05) for curve in ranker.curves)
    return (
        "## Curves\n\n"
        f"{len(ranker.curves)} features have a curve for few and one for many; `/methode` and\n"
        "`eval/notebooks/curves.ipynb` draw them. Factors of the odds against the mean, other\n"
        f"things equal. {flat} of the curves change the odds by less than 5 % from end to end.\n"
        "A common Kreis, region or LEADER region, more known cooperations and a longer common\n"
        "border never count against a body, and what is not known counts 0, by construction.\n"
        "What surprises all the same:\n\n" + markdown_table(["value", "few / many", "why"], rows)
    )


def _span(ranker: AdditiveRanker, feature: str) -> float:
    curve = ranker.curve(feature)
    return float(max(np.ptp(curve.few), np.ptp(curve.many)))


def _log_odds(ranker: AdditiveRanker, feature: str, value: float) -> Doubles:
    curve = ranker.curve(feature)
    return np.array([np.interp(value, curve.knots, line) for line in (curve.few, curve.many)])


def _pair(factors: Doubles) -> str:
    return f"{factors[_FEW]:.2f} / {factors[_MANY]:.2f}"
