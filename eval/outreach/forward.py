"""Forward test of outreach: what began after a year, proposed from what was known by then.

For each year T the state knows the cooperations that began by T; the model learned from moments
whose three years ahead had passed by T. All systems propose groups for matters from the same open
pairs, grow them the same way and obey the same limits (lines of a body, a matter, an area). A line
is right when at least two bodies of its group took part in a cooperation of its matter that began
after T. Cooperations without a known year are on neither side.

How the data bias this, which every reader of the figures has to know:

- About half of what gpaNRW counted is on record, and more than a third of the records have no
  year. A line that counts as wrong may be right: precision is a lower bound; what can be compared
  is lift over a rule that meets the same gaps.
- A few cooperations carry a figure; the intervals, over cooperations, are wide.
- The table of matters was made from all cooperations, also later ones; a matter of which nothing
  was known by T is no candidate.
- Population, fiscal status and age are those of today, not of T. LEADER regions are left out.
- Funded regions (the task area of regional development) fill a ranking with many lines of few
  cooperations, and nobody founds one after a call: the setting without them is the one that counts.
- Signals were chosen on what came after T = 2009, 2012 and 2015: T = 2015 is marked `tuned`, and
  2018 to 2022 took no part.

`python -m eval outreach` writes results/outreach.json and prints the table.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from data import TaskArea
from data.matters import Matters
from eval.outreach import rules
from eval.outreach.hits import figures
from eval.outreach.moment import Moment, at
from matcher.known.bodies import Floats
from matcher.known.knowledge import Knowledge
from matcher.outreach.groups import Group, Sizes, grow_matter
from matcher.outreach.odds import open_pairs
from matcher.outreach.prospects import Prospects
from matcher.outreach.spread import Spread, pick

YEARS = (2015, 2018, 2020, 2022)
OURS = "outreach"
TUNED_ON = 2015
CUTS = (50, 200)
ALL, UNFUNDED, LISTED = "all matters", "without funded regions", "matters that are proposed"
SETTINGS = (ALL, UNFUNDED, LISTED)
# The limits of the list without what lowers like lines: rules have no log-odds to take it from.
LIMITS = Spread(matter=0, area=0, region=0, segment=0)
LEAVE_OUT = {
    "without fit": ("distance", "border", "same_kreis", "ties", "unlike_size", "kreis_matter"),
    "without need": ("peers", "size_class"),
    "without opportunity": ("neighbours", "recent"),
}


def outreach_figures(
    knowledge: Knowledge,
    matters: Matters,
    years: Sequence[int] = YEARS,
    console: Console | None = None,
) -> dict[str, Any]:
    """Measure all years and settings; `console` is told what is done."""
    started = time.monotonic()
    results: dict[str, Any] = {
        "cooperations": len(knowledge.cooperations),
        "without_year": int((knowledge.years == 0).sum()),
        "matters": sum(not m.code.startswith("sonstiges-") for m in matters.all),
        "years": {},
    }
    for year in years:
        results["years"][str(year)] = year_figures(at(knowledge, matters, year))
        if console is not None:
            console.print(f"T = {year}: {time.monotonic() - started:.0f} s")
    results["seconds"] = round(time.monotonic() - started, 1)
    return results


def year_figures(moment: Moment) -> dict[str, Any]:
    """Measure one year in all settings."""
    prospects = moment.prospects
    systems = candidates(prospects)
    shown: dict[str, Any] = {
        "known": len(prospects.knowledge.cooperations),
        "tuned": moment.year <= TUNED_ON,
        "later": len(moment.later),
        "odds": prospects.odds.as_record(),
    }
    for setting in SETTINGS:
        wanted = {
            row for row, _ in enumerate(prospects.matters) if _wanted(prospects, row, setting)
        }
        lists = {
            name: [group for group in groups if group.matter in wanted]
            for name, groups in systems.items()
        }
        land = prospects.knowledge.bodies
        picked = {name: pick(groups, land, LIMITS, max(CUTS)) for name, groups in lists.items()}
        ranked = {name: each for name, each in picked.items() if name in (OURS, *rules.RULES)}
        shown[setting] = {str(cut): figures(moment, ranked, OURS, cut) for cut in CUTS}
        shown[setting] |= _reachable(moment, lists[OURS], wanted)
        spread = pick(lists[OURS], land, Spread(), max(CUTS))
        parts = {name: each for name, each in picked.items() if name not in rules.RULES}
        shown[setting]["variants"] = {
            name: {str(cut): _precision(moment, each, cut) for cut in CUTS}
            for name, each in ({"as shown": spread} | parts).items()
        }
    return shown


def candidates(prospects: Prospects) -> dict[str, list[Group]]:
    """Return the groups of each system: ours, ours without some signals, and the rules."""
    known = [row for row, count in enumerate(prospects.count) if count]
    systems: dict[str, list[Group]] = {}
    for name in (OURS, *LEAVE_OUT, *rules.RULES):
        systems[name] = []
        for matter in known:
            table = prospects.table(matter, _score(prospects, name, matter))
            area = prospects.matters[matter].task_area.row
            systems[name] += [
                Group(area, rows, -1, mean, 0.0, 0.0, matter)
                for rows, mean in grow_matter(prospects, matter, Sizes(), table)
            ]
    return systems


def _score(prospects: Prospects, name: str, matter: int) -> Floats:
    if name in rules.RULES:
        return rules.score(prospects, name, matter)
    return prospects.odds.without(LEAVE_OUT.get(name, ())).score(prospects.signals, matter)


def _reachable(moment: Moment, groups: Sequence[Group], wanted: set[int]) -> dict[str, Any]:
    """Return how many later cooperations an open pair could tell, and what any group hits."""
    prospects = moment.prospects
    reached: set[int] = set()
    for matter in wanted:
        openly = open_pairs(prospects.covered, prospects.signals, matter)
        first, second = prospects.signals.first[openly], prospects.signals.second[openly]
        for pair in zip(first.tolist(), second.tolist(), strict=True):
            reached.update(moment.came.get((matter, *pair), ()))
    hits = [bool(moment.reached(group.matter, group.rows)) for group in groups]
    return {"reachable": len(reached), "groups": len(groups), "any_group": sum(hits) / len(hits)}


def _precision(moment: Moment, groups: Sequence[Group], cut: int) -> float:
    return sum(bool(moment.reached(g.matter, g.rows)) for g in groups[:cut]) / cut


def _wanted(prospects: Prospects, row: int, setting: str) -> bool:
    matter = prospects.matters[row]
    if setting == UNFUNDED:
        return matter.task_area is not TaskArea.REGIONALENTWICKLUNG
    # Not `prospects.proposed`: what has no year is hidden here, so that too few would be known.
    return setting == ALL or matter.proposed
