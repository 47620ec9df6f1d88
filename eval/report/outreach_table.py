"""What `python -m eval outreach` prints."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from eval.outreach.lift import CUTS

_GOALS = {"over_random": 10.0, "over_best_rule": 1.5}
_WARNING = (
    "About half of the participations that gpaNRW counted are on record, and more than a third of "
    "the records have no year: a line that counts as wrong may be right. Precision is a lower "
    "bound; compare lifts, and those without regional development first: funded regions carry the "
    "rest."
)


def show(results: dict[str, Any], console: Console) -> None:
    """Print systems, lifts, groups and regions of each year and setting."""
    for year, shown in results["years"].items():
        mark = " (tuned)" if shown["tuned"] else ""
        for setting in (name for name in shown if name.startswith("new ")):
            part = shown[setting]
            title = (
                f"T = {year}{mark}, {setting}: {shown['later']} later cooperations, "
                f"{part['true_lines']} true of {part['lines']} lines"
            )
            console.print(_systems(title, part))
            for cut in CUTS:
                console.print(_lift(cut, part[f"lift@{cut}"]))
            regions = (f"{n} {f['precision@50']:.2f}" for n, f in part["regions"].items())
            console.print(f"precision@50 inside each Regierungsbezirk: {', '.join(regions)}")
        for systems in shown["groups"]:
            for name, figures in systems.items():
                console.print(
                    f"T = {year}{mark}, {name}: {figures['hits']:.1%} of {figures['groups']} "
                    "groups with a pair that came true in their area, "
                    f"{figures['hits_in_any_area']:.1%} in any; {figures['cooperations']} "
                    f"cooperations reached, {figures['bodies']:.1f} bodies a group"
                )
    if "tuning" in results:
        console.print("Best weights on what began 2016-2018, T = 2015:")
        for line in results["tuning"][:3]:
            console.print("  " + ", ".join(f"{name} {value:.4g}" for name, value in line.items()))
    console.print(_WARNING, style="bold")
    console.print(f"{results['minutes']} minutes")


def _systems(title: str, part: dict[str, Any]) -> Table:
    columns = (*(f"precision@{cut}" for cut in CUTS), *(f"limited precision@{c}" for c in CUTS),
               "cooperations@200", "gini@200", "limited gini@200")  # fmt: skip
    table = Table(title=title)
    table.add_column("system", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    for name, figures in part["systems"].items():
        table.add_row(name, *(f"{figures[column]:.3g}" for column in columns))
    return table


def _lift(cut: int, lift: dict[str, Any]) -> str:
    low, high = lift["interval"]
    text = f"@{cut}: {lift['precision']:.3f} [{low:.3f}, {high:.3f}]"
    for name, goal in _GOALS.items():
        value = lift[name]
        if value is None:
            text += f"; {name.replace('_', ' ')} undefined (0)"
        else:
            reached = "reached" if value >= goal else "NOT reached"
            text += f"; {name.replace('_', ' ')} {value:.2f}× (goal {goal:g}× {reached})"
    if lift["over_random_plausible"] is not None:
        text += f"; over random among plausible pairs {lift['over_random_plausible']:.1f}×"
    low, high = lift["difference_interval"]
    sure = "" if low > 0 else ", NOT secured: it holds 0"
    return f"{text}; best rule: {lift['best_rule']}, difference [{low:+.3f}, {high:+.3f}]{sure}"
