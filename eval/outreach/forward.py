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

`python -m eval outreach` writes results/outreach.json and prints the table.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from rich.console import Console

from eval.outreach.group_hits import group_figures
from eval.outreach.lift import figures_of
from eval.outreach.moment import SETTINGS, Moment, PairScorer, at, candidates
from eval.outreach.systems import OURS, rank
from eval.outreach.truth import Truth, make_truth
from eval.outreach.weight_grid import tune
from matcher.known.knowledge import Knowledge
from matcher.outreach.fits import plausible
from matcher.outreach.weights import Weights

YEARS = (2015, 2018, 2020)
TUNED_ON, TUNED_UNTIL = 2015, 2018
GROUPS = (50, 200)


def outreach_figures(
    knowledge: Knowledge,
    score_pairs: PairScorer,
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
    score_pairs
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
        moment = at(knowledge, year, score_pairs)
        results["years"][str(year)] = _year_figures(moment, weights, regions)
        if grid and year == TUNED_ON:
            early = replace(moment, truth=_until(knowledge, TUNED_ON, TUNED_UNTIL))
            results["tuning"] = tune(early)[:10]
        if console is not None:
            console.print(f"T = {year}: {(time.monotonic() - started) / 60:.1f} minutes")
    results["minutes"] = round((time.monotonic() - started) / 60, 1)
    return results


def _year_figures(moment: Moment, weights: Weights, regions: Sequence[str]) -> dict[str, Any]:
    state, truth = moment.state, moment.truth
    shown: dict[str, Any] = {
        "tuned": moment.year == TUNED_ON,
        "known": len(state.cooperations),
        "later": len(truth.cooperations),
        "groups": [group_figures(moment, weights, count) for count in GROUPS],
    }
    near = plausible(state)
    for setting in SETTINGS:
        rankings, open_pairs = rank(moment, setting, weights), candidates(state, setting)
        shown[setting] = figures_of(rankings, OURS, truth, open_pairs, state.bodies, regions, near)
    return shown


def _until(knowledge: Knowledge, year: int, until: int) -> Truth:
    years = np.array([c.start_year or 0 for c in knowledge.cooperations])
    return make_truth(knowledge, years, year, until)
