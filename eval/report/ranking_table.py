"""What `make evaluate` prints."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from eval.ranking.measures import METRICS


def show(results: dict[str, Any], console: Console) -> None:
    """Print the systems, the positions of the ranker, and the figures beside them."""
    console.print(_systems(f"Mean over {results['folds']} folds by cooperation", results))
    places = Table(title="Position of the partner")
    for heading in ("position", "cooperations", "ndcg@10", "recall@25"):
        places.add_column(heading, justify="left" if heading == "position" else "right")
    for name, figures in results["positions"]["ranker"].items():
        places.add_row(
            name,
            str(int(figures["cooperations"])),
            f"{figures['ndcg@10']:.3f}",
            f"{figures['recall@25']:.3f}",
        )
    console.print(places)
    calibration = results["calibration"]
    console.print(
        f"ECE {calibration['ece']:.4f} over all bodies, {calibration['ece_shown']:.4f} over the "
        f"ten shown; Brier {calibration['brier']:.4f}"
    )
    paired = results["paired"]
    best = paired["against"][paired["best_baseline"]]
    console.print(
        f"against {paired['best_baseline']}: {best['relative_gain']:+.1%} {paired['metric']}, "
        f"p = {best['p_holm']:.2g} (Holm)"
    )
    console.print(f"task area told from the request: {results['task_area']['accuracy']:.3f}")
    console.print(f"own description: MRR {results['own_description_mrr']['space']['mean']:.3f}")
    if "ablation" in results:
        show_ablation(results["ablation"], console)
    console.print(f"{results['minutes']} minutes")


def show_ablation(results: dict[str, Any], console: Console) -> None:
    """Print what the ranker loses without each family of features."""
    table = Table(title=f"Without a family of features, folds: {results['folds']}")
    for heading in ("features", results["metric"], "change", "95 % interval"):
        table.add_column(heading, justify="left" if heading == "features" else "right")
    for name, system in results["systems"].items():
        change = system["change"]
        interval = f"{change['low']:+.3f} … {change['high']:+.3f}"
        mean = system["mean"][results["metric"]]
        table.add_row(name, f"{mean:.3f}", f"{change['mean']:+.3f}", interval)
    console.print(table)


def show_file(results: dict[str, Any], console: Console) -> None:
    """Print how the shipped model does on a file."""
    known = results["already_known"]
    title = (
        f"{results['file']}: {results['cooperations']} cooperations, "
        f"{results['queries']} queries ({known} records left out, already known)"
    )
    console.print(_systems(title, results))
    for name, figures in results["positions"]["ranker"].items():
        console.print(
            f"{name}: nDCG@10 {figures['ndcg@10']:.3f}, recall@25 {figures['recall@25']:.3f} "
            f"({int(figures['cooperations'])} cooperations)"
        )
    console.print(
        f"ECE over the ten shown {results['calibration']['ece_shown']:.4f}; own description MRR "
        f"{results['own_description_mrr']:.3f}; task area {results['task_area_accuracy']:.3f}"
    )


def _systems(title: str, results: dict[str, Any]) -> Table:
    table = Table(title=title)
    table.add_column("system", no_wrap=True)
    for metric in METRICS:
        table.add_column(metric, justify="right")
    for name, system in results["systems"].items():
        table.add_row(name, *(f"{system['mean'][metric]:.3f}" for metric in METRICS))
    return table
