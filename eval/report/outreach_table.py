"""What `python -m eval outreach` prints."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from eval.outreach.forward import CUTS, OURS, SETTINGS

_GOAL = 1.5
_WARNING = (
    "About half of the participations that gpaNRW counted are on record, and more than a third of "
    "the records have no year: a line that counts as wrong may be right. Precision is a lower "
    "bound; compare lifts, and those without funded regions first."
)


def show(results: dict[str, Any], console: Console) -> None:
    """Print systems and lifts of each year and setting."""
    for year, shown in results["years"].items():
        mark = " (tuned)" if shown["tuned"] else ""
        for setting in SETTINGS:
            part = shown[setting]
            title = (
                f"T = {year}{mark}, {setting}: {part['reachable']} of {shown['later']} later "
                f"cooperations could be told; any of {part['groups']} groups "
                f"{part['any_group']:.2%}"
            )
            console.print(_systems(title, part))
            for cut in CUTS:
                console.print(lift_sentence(part, cut))
    console.print(_WARNING, style="bold")
    console.print(f"{results['seconds']} seconds")


def lift_sentence(part: dict[str, Any], cut: int) -> str:
    """Say how ours does against the best rule, and whether the goal is reached."""
    figures = part[str(cut)]
    low, high = figures["interval"]
    mine, best = figures["precision"][OURS], figures["best_rule"]
    ratio = figures["over_best_rule"]
    text = f"@{cut}: {mine:.3f} [{low:.3f}, {high:.3f}]; best rule: {best}, "
    text += f"{figures['precision'][best]:.3f}"
    if ratio is None:
        return f"{text}; over best rule undefined (it hits nothing): goal {_GOAL:g}× NOT shown"
    reached = "reached" if ratio >= _GOAL else "NOT reached"
    low, high = figures["ratio_interval"]
    return (
        f"{text}; over best rule {ratio:.2f}× [{low:.2f}, {high:.2f}] (goal {_GOAL:g}× {reached})"
    )


def _systems(title: str, part: dict[str, Any]) -> Table:
    table = Table(title=title)
    table.add_column("system", no_wrap=True)
    for cut in CUTS:
        for heading in (f"precision@{cut}", f"in its area@{cut}", f"cooperations@{cut}"):
            table.add_column(heading, justify="right")
    for name in part[str(CUTS[0])]["precision"]:
        cells = []
        for cut in CUTS:
            figures = part[str(cut)]
            cells += [f"{figures['precision'][name]:.3f}", f"{figures['in_area'][name]:.3f}"]
            cells.append(str(figures["cooperations"][name]))
        table.add_row(name, *cells)
    for name, figures in part["variants"].items():
        if name != OURS:
            cells = [cell for cut in CUTS for cell in (f"{figures[str(cut)]:.3f}", "", "")]
            table.add_row(f"{OURS}, {name}", *cells)
    return table
