"""How many lines of a list came true, against the best rule, with intervals over cooperations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.outreach.moment import Moment
from matcher.outreach.groups import Group

RESAMPLES = 2000
_SEED = 20_265
Doubles = npt.NDArray[np.float64]


def figures(
    moment: Moment, lists: Mapping[str, Sequence[Group]], ours: str, cut: int
) -> dict[str, Any]:
    """Return precision of all lists and the lift of ours over the best of the others.

    Intervals are percentile bootstraps over the cooperations that began later: a line that several
    made true is shared among them, so that a sample is not pulled below the figure itself.
    """
    shares = {name: _shares(moment, groups[:cut]) for name, groups in lists.items()}
    draws = _draws(len(moment.later))
    precision = {name: float(share.sum() / cut) for name, share in shares.items()}
    best = max((name for name in lists if name != ours), key=lambda name: (precision[name], name))
    mine, rule = (shares[name] @ draws / cut for name in (ours, best))
    return {
        "precision": precision,
        "cooperations": {name: int((share > 0).sum()) for name, share in shares.items()},
        "matters": {name: len({g.matter for g in groups[:cut]}) for name, groups in lists.items()},
        "in_area": {
            name: sum(moment.came_true_in_area(g.area, g.rows) for g in groups[:cut]) / cut
            for name, groups in lists.items()
        },
        "interval": _interval(mine),
        "best_rule": best,
        "over_best_rule": precision[ours] / precision[best] if precision[best] else None,
        "ratio_interval": _interval((mine + 0.5 / cut) / (rule + 0.5 / cut)),
        "difference_interval": _interval(mine - rule),
    }


def _shares(moment: Moment, groups: Sequence[Group]) -> Doubles:
    """(k,) lines that each later cooperation made true, a line shared by all that did."""
    share = np.zeros(len(moment.later))
    for group in groups:
        reached = sorted(moment.reached(group.matter, group.rows))
        if reached:
            share[reached] += 1 / len(reached)
    return share


def _draws(count: int) -> Doubles:
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(count, np.full(count, 1 / count), RESAMPLES)
    return np.asarray(drawn.T, np.float64)


def _interval(values: Doubles) -> list[float]:
    return [round(float(v), 4) for v in np.quantile(values, [0.025, 0.975])]
