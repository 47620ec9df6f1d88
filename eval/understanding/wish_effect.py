"""What a wish does to the ranking: known requests asked as they are, and with a wish added.

A wish is added only where the partners in fact keep to it, so that the right answer stays and the
others become fewer: hits have to rise. Each fold is asked in the state of knowledge without its
cooperations and their near-duplicates. The ranker is the one that ships: it has seen these
cooperations (each as if it were not known), so the level flatters, the difference does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from msgspec import structs
from scipy.stats import wilcoxon

from eval.ranking.protocol import FOLDS, assign_folds
from matcher import Match, Matcher, MatchRequest, MatchResult, training
from matcher.known.bodies import Bodies

TEN, FIVE = 10, 5
_CASES = 60  # a wish at most
_SEED = 20_264
_FAR_KM = 20.0
Others = Sequence[int]
"""Rows of the partners in fact."""


@dataclass(frozen=True, slots=True)
class Added:
    """A wish as a sentence, whom it fits, and whether an answer keeps to it."""

    sentence: str
    fits: Callable[[Bodies, int, Others], bool]
    kept: Callable[[str, MatchResult], bool]


def _each(keeps: Callable[[str, Match], bool]) -> Callable[[str, MatchResult], bool]:
    """Return a check of the first ten bodies, one by one."""

    def kept(own: str, result: MatchResult) -> bool:
        return all(keeps(own, match) for match in result.matches[:TEN])

    return kept


ADDED = {
    "outside the own Kreis": Added(
        "Wir suchen Partner außerhalb unseres Kreises.",
        lambda land, own, others: (
            _in_a_kreis(land, own) and not any(_same_kreis(land, own, o) for o in others)
        ),
        _each(lambda own, match: match.body[:5] != own[:5]),
    ),
    "without the Kreis": Added(
        "Der Kreis soll nicht beteiligt sein.",
        lambda land, own, others: _in_a_kreis(land, own) and not any(_is_kreis(land, others)),
        _each(lambda own, match: match.body != own[:5]),
    ),
    "Kreise only": Added(
        "Als Partner kommen nur Kreise in Frage.",
        lambda land, own, others: all(_is_kreis(land, others)),
        _each(lambda own, match: match.kind == "district"),
    ),
    "one partner": Added(
        "Wir suchen genau einen Partner.",
        lambda land, own, others: len(others) == 1,
        lambda own, result: result.consortium is not None and len(result.consortium.bodies) == 2,
    ),
    "within 20 km": Added(
        "Die Partner sollen höchstens 20 km entfernt sein.",
        lambda land, own, others: bool((land.seat_km[own][list(others)] <= _FAR_KM).all()),
        _each(lambda own, match: match.distance_km <= _FAR_KM),
    ),
}
"""By name; what fits and what is kept is told from the data, not by the rules that are tested."""


def wish_effects(matcher: Matcher, cases: int = _CASES) -> dict[str, dict[str, float]]:
    """Ask and compare.

    Parameters
    ----------
    matcher
        What ships.
    cases
        Most cooperations a wish, drawn by a fixed seed.

    Returns
    -------
    dict
        Wish -> `cases`, `hit@5` and `nDCG@10` without and with it (shares 0 … 1), `kept` (share of
        answers that keep to it), `p` of the difference in nDCG@10 (Wilcoxon, signed ranks).
    """
    drawn = {name: _drawn(matcher, added, cases) for name, added in ADDED.items()}
    figures: dict[str, list[tuple[float, ...]]] = {name: [] for name in ADDED}
    for hidden, state in states(matcher):
        for name, added in ADDED.items():
            for index, own in drawn[name]:
                if index in hidden:
                    figures[name].append(_compare(state, index, own, added, matcher))
    return {name: _summary(np.array(rows)) for name, rows in figures.items() if rows}


def states(matcher: Matcher) -> Iterator[tuple[set[int], Matcher]]:
    """Yield for each fold its cooperations, and the matcher that does not know them.

    It judges no matters: what that learned knows all cooperations.
    """
    groups = training.near_duplicates(matcher.knowledge)
    fold = assign_folds(groups)
    reading = structs.replace(matcher.interpreter, learned=None)
    for number in range(FOLDS):
        hidden = np.flatnonzero(fold == number)
        state = matcher.knowledge.without(hidden).learn_to_read()
        yield set(hidden.tolist()), replace(matcher, knowledge=state, interpreter=reading)


def _drawn(matcher: Matcher, added: Added, cases: int) -> list[tuple[int, int]]:
    """Return cooperations that a wish fits, each with the row of one member that asks."""
    land, rng = matcher.knowledge.bodies, np.random.default_rng(_SEED)
    found: list[tuple[int, int]] = []
    for index in rng.permutation(training.learnable(matcher.knowledge)).tolist():
        members = np.flatnonzero(matcher.knowledge.participation[index]).tolist()
        asking = [row for row in members if added.fits(land, row, [m for m in members if m != row])]
        if asking and len(found) < cases:
            found.append((index, int(rng.choice(asking))))
    return found


def _compare(
    state: Matcher, index: int, own: int, added: Added, known: Matcher
) -> tuple[float, ...]:
    cooperation, key = known.knowledge.cooperations[index], str(known.knowledge.bodies.keys[own])
    partners = set(cooperation.participants) - {key}
    plain = state.match(MatchRequest(body=key, description=cooperation.request, limit=TEN))
    wished = state.match(
        MatchRequest(body=key, description=f"{cooperation.request} {added.sentence}", limit=TEN)
    )
    kept = float(added.kept(key, wished))
    return (*_hits(plain, partners), *_hits(wished, partners), kept)


def _hits(result: MatchResult, partners: set[str]) -> tuple[float, float]:
    """Return hit@5 and nDCG@10 (Järvelin and Kekäläinen 2002), relevance 0 or 1."""
    right = np.array([match.body in partners for match in result.matches[:TEN]], float)
    weights = 1 / np.log2(np.arange(TEN) + 2)
    ideal = weights[: min(TEN, len(partners))].sum()
    return float(right[:FIVE].any()), float((right * weights[: len(right)]).sum() / ideal)


def _summary(rows: Any) -> dict[str, float]:
    before, after = rows[:, 1], rows[:, 3]
    same = bool((before == after).all())
    return {
        "cases": len(rows),
        "hit@5": float(rows[:, 0].mean()),
        "hit@5 with": float(rows[:, 2].mean()),
        "nDCG@10": float(before.mean()),
        "nDCG@10 with": float(after.mean()),
        "kept": float(rows[:, 4].mean()),
        "p": 1.0 if same else float(wilcoxon(before, after).pvalue),
    }


def _in_a_kreis(land: Bodies, row: int) -> bool:
    """Tell a municipality that belongs to a Kreis: its AGS has eight digits, not ending in 000."""
    key = str(land.keys[row])
    return len(key) == len("05974008") and not key.endswith("000")


def _is_kreis(land: Bodies, rows: Others) -> list[bool]:
    return [len(str(land.keys[row])) == len("05974") for row in rows]


def _same_kreis(land: Bodies, one: int, other: int) -> bool:
    return str(land.keys[one])[:5] == str(land.keys[other])[:5]
