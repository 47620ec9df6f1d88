"""How a score comes about, step by step, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.result import Factor, Match, Reason


@dataclass(frozen=True, slots=True)
class Step:
    """One reason as a bar between what came before it and after it, in percent of the width."""

    reason: Reason
    left: float
    width: float
    after: float


@dataclass(frozen=True, slots=True)
class FactorSum:
    """All reasons of one factor together: log-odds, and percent of the strongest factor shown."""

    code: str
    label: str
    contribution: float
    width: float


def steps(match: Match, base: float) -> list[Step]:
    """Lay the reasons of a match end to end, from the base value to the score.

    Parameters
    ----------
    match
        Its reasons are complete: base + their sum = score.
    base
        Log-odds before anything is known.
    """
    values = [base]
    for reason in match.reasons:
        values.append(values[-1] + reason.contribution)
    low, high = min(values), max(values)
    scale = 100 / max(high - low, 1e-9)
    return [
        Step(
            reason,
            left=round((min(before, after) - low) * scale, 2),
            width=round(max(abs(after - before) * scale, 0.4), 2),
            after=round((after - low) * scale, 2),
        )
        for reason, before, after in zip(match.reasons, values, values[1:], strict=False)
    ]


def factor_sums(matches: Sequence[Match]) -> dict[str, list[FactorSum]]:
    """Sum the reasons of each match by factor; widths compare across all matches shown.

    Returns
    -------
    dict
        By key of the body: the five factors in their fixed order.
    """
    sums = {
        match.body: {
            factor: sum(r.contribution for r in match.reasons if r.factor == factor)
            for factor in Factor
        }
        for match in matches
    }
    strongest = max((abs(v) for each in sums.values() for v in each.values()), default=0.0)
    return {
        body: [
            FactorSum(f.value, f.label, v, round(100 * abs(v) / max(strongest, 1e-9), 1))
            for f, v in each.items()
        ]
        for body, each in sums.items()
    }
