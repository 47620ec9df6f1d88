"""Forward test of outreach: what began after a year, proposed from what was known by then.

For each year T the state knows the cooperations that began by T, and the ranker learns from those
alone. All pairs of municipalities and Kreise in all task areas are ranked; a line is right when
the two took part in a cooperation of that area that began after T. In the setting `new ties` only
pairs are ranked that shared no known record of any area by T; in `new task` only those that shared
none in this area. Cooperations without a known year are on neither side.

How the data bias this, which every reader of the figures has to know:

- gpaNRW counted 6,250 activities, each at every body that takes part; on record are some 3,200
  participations of the same bodies, about half, unevenly spread. A line that counts as wrong may be
  right. Precision is a lower bound; what can be compared is lift over a rule that meets the same
  gaps.
- More than a third of the records have no year and are on neither side: some ties that count as
  new are old.
- Lines are not independent: one cooperation of ten makes 45 lines true, so a few cooperations
  carry a figure. `cooperations@200` says how many; the intervals, over cooperations, are wide.
- What is on record is what has a page: bigger groups, funded projects, active Kreise. A system
  that follows the record is rewarded for it, and one that points at white spots is punished.
- Population, fiscal status and age are those of today, not of T. LEADER regions are too, and were
  drawn after T: they would tell who joins in regional development, so here nobody has one. The
  third setting leaves that area out altogether: it holds the funded regions that fill a ranking
  with many lines of few cooperations.
- The weights were picked on T = 2015 with what began in 2016 to 2018 alone. T = 2015 is marked
  `tuned`. What began from 2019 on took no part in picking, but was seen once before: with larger
  weights of evidence the ranking of T = 2018 and 2020 filled up with mature areas, which is why
  smaller ones were tried.

`python -m eval.outreach` writes eval/results/outreach.json and prints the table.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from threadpoolctl import threadpool_limits

import data
import models
from data import TaskArea
from data.provenance import write_atomically
from eval import outreach_rules, outreach_table
from eval.outreach_moment import (
    NEW_TASK,
    NO_REGIONAL,
    SETTINGS,
    Ask,
    Moment,
    at,
    candidates,
    learner,
    region_names,
    row_of,
)
from eval.outreach_truth import Ranking, Truth, figures_of, make_truth
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.matcher import build_knowledge
from matcher.outreach.fits import Fits, plausible
from matcher.outreach.groups import diverse, grow
from matcher.outreach.need import make_need
from matcher.outreach.opportunity import OutreachFilters
from matcher.outreach.shape import make_shapes
from matcher.outreach.weights import Weights, pair_scores
from models import TextModel

RESULTS = Path(__file__).parent / "results" / "outreach.json"
YEARS = (2015, 2018, 2020)
TUNED_ON, TUNED_UNTIL = 2015, 2018
OURS = "outreach"
GROUPS = (50, 200)
GRID: dict[str, tuple[float, ...]] = {
    "gap": (0.0, 0.25, 0.5, 1.0),
    "signs": (0.0, 0.05, 0.1),
    "evidence": (0.0, 0.25, 0.5, 1.0),
}
"""Weights that are tried on T = 2015; `signs` stands for small, ageing and fiscal alike."""


def rank(moment: Moment, setting: str, weights: Weights) -> dict[str, Ranking]:
    """Rank all pairs and areas by every rule and by outreach, with its parts left out in turn."""
    state = moment.state
    need, shapes = make_need(state), make_shapes(state)
    open_pairs = candidates(state, setting)
    rules = outreach_rules.scores(state, need)
    systems: dict[str, Floats] = {}
    for name, weighed in variants(weights).items():
        systems[name] = np.stack([
            pair_scores(moment.fits.table[position], row_of(area), need, shapes, weighed)
            for position, area in enumerate(moment.fits.areas)
        ])  # fmt: skip
    rows = np.array([row_of(area) for area in moment.fits.areas])
    systems |= {name: table[rows] for name, table in rules.items()}
    return {name: Ranking.of(table, rows, open_pairs[rows]) for name, table in systems.items()}


def variants(weights: Weights) -> dict[str, Weights]:
    """Return the weights as they are, and with parts left out."""
    plain = replace(weights, small=0.0, ageing=0.0, fiscal=0.0, gap=0.0)
    return {
        OURS: weights,
        "without need": plain,
        "without evidence": replace(weights, evidence=0.0),
        "fit alone": replace(plain, evidence=0.0),
    }


def tune(moment: Moment) -> list[dict[str, float]]:
    """Try the grid of weights, best first.

    By the geometric mean of the average precision over the first 1,000 lines with and without
    regional development; what lies close together is not told apart by so few cooperations.
    """
    tried = []
    for gap, signs, evidence in product(*GRID.values()):
        weights = Weights(1.0, signs, signs, signs, gap, evidence)
        found = [_average_precision(moment, s, weights) for s in (NEW_TASK, NO_REGIONAL)]
        named = {"gap": gap, "signs": signs, "evidence": evidence}
        tried.append(named | {"average_precision": float(np.sqrt(found[0] * found[1]))})
    return sorted(tried, key=lambda line: -line["average_precision"])


def _average_precision(moment: Moment, setting: str, weights: Weights) -> float:
    need, shapes = make_need(moment.state), make_shapes(moment.state)
    rows = np.array([row_of(area) for area in moment.fits.areas])
    table = np.stack([
        pair_scores(moment.fits.table[position], row, need, shapes, weights)
        for position, row in enumerate(rows)
    ])  # fmt: skip
    lines = Ranking.of(table, rows, candidates(moment.state, setting)[rows], most=1000)
    hits = moment.truth.hits(lines)
    seen = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((seen * hits).sum() / len(hits))


def group_figures(moment: Moment, weights: Weights, count: int) -> dict[str, dict[str, float]]:
    """Return how many of the first groups have at least one pair that came true in their area.

    The list is that which ships by default (limits by body and by area). Beside it groups of the
    nearest, most frequent areas first, grown and picked the same way.
    """
    state = moment.state
    known = np.log1p(state.areas.sum(axis=0))[[row_of(area) for area in moment.fits.areas]]
    near = np.where(np.isfinite(moment.fits.table[0]), -np.log1p(state.bodies.seat_km), -np.inf)
    nearest = Fits(moment.fits.areas, (near + known[:, None, None]).astype(np.float32))
    plain = Weights(small=0, ageing=0, fiscal=0, gap=0, evidence=0)
    return {
        OURS: _group_hits(moment, moment.fits, weights, count),
        "nearest × frequent areas": _group_hits(moment, nearest, plain, count),
    }


def _group_hits(moment: Moment, fits: Fits, weights: Weights, count: int) -> dict[str, float]:
    state = moment.state
    grown = grow(state, fits, make_need(state), make_shapes(state), weights)
    grown = [group for group in grown if group.area != TaskArea.SONSTIGES.row]
    shipped = OutreachFilters()
    picked = diverse(grown, shipped.max_per_body, count, shipped.max_per_area)
    hits = [moment.truth.came_true(group.area, group.rows) for group in picked]
    somehow = [moment.truth.came_together(group.rows) for group in picked]
    reached = [moment.truth.reached(group.area, group.rows) for group in picked]
    return {
        "groups": len(picked),
        "hits": float(np.mean(hits)),
        "hits_in_any_area": float(np.mean(somehow)),
        "cooperations": len(set().union(*reached)),
        "bodies": float(np.mean([len(group.rows) for group in picked])),
    }


def outreach_figures(
    knowledge: Knowledge,
    ask: Ask,
    regions: Sequence[str],
    years: tuple[int, ...] = YEARS,
    weights: Weights | None = None,
    grid: bool = True,
    console: Console | None = None,
) -> dict[str, Any]:
    """Measure all years and settings.

    Parameters
    ----------
    knowledge
        All that is known.
    ask
        Learns from a state and scores it; `learner` makes the real one.
    regions
        Names of the codes in `Bodies.region`.
    years
        The years T.
    weights
        Default those that ship.
    grid
        Whether to try the grid on T = 2015.
    console
        Told what is done; None for silence.
    """
    weights = weights or Weights()
    started = time.monotonic()
    results: dict[str, Any] = {
        "weights": asdict(weights),
        "without_year": sum(c.start_year is None for c in knowledge.cooperations),
        "cooperations": len(knowledge.cooperations),
        "years": {},
    }
    for year in years:
        moment = at(knowledge, year, ask)
        shown: dict[str, Any] = {
            "tuned": year == TUNED_ON,
            "known": len(moment.state.cooperations),
            "later": len(moment.truth.cooperations),
            "groups": [group_figures(moment, weights, count) for count in GROUPS],
        }
        for setting in SETTINGS:
            rankings = rank(moment, setting, weights)
            open_pairs = candidates(moment.state, setting)
            shown[setting] = figures_of(
                rankings,
                OURS,
                moment.truth,
                open_pairs,
                knowledge.bodies,
                regions,
                plausible(moment.state),
            )
        results["years"][str(year)] = shown
        if grid and year == TUNED_ON:
            early = replace(moment, truth=_until(knowledge, TUNED_ON, TUNED_UNTIL))
            results["tuning"] = tune(early)[:10]
        if console is not None:
            console.print(f"T = {year}: {(time.monotonic() - started) / 60:.1f} minutes")
    results["minutes"] = round((time.monotonic() - started) / 60, 1)
    return results


def main() -> None:
    """Measure on the shipped data, write the file, print the table."""
    console = Console(width=130)
    dataset = data.load()
    model = TextModel(models.BUNDLED, models.ARTIFACTS / models.EMBEDDINGS)
    # With more threads sums differ in the last bit, trees in their splits, lines in their places.
    with threadpool_limits(1, user_api="blas"):
        knowledge = build_knowledge(dataset, model)
        results = {"data_version": dataset.version} | outreach_figures(
            knowledge, learner(model.name), region_names(dataset), console=console
        )
    write_atomically(RESULTS, json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    outreach_table.show(results, console)


def _until(knowledge: Knowledge, year: int, until: int) -> Truth:
    years = np.array([c.start_year or 0 for c in knowledge.cooperations])
    return make_truth(knowledge, years, year, until)


if __name__ == "__main__":
    main()
